"""Texts that would keep a reader busy: every one is shown, told and soon done."""

from __future__ import annotations

import time

import pytest

from conspectus import prose
from tests.support.markup import parse

LENGTH = 100_000
HEAPS = {
    "formulas that do not parse": r"$\foo$ ",
    "open brackets of math": r"\(",
    "formulas": "$a$ ",
    "dollars": "$a",
    "open links": "![[](b",
    "open emphasis": "**a",
    "addresses": "https://a.example/( ",
    "paragraphs": "a\n\n",
    "sentences beside code": "`a` Ab. Cd ",
}


@pytest.mark.parametrize("heap", HEAPS.values(), ids=HEAPS.keys())
def test_a_heap_of_signs_takes_no_longer_than_a_long_text(heap: str) -> None:
    """The limit is far above what a busy machine needs, and far below what growth would take."""
    before = time.process_time()
    prose.read((heap * LENGTH)[:LENGTH])
    assert time.process_time() - before < 5


def test_a_text_of_too_many_signs_is_shown_as_it_stands_and_told() -> None:
    text = "*a* <b>\n\n" * prose.MOST_MARKS
    found, problems = prose.read(text)
    assert parse(found.html).text() == text
    assert [(p.line, p.column) for p in problems] == [(1, 1)]
    assert "is shown as it stands" in problems[0].message


def test_a_title_of_too_many_signs_is_shown_as_it_stands_and_told() -> None:
    title = "*a* " * prose.MOST_MARKS
    found, problems = prose.inline(title)
    assert found.text == title.strip()
    assert len(problems) == 1


def test_a_long_text_with_few_signs_is_read_as_markdown() -> None:
    found, problems = prose.read("A *word* and more. " * 3_000)
    assert found.html.count("<em>") == 3_000
    assert problems == ()


def test_of_many_formulas_that_do_not_parse_the_first_are_told_one_by_one() -> None:
    _, problems = prose.read("\n\n".join([r"$\foo$"] * 50))
    assert [p.line for p in problems] == [*range(1, 41, 2), 41]
    assert problems[-1].message.startswith("30 more formulas")


def test_sentences_within_an_element_each_carry_it() -> None:
    found, _ = prose.read("Some *words. More words. And* `code`. Last.")
    assert found.sentences_html == (
        "Some <em>words.</em>",
        "<em>More words.</em>",
        "<em>And</em> <code>code</code>.",
        "Last.",
    )
