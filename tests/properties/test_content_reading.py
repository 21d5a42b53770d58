"""No text of any kind makes reading fail, and what is written reads back."""

import datetime
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from conspectus import fields
from conspectus.content import read_paper
from conspectus.content.authors import author_of
from conspectus.fields import plain, reader
from conspectus.importers import drafting, frontmatter
from conspectus.importers.entries import Entry, SourceText
from conspectus.importers.formats import listing
from conspectus.model.papers import Author
from conspectus.settings import read_text

YAMLISH = st.lists(
    st.sampled_from(
        ["title", "a", ": ", ":", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "|", ">-",
         "#", " #", "&x ", "*x", "!!int ", "~", "null", "---\n", "...\n", "\t", "💯", "é", "1", "%",
         "@", "`", "?", "? ", "\\", "\u2028", "\x85"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
LINES = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=9)


def by_the_parser(text: str) -> tuple[fields.Node | None, list[str]]:
    reading = reader._Reading(text, "x", 1, [])
    try:
        return reading.document(), [str(problem) for problem in reading.problems]
    except reader._BrokenError as broken:
        return None, [str(broken.problem)]


VALUES = st.one_of(
    YAMLISH,
    WORDS,
    st.lists(st.one_of(WORDS, YAMLISH), max_size=3).map(lambda found: f"[{', '.join(found)}]"),
    st.sampled_from(
        ['"A: b"', "'it is # x'", "a:b", "a#b", "C++: x", "x:", "a -b", "~", "O'Brien", "[a b, c]"]
    ),
)


@given(st.lists(st.tuples(st.sampled_from(["title", "a", "x_1", "e-f"]), VALUES), max_size=4))
def test_a_plain_table_is_what_the_parser_makes_of_it(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in pairs)

    found = plain.table(text, "x", 1)

    assert found is None or (found, []) == by_the_parser(text)


def test_common_front_matter_needs_no_parser() -> None:
    text = 'title: "On moss: a study"\nauthors: [Ann Fen, Bo O\'Lee]\npublished: 2021-05\n'

    assert plain.table(text, "x", 1) is not None


@given(st.one_of(YAMLISH, LINES))
@example("*x")
@example("a: [" + "[" * 2000)
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    node, problems = fields.read(text, "x")

    assert node is not None or problems or yaml.compose(text, yaml.CBaseLoader) is None
    assert all(problem.location.line >= 1 for problem in problems)


@given(YAMLISH)
def test_what_is_read_is_what_yaml_itself_reads(text: str) -> None:
    node, problems = fields.read(text, "x")

    if node is not None and not problems:
        assert values(node) == yaml.load(text, Loader=yaml.CBaseLoader)


def values(node: fields.Node) -> Any:
    if isinstance(node, fields.Scalar):
        return node.text
    if isinstance(node, fields.Items):
        return [values(entry) for entry in node.nodes]
    return {key.text: values(value) for key, value in node.nodes}


@given(YAMLISH, st.one_of(YAMLISH, LINES))
def test_any_paper_is_a_paper_or_has_a_problem(front: str, body: str) -> None:
    found, problems = read_paper(f"---\ntitle: Moss\n{front}\n---\n{body}", "papers/moss.md")

    is_draft = "draft" in front
    assert found is not None or is_draft or any(problem.is_error for problem in problems)


@given(LINES)
def test_any_text_is_a_paper_or_has_a_problem(text: str) -> None:
    found, problems = read_paper(text, "papers/moss.md")

    assert found is not None or problems


@given(YAMLISH)
def test_any_settings_are_read_or_refused(text: str) -> None:
    assert read_text(text)[0].id


@given(st.one_of(YAMLISH, st.text(st.characters(exclude_categories=("Cs",)), max_size=20)))
def test_a_written_value_reads_back(text: str) -> None:
    flat = f"k: {frontmatter.scalar(text)}\n"
    inside = f"k: [{frontmatter.scalar(text, is_inside=True)}]\n"

    assert yaml.load(flat, Loader=yaml.CBaseLoader) == {"k": text}
    assert yaml.load(inside, Loader=yaml.CBaseLoader) == {"k": [text]}


@given(st.builds(Author, WORDS, st.one_of(st.just(""), WORDS)))
def test_an_author_that_is_written_reads_back(author: Author) -> None:
    found = drafting.draft(Entry(SourceText("Moss"), authors=(author,)), "x")
    text = drafting.written(found, citekey="moss", added="2025-03-18")

    paper, problems = read_paper(text, "papers/moss.md")

    assert problems[0].message == "no abstract"
    assert paper is not None
    assert paper.authors == (author,)


@given(WORDS)
def test_a_single_word_is_a_family_name(name: str) -> None:
    assert author_of(name.replace(",", "")).given == ""


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["new", "Mar 17", "Subscribe", "byMo", "", "2022.", "by Mo"]),
            st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
        ),
        max_size=12,
    )
)
def test_no_word_of_a_listing_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = listing.read(text, "x", datetime.date(2025, 3, 17))

    kept = "".join(f"{entry.title.text}{entry.abstract.text}" for entry in found.entries)
    bare = "".join(kept.split())
    text_lines = [line for line in lines if len(line.split()) > 6]
    assert found.reported or all("".join(line.split()) in bare for line in text_lines)
