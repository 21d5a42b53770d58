"""What the site exports, the importer reads back: the same papers, in each of the three formats."""

import datetime
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus import content, importers
from conspectus.citations import bibtex, csl_variables, ris
from conspectus.importers import drafting
from conspectus.importers.entries import Entry
from conspectus.importers.formats import markup
from conspectus.model.papers import Author, Paper, PartialDate
from tests.support.building import CONTENT, FIXTURES

TODAY = datetime.date(2025, 3, 18)


def bib(papers: tuple[Paper, ...]) -> str:
    return "\n".join(bibtex(paper, "", with_abstract=True) for paper in papers)


def ris_of(papers: tuple[Paper, ...]) -> str:
    return "".join(ris(paper, "", with_abstract=True) for paper in papers)


def csl(papers: tuple[Paper, ...]) -> str:
    return json.dumps([csl_variables(paper, "", with_abstract=True) for paper in papers])


WRITERS = {"bib": bib, "ris": ris_of, "csl": csl}


def face(paper: Paper) -> tuple[object, ...]:
    """What a reader knows a paper by."""
    return (
        "".join(paper.title_text.split()),
        [(author.family, author.given) for author in paper.authors],
        paper.published and (paper.published.year, paper.published.month),
        paper.venue,
        paper.doi,
        paper.keywords,
        paper.language,
        paper.citekey,
    )


def again(papers: tuple[Paper, ...], form: str) -> tuple[Paper, ...]:
    with tempfile.TemporaryDirectory() as folder:
        source, survey = Path(folder) / "source", Path(folder) / "content"
        source.write_text(WRITERS[form](papers), encoding="utf-8", newline="")
        importers.import_files([source], survey, today=TODAY)
        return content.read(survey).corpus.papers


def survey_of(*entries: Entry) -> tuple[Paper, ...]:
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "content" / "papers"
        papers.mkdir(parents=True)
        for number, entry in enumerate(entries):
            found = drafting.draft(entry, "")
            text = drafting.written(found, citekey=f"key{number}", added="")
            (papers / f"p{number}.md").write_text(text, encoding="utf-8")
        return content.read(Path(folder) / "content").corpus.papers


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("folder", [CONTENT, FIXTURES / "survey"], ids=["own", "fixture"])
def test_a_survey_comes_back_whole(folder: Path, form: str) -> None:
    papers = content.read(folder).corpus.papers

    found = {paper.citekey: face(paper) for paper in again(papers, form)}

    expected = {paper.citekey: face(paper) for paper in papers if paper.citekey}
    assert {key: found.get(key) for key in expected} == expected
    assert len(found) == len(papers)


_WORD = st.text(alphabet="abcdefghijkéßøü", min_size=2, max_size=9)
_NAME = _WORD.map(str.capitalize)
_AUTHOR = st.builds(Author, family=_NAME, given=_NAME) | st.builds(
    Author, family=st.builds("{} {} Group".format, _NAME, _NAME)
)
_SIGNS = st.sampled_from(
    ["&", "%", "#", "~", "<", ">", "{x}", '"', "'", "–", "$5", "1_000", "50%,"]
)
_TITLE = st.lists(_NAME | _SIGNS, min_size=3, max_size=8).map(" ".join)


@pytest.mark.parametrize("form", sorted(WRITERS))
@settings(deadline=None, max_examples=25)
@given(
    titles=st.lists(_TITLE, min_size=1, max_size=3, unique_by=lambda t: t.lower()),
    # A person is among them: RIS tells institutions by how the others are written.
    authors=st.lists(_AUTHOR, max_size=3, unique=True).map(
        lambda a: [Author("Example", "Ada"), *a]
    ),
    year=st.integers(1900, 2030),
    venue=_TITLE,
)
def test_papers_of_many_signs_come_back(
    form: str, titles: list[str], authors: list[Author], year: int, venue: str
) -> None:
    entries = [
        Entry(
            markup.SourceText(title, ((0, 1),)),
            authors=tuple(authors),
            published=PartialDate(year),
            venue=venue,
            doi=f"10.5555/{number}",
        )
        for number, title in enumerate(titles)
    ]
    papers = survey_of(*entries)

    found = {paper.doi: face(paper) for paper in again(papers, form)}

    assert found == {paper.doi: face(paper) for paper in papers}
