"""Citations written once: the same as those written apart, with and without the abstract."""

from __future__ import annotations

import json

import pytest

from conspectus import citations
from conspectus.model.papers import Author, Paper, PartialDate, Prose

PAGE = "https://survey.example/papers/moss.html"
ABSTRACT = 'Moss grows 5 % a year.\nIt is "soft" {and} \\green & damp_.'


def paper(abstract: str = ABSTRACT, **fields: object) -> Paper:
    return Paper(
        id="moss", path="", title="On $x$ and Moss", title_text="On x and Moss", title_html="",
        abstract=Prose(source=abstract, html="", text=abstract), csl='{"volume":"12"}',
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip


CITED = paper(
    authors=(Author("Heath", "Ada"),), published=PartialDate(2024, 2), venue="Bog Letters"
)


@pytest.mark.parametrize("known", [CITED, paper()], ids=["all known", "nothing known"])
def test_a_written_citation_says_what_each_format_says(known: Paper) -> None:
    written = citations.cite(known, PAGE)
    assert written.bibtex == citations.bibtex(known, PAGE)
    assert written.ris == citations.ris(known, PAGE)
    assert written.indented_csl == citations.csl_json(known, PAGE)


@pytest.mark.parametrize("known", [CITED, paper(), paper("")], ids=["all", "nothing", "bare"])
def test_an_abstract_added_later_reads_as_one_written_at_once(known: Paper) -> None:
    written = citations.cite(known, PAGE).with_abstract(known)
    assert written.bibtex == citations.bibtex(known, PAGE, with_abstract=True)
    assert written.ris == citations.ris(known, PAGE, with_abstract=True)
    assert json.loads(written.csl) == citations.csl_variables(known, PAGE, with_abstract=True)


def test_a_citation_is_written_once() -> None:
    desk = citations.Citations()
    assert desk.of(CITED, PAGE) is desk.of(CITED, PAGE)
