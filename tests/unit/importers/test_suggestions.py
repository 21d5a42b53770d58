"""What readers write into the form for suggesting a paper."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from conspectus import content, importers
from conspectus.importers import formats
from conspectus.importers.entries import Entry, Reading, SourceText
from conspectus.importers.formats import suggestion
from conspectus.problems import Location, warning

TODAY = datetime.date(2025, 3, 18)


def form(paper: str, title: str = "_No response_", abstract: str = "_No response_") -> str:
    return (
        f"### Paper\n\n{paper}\n\n### Title\n\n{title}\n\n### Authors\n\nAda Example\nLi, Mo\n\n"
        f"### Abstract\n\n{abstract}\n\n### Why it belongs here\n\nIt counts moss.\n"
    )


@pytest.mark.parametrize(
    ("paper", "name"),
    [
        ("2502.12152", "arxiv:2502.12152"),
        ("arXiv:2502.12152v2", "arxiv:2502.12152"),
        ("https://arxiv.org/pdf/2502.12152v1", "arxiv:2502.12152"),
        ("10.48550/arXiv.2502.12152", "arxiv:2502.12152"),
        ("see https://doi.org/10.1000/Moss.1.", "doi:10.1000/moss.1"),
        ("https://example.org/moss", ""),
        ("hf:2025-03-17", ""),
        ("/etc/passwd", ""),
        ("_No response_", ""),
    ],
)
def test_only_a_doi_or_an_arxiv_identifier_is_asked_for(paper: str, name: str) -> None:
    assert suggestion.named(form(paper)) == name


def test_a_suggestion_is_told_from_its_content() -> None:
    assert formats.told(form("2502.12152")) == "suggestion"


def test_a_record_that_is_found_comes_before_what_the_form_says(tmp_path: Path) -> None:
    record = Reading((Entry(SourceText("On Moss"), arxiv="2502.12152"),))

    paper = imported(form("2502.12152", "Some Words"), tmp_path, record)

    assert (paper.title_text, paper.arxiv) == ("On Moss", "2502.12152")


def test_without_a_record_the_form_makes_the_paper(tmp_path: Path) -> None:
    problem = warning(Location("arxiv:2502.12152"), "arXiv does not answer", "try again")
    text = form("2502.12152", "On *Moss*\nand Slate", "We count $n$ cushions.\n\nThen we wait.")

    paper = imported(text, tmp_path, Reading((), 1, (problem,)))

    assert paper.title_text == "On *Moss* and Slate"
    assert paper.abstract.text == "We count n cushions.\nThen we wait."
    assert [author.family for author in paper.authors] == ["Example", "Li"]
    assert paper.arxiv == "2502.12152"


def test_a_paper_with_a_page_of_its_own_keeps_its_address(tmp_path: Path) -> None:
    paper = imported(form("https://example.org/moss", "On Moss"), tmp_path, None)

    assert paper.url == "https://example.org/moss"


def test_a_suggestion_without_identifier_and_title_is_reported(tmp_path: Path) -> None:
    reading = suggestion.read(form("the moss paper"), "issue.md")

    assert (reading.entries, reading.reported) == ((), 1)
    assert "issue.md:1:1: warning: not imported: the paper has no title" in str(reading.problems[0])


def test_headings_within_an_answer_do_not_replace_what_stands_above(tmp_path: Path) -> None:
    text = form("https://example.org/moss", "On Moss", "Words.\n\n### Title\n\nOther")

    assert imported(text, tmp_path, None).title_text == "On Moss"


def test_hidden_remarks_of_a_template_are_not_answers() -> None:
    text = form("<!-- A DOI, such as 10.1000/x,\nor an address -->\n2502.12152")

    assert suggestion.named(text) == "arxiv:2502.12152"


def imported(text: str, folder: Path, record: Reading | None) -> content.Paper:
    source = folder / "issue.md"
    source.write_text(text, encoding="utf-8")
    importers.import_files([source], folder / "content", today=TODAY, fetch=_fetch(record))
    (paper,) = content.read(folder / "content").corpus.papers
    return paper


def _fetch(record: Reading | None) -> suggestion.Fetch:
    return lambda name: record if name.startswith(("arxiv:", "doi:")) else None
