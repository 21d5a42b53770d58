"""A pasted listing in its many forms becomes the same pairs."""

import datetime
import re
import textwrap
from pathlib import Path

import pytest

from conspectus.importers.entries import Reading
from conspectus.importers.formats import listing

DAY = datetime.date(2025, 3, 17)
HEADER = [
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "byMo and friends",
    "Mar 17",
]


def on_one_line(text: str) -> str:
    return " ".join(text.split())


PAIRS = [
    (
        "Moss Networks: Slow Learning on Wet Stone",
        on_one_line("""
        Moss grows slowly, and so do networks of it. We propose MossNet, a network whose weights
        grow by one hundredth of a millimetre a day. However, nobody has waited for the result,
        e.g., a loss below 2.5 on slate. Code is at https://example.org/moss_net.
        """),
    ),
    (
        "Is Rain All You Need?",
        on_one_line("""
        Rain is said to be all that moss needs. In this paper, we test the claim on a shelf and
        on a roof, over three seasons and 40 cushions. Rain is not enough: 12% of the cushions
        ask for shade. Extensive experiments on further roofs confirm it.
        """),
    ),
    (
        "Growing Step-by-Step! Outgrowing Larger Stones with Less Water",
        on_one_line("""
        Large stones need much water (2.3x more than pebbles). We introduce a step-by-step
        schedule that waters small stones first, then the next ones. The schedule saves half of
        the water. It also saves the gardener's back, as we show in 15 interviews.
        """),
    ),
    (
        "growth of lichen on abandoned benches",
        on_one_line("""
        Benches that nobody uses are overgrown within four years. We count lichens on 120 of
        them, in sun and in shade. The results show that shade matters less than varnish. A
        model with two parameters predicts the count to within one tenth.
        """),
    ),
]


def text_of(pairs: list[tuple[str, str]], header: list[str] | None = None) -> str:
    lines = [*(HEADER if header is None else header), *(line for pair in pairs for line in pair)]
    return "\n\n".join(lines) + "\n"


def read(text: str, listed: datetime.date | None = DAY) -> Reading:
    return listing.read(text, "pasted.txt", listed)


def pairs_of(reading: Reading) -> list[tuple[str, str]]:
    return [(entry.title.text, entry.abstract.text) for entry in reading.entries]


def filled(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def test_titles_and_abstracts_are_paired() -> None:
    assert pairs_of(read(text_of(PAIRS))) == PAIRS


@pytest.mark.parametrize(
    "alter",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: re.sub(r"\n+", "\n", text),
        lambda text: text.replace("\n\n", "\n \n\n\t\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "  \n   "),
    ],
    ids=["crlf", "cr", "no-break spaces", "no blank lines", "many blank lines", "bom", "indented"],
)
def test_line_ends_and_spaces_do_not_matter(alter: object) -> None:
    assert callable(alter)
    assert pairs_of(read(alter(text_of(PAIRS)))) == PAIRS


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_wrapped_listing_is_joined_again(width: int) -> None:
    wrapped = "\n\n".join(filled(line, width) for line in text_of(PAIRS).split("\n\n"))

    assert pairs_of(read(wrapped)) == PAIRS


@pytest.mark.parametrize("width", [72, 80])
def test_a_title_right_above_its_wrapped_abstract_is_told_apart(width: int) -> None:
    text = "\n\n".join(f"{title}\n{filled(abstract, width)}" for title, abstract in PAIRS)

    assert pairs_of(read(text)) == PAIRS


def test_paragraphs_of_one_abstract_stay_together() -> None:
    title, abstract = PAIRS[0]
    paragraphs = abstract.replace(". We", ".\n\nWe").replace(". However", ".\n\nHowever")

    found = read(text_of([(title, paragraphs), PAIRS[1]]))

    assert pairs_of(found) == [(title, paragraphs), PAIRS[1]]


@pytest.mark.parametrize(
    "header",
    [
        [],
        ["Mar 17"],
        ["Mar 17", "byMo and friends", "new"],
        ["Forest Hub", "Models", "Datasets", *HEADER],
        [*HEADER[:3], "42", *HEADER[3:]],
    ],
    ids=["none", "only the day", "another order", "navigation above", "a count between"],
)
def test_the_header_may_be_missing_longer_or_ordered_differently(header: list[str]) -> None:
    assert pairs_of(read(text_of(PAIRS, header))) == PAIRS


def test_navigation_that_is_left_out_is_named() -> None:
    (problem,) = read(text_of(PAIRS, ["Forest Hub", "Models", *HEADER])).problems

    assert '"Forest Hub", "Models"' in problem.message


def test_a_title_above_the_header_is_no_navigation() -> None:
    found = read(text_of(PAIRS, ["The Moss That Stood Above", *HEADER]))

    assert pairs_of(found)[0] == ("The Moss That Stood Above", "")


def test_a_first_title_that_begins_with_by_is_a_title() -> None:
    pair = ("By the Moss: A Walk", PAIRS[0][1])

    assert pairs_of(read(text_of([pair, PAIRS[1]], ["Mar 17"]))) == [pair, PAIRS[1]]


def test_the_curators_line_run_together_gives_the_name() -> None:
    assert read(text_of(PAIRS)).curator == "Mo and friends"


def test_the_listings_day_and_place_are_kept() -> None:
    found = read(text_of(PAIRS)).entries

    assert [(entry.listed, entry.position) for entry in found] == [(DAY, n) for n in (1, 2, 3, 4)]


def test_the_listings_day_is_no_publication_date() -> None:
    assert all(entry.published is None for entry in read(text_of(PAIRS)).entries)


@pytest.mark.parametrize(
    "written",
    ["Mar 17, 2025", "March 17 2025", "17 March 2025", "2025-03-17", "Monday, 17th of March 2025"],
)
def test_a_day_with_its_year_needs_no_help(written: str) -> None:
    found = read(text_of(PAIRS, [written]), None)

    assert (found.entries[0].listed, found.problems) == (DAY, ())


def test_a_day_without_any_year_is_a_located_error() -> None:
    (problem,) = read(text_of(PAIRS), None).problems

    assert str(problem) == (
        'pasted.txt:9:1: error: the listing\'s day "Mar 17" has no year\n'
        "    say the whole day: --listed YYYY-03-17"
    )


def test_a_day_that_contradicts_the_given_one_is_a_warning() -> None:
    found = read(text_of(PAIRS), datetime.date(2025, 3, 18))

    assert [problem.severity for problem in found.problems] == ["warning"]
    assert found.entries[0].listed == datetime.date(2025, 3, 18)


def test_several_days_each_count_their_own_places() -> None:
    text = text_of(PAIRS[:2], ["Jan 2"]) + "\n" + text_of(PAIRS[2:], ["Dec 31"])

    found = read(text, datetime.date(2025, 1, 2)).entries

    assert [(str(entry.listed), entry.position) for entry in found] == [
        ("2025-01-02", 1),
        ("2025-01-02", 2),
        ("2024-12-31", 1),
        ("2024-12-31", 2),
    ]


def test_a_last_title_without_abstract_is_imported_and_reported_with_its_line() -> None:
    text = text_of(PAIRS) + "\nThe Moss That Nobody Described\n"

    found = read(text)

    assert pairs_of(found)[-1] == ("The Moss That Nobody Described", "")
    assert [problem.location.line for problem in found.problems] == [27]


def test_a_title_in_the_middle_without_abstract_does_not_shift_the_others() -> None:
    lines = [*HEADER, *PAIRS[0], PAIRS[1][0], *PAIRS[2]]

    found = read("\n\n".join(lines))

    assert pairs_of(found) == [PAIRS[0], (PAIRS[1][0], ""), PAIRS[2]]


def test_a_lone_word_without_abstract_is_reported_and_not_imported() -> None:
    found = read(text_of(PAIRS) + "\nModels\n")

    assert (len(found.entries), found.reported) == (4, 1)
    assert "Models" in found.problems[0].message


def test_an_abstract_without_title_is_reported_with_its_line() -> None:
    found = read("\n\n".join([*HEADER, PAIRS[0][1], *PAIRS[1]]))

    assert (pairs_of(found), found.reported) == ([PAIRS[1]], 1)
    assert found.problems[0].location.line == 11


def test_a_title_may_end_like_a_sentence() -> None:
    pair = ("Moss is enough.", PAIRS[1][1])

    assert pairs_of(read(text_of([PAIRS[0], pair, PAIRS[2]]))) == [PAIRS[0], pair, PAIRS[2]]


def test_a_long_title_is_a_title() -> None:
    pair = (
        (
            "Slow Moss-based Adaptive Growth vs. Incremental Growth for Roof Cover Prediction amid "
            "Weather Drift due to Chimney Failures: A Study of Fourteen Villages"
        ),
        PAIRS[1][1],
    )

    assert pairs_of(read(text_of([PAIRS[0], pair]))) == [PAIRS[0], pair]


def test_a_line_of_an_abstract_that_looks_like_a_header_stays() -> None:
    abstract = (
        "We waited for moss, for its first spores, from the spring of\n2022.\nNew shoots came."
    )

    found = read(f"Moss Waits for Nobody\n{abstract}\n")

    assert " ".join(" ".join(pair) for pair in pairs_of(found)).endswith("New shoots came.")


def test_every_word_below_the_header_is_kept_or_reported() -> None:
    text = text_of(PAIRS) + "\nModels\n"
    found = read(text)
    kept = " ".join(f"{title} {abstract}" for title, abstract in pairs_of(found))

    assert set(text.split()) - set(kept.split()) == {"Models", *" ".join(HEADER).split()} - set(
        kept.split()
    )


@pytest.mark.parametrize("text", ["", "\n\n", "new\n", "Mar 17", "\u200b", "by", "-", "a" * 10_000])
def test_an_odd_text_gives_no_traceback(text: str) -> None:
    found = read(text)

    assert len(found.entries) + found.reported <= 1


SEED = Path(__file__).parents[4] / "shared" / "seed" / "listing.txt"
REAL = [SEED] if SEED.exists() else []


@pytest.mark.parametrize("width", [0, 72, 80, 100])
@pytest.mark.parametrize("listing_of", [*REAL, None], ids=lambda path: "real" if path else "own")
def test_a_whole_listing_keeps_its_pairs_when_wrapped(listing_of: Path | None, width: int) -> None:
    text = listing_of.read_text(encoding="utf-8") if listing_of else text_of(PAIRS)
    lines = [line.strip() for line in text.split("\n") if line.strip()][5:]
    expected = list(zip(lines[::2], lines[1::2], strict=True))
    wrapped = "\n\n".join(filled(line, width) if width else line for line in text.split("\n\n"))

    found = pairs_of(read(wrapped))

    assert [title for title, _ in found] == [title for title, _ in expected]
