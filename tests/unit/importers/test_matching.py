"""An entry is one of the survey's papers where identifiers, or title and authors, say so."""

import pytest

from conspectus.importers import drafting
from conspectus.importers.entries import Entry, SourceText
from conspectus.importers.matching import Known, Match
from conspectus.model.papers import Author, PartialDate

ADA = Author("Example", "Ada")
MO = Author("Li", "Mo")
JAN = Author("van der Sample", "Jan")


def known(title: str, *authors: Author, doi: str = "", arxiv: str = "", year: int = 0) -> Known:
    found = Known()
    published = PartialDate(year) if year else None
    found.remember("moss", title, doi, arxiv, "key", authors=authors, published=published)
    return found


def match(
    papers: Known, title: str, *authors: Author, doi: str = "", arxiv: str = "", year: int = 0
) -> Match | None:
    published = PartialDate(year) if year else None
    entry = Entry(SourceText(title), authors=authors, doi=doi, arxiv=arxiv, published=published)
    return papers.match(drafting.draft(entry, "source"))


def test_a_doi_matches_another_title() -> None:
    assert match(known("Moss", doi="10.5555/a"), "Moss, Revised", doi="10.5555/a") == Match(
        "moss", "DOI", 50.0
    )


def test_a_doi_of_a_slip_matches_nothing() -> None:
    papers = known("The Patience of Moss on Stone", ADA, doi="10.5555/a")

    assert match(papers, "Quick Feathers", JAN, doi="10.5555/a") is None


def test_an_arxiv_doi_is_an_arxiv_identifier() -> None:
    papers = known("Moss", doi="10.48550/arxiv.2101.00001")

    assert match(papers, "Mosses", arxiv="2101.00001") == Match("moss", "arXiv identifier", 80.0)


def test_another_doi_is_another_paper() -> None:
    assert match(known("Moss", ADA, doi="10.5555/a"), "Moss", ADA, doi="10.5555/b") is None


def test_a_preprint_and_its_article_are_one() -> None:
    papers = known("Moss", ADA, doi="10.48550/arxiv.2101.00001")

    assert match(papers, "Moss", ADA, doi="10.5555/b") == Match("moss", "title", 100.0)


@pytest.mark.parametrize(
    "title",
    [
        "The Patience of Mosses in Wet Gardens: A Color Study",
        "The Patience of Moss in Wet Gardens: a Colour Study.",
        "Patience of Moss in Wet Gardens: A Colour Study",
        "The Pateince of Moss in Wet Gardens: A Colour Study",
    ],
)
def test_a_title_that_differs_by_a_slip_matches_with_its_authors(title: str) -> None:
    papers = known("The Patience of Moss in Wet Gardens: A Colour Study", ADA, MO)

    found = match(papers, title, ADA)

    assert found is not None
    assert found.score >= 92


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Growing Moss in the Garden, Part I", "Growing Moss in the Garden, Part II"),
        ("Supervised Growth of Moss in Gardens", "Unsupervised Growth of Moss in Gardens"),
        ("Treating Hypotension of Wet Gardeners", "Treating Hypertension of Wet Gardeners"),
        ("Microeconomics of Moss in a Garden", "Macroeconomics of Moss in a Garden"),
        ("MossNet-2: Growing Moss in the Garden", "MossNet-3: Growing Moss in the Garden"),
    ],
)
def test_a_word_that_carries_meaning_makes_another_paper(ours: str, theirs: str) -> None:
    assert match(known(ours, ADA), theirs, ADA) is None


def test_the_same_title_by_other_authors_is_another_paper() -> None:
    assert match(known("Introduction", ADA), "Introduction", JAN) is None


def test_the_same_title_without_authors_is_the_same_paper() -> None:
    assert match(known("Introduction to Moss", ADA), "Introduction to moss") == Match(
        "moss", "title", 100.0
    )


def test_the_same_title_a_decade_later_is_another_paper() -> None:
    assert match(known("Editorial", year=2001), "Editorial", year=2011) is None
