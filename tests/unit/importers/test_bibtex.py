"""BibTeX: blocks, inheritance, names and TeX, as libraries really hold them."""

import bibtexparser
import pytest
from bibtexparser.splitter import Splitter

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import bibtex, latex
from conspectus.importers.formats.bibtex_blocks import blocks
from tests.support.building import FIXTURES

LIBRARY = (FIXTURES / "imports" / "library.bib").read_text(encoding="utf-8")


def read(text: str) -> Reading:
    return bibtex.read(text, "library.bib")


def entry(fields: str, kind: str = "article") -> Entry:
    (found,) = read(f"@{kind}{{moss, title = {{Moss}}, {fields}}}").entries
    return found


def names(text: str) -> list[tuple[str, str]]:
    return [(a.family, a.given) for a in entry(f"author = {{{text}}}").authors]


def test_macros_are_put_in_and_parts_joined() -> None:
    assert read(LIBRARY).entries[0].venue == "Journal of Moss Studies Letters"


def test_an_entry_in_parentheses_inherits_from_one_that_follows() -> None:
    found = read(LIBRARY).entries[1]

    assert (found.venue, str(found.published), found.citekey, found.doi) == (
        "Proceedings of the Wet Stone Conference",
        "2020-05",
        "quoted",
        "",
    )
    assert '"publisher-place": "Stone, Wet"' in found.csl


def test_a_missing_comma_and_an_at_sign_in_a_title_lose_nothing() -> None:
    found = read(LIBRARY).entries[2]

    assert (found.title.text, len(found.authors)) == ("Meet me @stonefield, or never", 2)


def test_a_broken_entry_is_reported_with_the_line_and_hides_no_other() -> None:
    messages = [problem.message for problem in read(LIBRARY).problems]

    assert '@article "broken" breaks off on line 37' in " ".join(messages)
    assert '@article "open" breaks off on line 44: a brace is never closed' in " ".join(messages)


def test_a_value_that_is_not_closed_ends_where_the_next_entry_begins() -> None:
    reading = read(
        "@article{a, title = {Open,\n year = {2000}\n}\n@misc{b,\n title = {Moss},\n}\n}\n"
    )

    assert ([found.citekey for found in reading.entries], reading.reported) == (["b"], 1)


def test_circles_of_inheritance_end() -> None:
    reading = read("@misc{a, title={A}, crossref={b}}@misc{b, title={B}, crossref={a}}")

    assert len(reading.entries) == 2


def test_a_reference_that_leads_nowhere_is_said() -> None:
    (problem,) = read("@misc{a, title={A}, crossref={gone}}").problems

    assert '"gone"' in problem.message


def test_an_entry_without_a_key_is_read() -> None:
    (found,) = read("@misc{, title = {Moss}}").entries

    assert found.citekey == ""


def test_windows_of_text_between_entries_are_no_entries() -> None:
    assert [block.kind for block in blocks("a@b.org @comment{x @misc{y}} @misc{z, title={Z}}")] == [
        "misc"
    ]


def test_the_splitter_of_bibtexparser_sees_the_same_fields() -> None:
    text = "\n".join(
        f"@article{{key{n},\n  title = {{Moss {{no}} {n}}},\n  year = 20{n:02},\n"
        f'  note = "quoted {{and}} braced",\n}}'
        for n in range(20)
    )

    theirs = Splitter(text).split()
    ours = blocks(text)

    assert bibtexparser.__version__
    assert [(e.key, e.start_line + 1, [f.key for f in e.fields]) for e in theirs.entries] == [
        (block.key, block.line, list(block.fields)) for block in ours
    ]
    assert [e.fields_dict["title"].value[1:-1] for e in theirs.entries] == [
        block.fields["title"].text for block in ours
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ludwig van Beethoven", [("van Beethoven", "Ludwig")]),
        ("van Beethoven, Ludwig", [("van Beethoven", "Ludwig")]),
        ("{Moss \\& Stone, Inc.}", [("Moss & Stone, Inc.", "")]),
        ("King, Jr, Martin", [("King Jr", "Martin")]),
        ("family=Gogh, given=Vincent, prefix=van", [("van Gogh", "Vincent")]),
        ("Jean de la Vall{\\'e}e Poussin", [("de la Vallée Poussin", "Jean")]),
        ("J. {Garc{\\'\\i}a L{\\'o}pez}", [("García López", "J.")]),
        ("Ada Example and others", [("Example", "Ada")]),
        ("A Example, J Sample, and M Li", [("Example", "A"), ("Sample", "J"), ("Li", "M")]),
        ("Example A, Sample JS", [("Example", "A"), ("Sample", "JS")]),
        ("Example, Ada; Sample, Jan", [("Example", "Ada"), ("Sample", "Jan")]),
        ("{\\O}rsted AND Li, Mo", [("Ørsted", ""), ("Li", "Mo")]),
    ],
)
def test_names_are_read_in_every_form(written: str, expected: list[tuple[str, str]]) -> None:
    assert names(written) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date = {2014-02-02/2014-02-07}", "2014-02-02"),
        ("year = 2014, month = feb", "2014-02"),
        ("year = {2014}, month = {2}, day = {3}", "2014-02-03"),
        ("year = {2014}, month = 10 # {~} # mar", "2014-03-10"),
        ("date = {2011-05-25~/2012-06-26~}", "2011-05-25"),
        ("year = {in press}", "None"),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_known(fields: str, expected: str) -> None:
    assert str(entry(fields).published) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"na{\"\i}ve {\'e} \c{c} \v S \o{} {\ss} \aa ngstr{\"{o}}m", "naïve é ç Š ø ß ångström"),
        (r"``quoted'' and `single' -- so---on", "“quoted” and ‘single’ – so—on"),
        (r"a~b ~5 nm, $\sim$5, 50\%, \$5, \_", "a b ~5 nm, ~5, 50%, $5, _"),
        (r"costs $10 or $20 today", "costs $10 or $20 today"),
        (r"H$_2$O, 10\textsuperscript{-3}, x_{t+1}", "H₂O, 10⁻³, xₜ₊₁"),
        (r"{\textless}i{\textgreater}E. coli{\textless}/i{\textgreater} &amp; co", "E. coli & co"),
        (r"\unknown{kept}, {HOL}, \TeX{}, \alpha-moss", "kept, HOL, TeX, α-moss"),
        (r"\url{http://example.org/~a\_b} \href{http://x.org}{here}",
         "http://example.org/~a_b here (http://x.org)"),
        (r"\textbackslash{}alpha \{0,1\} \textless{}b", r"\alpha {0,1} <b"),
        ("\\", "\\"), ("}{", ""), (r"\emph{", ""), (r"{\d}ur", "dur"),
    ],
)  # fmt: skip
def test_tex_becomes_unicode(written: str, expected: str) -> None:
    assert latex.plain(written) == expected


def test_math_stays_math_and_emphasis_emphasis() -> None:
    found = [(p.kind, p.text) for p in latex.read(r"\emph{Moss} of $x_1 + y$, \(z^2\), $D\to$4")]

    assert [pair for pair in found if pair[0] != "text"] == [
        ("emphasis", "Moss"),
        ("math", "$x_1 + y$"),
        ("math", "$z^2$"),
        ("math", r"\(D\to\)"),
    ]


def test_a_part_takes_the_title_and_the_subtitle_of_its_book_as_its_venue() -> None:
    found = read(
        "@proceedings{p, title={Talks on Moss}, subtitle={And Reeds}}\n"
        "@inproceedings{x, title={One}, crossref={p}}\n"
        "@book{b, booktitle={Stones}, subtitle={A Walk}, author={Ada Grey}}\n"
        "@inbook{y, title={Two}, crossref={b}}\n"
    ).entries
    assert [(e.title.text, e.venue) for e in found[-3:]] == [
        ("Talks on Moss: And Reeds", ""), ("One", "Talks on Moss: And Reeds"),
        ("Two", "Stones: A Walk"),
    ]  # fmt: skip
    assert [author.family for author in found[-1].authors] == ["Grey"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"\alpha{}beta", "αbeta"),
        (r"\log{}n", "logn"),
        (r"\sin x", "sin x"),
        (r"\ensuremath{\alpha}", r"\alpha"),
        (r"\ensuremath{}moss", "moss"),
        (r"\href{https://a.example}{https://a.example/x}", "https://a.example/x"),
        (r"\mbox x", "x"),
        (r"\o{} \ss{}x", "ø ßx"),
    ],
)
def test_what_commands_become_in_a_plain_text(written: str, expected: str) -> None:
    assert latex.plain(written) == expected
