"""What fuzzing found, each with the text that found it."""

from __future__ import annotations

import time

import pytest

from conspectus.importers.formats import READERS, latex, suggestion
from tests.fuzz.readers import ALL

HEAPS = {
    "comments that never close": ("suggestion", "<!--"),
    "formulas that never close": ("LaTeX", r"\("),
    "elements that never close": ("markup", "<math>"),
    "lines that are not JSON": ("jsonl", "|\n"),
}


@pytest.mark.parametrize(("name", "unit"), HEAPS.values(), ids=HEAPS.keys())
def test_what_never_closes_is_not_looked_for_again_and_again(name: str, unit: str) -> None:
    before = time.process_time()
    ALL[name]((unit * 100_000)[:100_000])
    assert time.process_time() - before < 5


def test_accents_upon_accents_end() -> None:
    assert latex.plain(r"\'" * 3000 + "a")


def test_macros_of_bibtex_that_double_each_other_are_left_as_their_names() -> None:
    doubling = "".join(f"@string{{m{n + 1} = m{n} # m{n}}}\n" for n in range(60))
    source = f'@string{{m0 = "ten letters"}}\n{doubling}@article{{a, title = {{T}}, note = m60}}'
    reading = READERS["bibtex"](source, "source")
    assert [entry.title.text for entry in reading.entries] == ["T"]
    assert any("m60" in problem.message for problem in reading.problems)


def test_a_comment_in_a_suggestion_is_passed_over_and_keeps_the_lines() -> None:
    text = "### Paper\n<!-- one\ntwo -->\nhttps://a.example\n### Title\n\nMoss <!-- open\n"
    (entry,) = suggestion.read(text, "source").entries
    assert (entry.title.text, entry.begins) == ("Moss <!-- open", 1)


def test_a_text_of_which_a_thousand_lines_are_broken_is_given_up_and_told() -> None:
    reading = READERS["jsonl"]("|\n{\n" * 2000 + '{"title": "Late"}\n', "source")
    assert "the rest is not read" in reading.problems[-1].message
