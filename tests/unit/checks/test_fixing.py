"""What is certain is put right, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.checks.fixing import fixed
from conspectus.content.papers import read_any

PATH = "papers/moss.md"


def paper(*lines: str, body: str = "Moss grows on stone.") -> str:
    return "\n".join(("---", "title: Moss", *lines, "---", body, ""))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("author: [Mo Example]", "authors: [Mo Example]"),
        ("Authors: [Mo Example]", "authors: [Mo Example]"),
        ("journal: Moss Letters  # dear to me", "venue: Moss Letters  # dear to me"),
        ("year: 2024", "published: 2024"),
        ("tags:\n  - moss\n  - stone", "keywords:\n  - moss\n  - stone"),
        ("url: https://https://moss.org/", "url: https://moss.org/"),
    ],
)
def test_a_line_that_can_mean_one_thing_only_is_put_right(before: str, after: str) -> None:
    assert fixed(paper(before), PATH) == paper(after)


@pytest.mark.parametrize(
    "line",
    [
        "titel: Moss", "moss: green", "eprint: moss", "date: spring", "author: Mo, Li",
        "venue: Mine\njournal: Theirs", "year: 2024\ndate: 2025\npublished: 2023", "  tags: [x]",
        "attributes: {year: 2024, author: Mo}", "csl: {\n  journal: Moss }",
        "position: first\ndate: x", "url: moss\ndate: x",
    ],
)  # fmt: skip
def test_a_line_that_may_mean_something_else_stays(line: str) -> None:
    assert fixed(paper(line), PATH) == paper(line)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('na\\"{\\i}ve moss', "naïve moss"),
        ("M\\\"{o}ss and M{\\'e}line", "Möss and Méline"),
        ("ﬁne moss, ﬂat moss, eﬃcient", "fine moss, flat moss, efficient"),
        ("mo\u00adss and li\u200bchen", "moss and lichen"),
    ],
)
def test_letters_are_written_plainly(before: str, after: str) -> None:
    assert fixed(paper(body=before), PATH) == paper(body=after)


@pytest.mark.parametrize(
    "body",
    ["In $\\'{e}$ and `\\'{e}` and https://moss.org/\\'{e}", "A quote: \\\"Moss\\\" said.",
     "1\\. Moss", "emoji 👩‍🌾 and فارسی می‌شود", "x² and ™ and Å"],
)  # fmt: skip
def test_math_code_links_and_other_letters_stay(body: str) -> None:
    assert fixed(paper(body=body), PATH) == paper(body=body)


def test_an_identifier_in_an_address_gets_its_field() -> None:
    before = paper("url: https://arxiv.org/abs/2501.00001")
    assert fixed(before, PATH) == paper(
        "arxiv: 2501.00001", "url: https://arxiv.org/abs/2501.00001"
    )


def test_an_identifier_that_is_there_stays() -> None:
    before = paper("doi: 10.1000/mine", "url: https://doi.org/10.1000/theirs")
    assert fixed(before, PATH) == before


def test_a_title_under_a_capital_is_the_title() -> None:
    before = "---\nTitle: Moss\n---\nMoss grows on stone.\n"
    assert fixed(before, PATH) == paper()


def test_notes_and_comments_stay() -> None:
    before = paper("author: [Mo]  # she", body="Moss.\n\n## Notes\nauthor: mine")
    assert fixed(before, PATH).endswith(
        "authors: [Mo]  # she\n---\nMoss.\n\n## Notes\nauthor: mine\n"
    )


LINES = st.lists(
    st.sampled_from(
        ["author: [Mo]", "year: 2024", "date: x", "tags: [a]", "url: https://doi.org/10.1000/x",
         "journal: ﬁne", "Title: Other", "key: a b", "# a comment", "notes: [", "csl: {year: 1}"]
    ),
    max_size=6,
)  # fmt: skip
BODIES = st.text(alphabet=st.sampled_from("ab \\\"'{}ﬁ\u00ad$`\n#é"), max_size=60)


@given(lines=LINES, body=BODIES)
def test_a_fixed_file_reads_at_least_as_well_and_stays_fixed(lines: list[str], body: str) -> None:
    before = paper(*lines, body=body)
    after = fixed(before, PATH)
    assert len(read_any(after, PATH).problems) <= len(read_any(before, PATH).problems)
    assert fixed(after, PATH) == after


@given(st.text(max_size=200))
def test_no_file_breaks_the_repairs(text: str) -> None:
    assert isinstance(fixed(text, PATH), str)
