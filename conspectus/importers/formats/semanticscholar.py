"""Papers of Semantic Scholar's interface, as JSON, in; entries out."""

from __future__ import annotations

from typing import Any

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import objects, read_objects
from conspectus.importers.formats.located import Json, list_of, table_of, text_of

_NESTED = ("citingPaper", "citedPaper", "paper")
_TYPES = {
    "JournalArticle": "article-journal", "Conference": "paper-conference",
    "Review": "article-journal", "Book": "book", "BookSection": "chapter", "Dataset": "dataset",
}  # fmt: skip


def read(text: str, path: str) -> Reading:
    """A page of papers, of citations or of references, a list of papers, or one."""
    return read_objects(path, objects(Json(text), "data", "papers", "recommendedPapers"), entry)


def entry(found: dict[str, Any], line: int) -> Entry:
    """A paper, or what it lies in, as an entry."""
    paper = next((table_of(found.get(key)) for key in _NESTED if found.get(key)), found)
    identifiers = table_of(paper.get("externalIds"))
    arxiv = values.arxiv_bare(text_of(identifiers.get("ArXiv")))
    doi = values.doi(text_of(identifiers.get("DOI")))
    journal = table_of(paper.get("journal"))
    venue = paper.get("venue") or journal.get("name") or _publication_venue(paper)
    return Entry(
        title=markup.title(text_of(paper.get("title")), line),
        abstract=markup.prose(text_of(paper.get("abstract")), line),
        authors=values.authors(
            text_of(table_of(author).get("name")) for author in list_of(paper.get("authors"))
        ),
        published=values.date(text_of(paper.get("publicationDate")))
        or values.date_of_parts(paper.get("year")),
        venue=values.line(venue),
        doi=doi,
        arxiv=arxiv or values.arxiv(doi),
        url=values.landing(doi, arxiv, "" if arxiv else text_of(paper.get("url"))),
        pdf=_pdf(table_of(paper.get("openAccessPdf")), arxiv),
        csl=_csl(paper, journal, identifiers),
        begins=line,
    )


def _publication_venue(paper: dict[str, Any]) -> object:
    return table_of(paper.get("publicationVenue")).get("name")


def _pdf(access: dict[str, Any], arxiv: str) -> str:
    found = values.url(text_of(access.get("url")))
    if arxiv and (not found or values.arxiv(found) == arxiv):
        return f"https://arxiv.org/pdf/{arxiv}"
    return "" if values.doi_link(found) else found


def _csl(paper: dict[str, Any], journal: dict[str, Any], identifiers: dict[str, Any]) -> str:
    kinds = (_TYPES.get(text_of(kind), "") for kind in list_of(paper.get("publicationTypes")))
    return values.csl(
        {
            "type": next(filter(None, kinds), ""),
            "volume": journal.get("volume"),
            "page": values.pages(values.line(journal.get("pages"))),
            "PMID": identifiers.get("PubMed"),
            "PMCID": identifiers.get("PubMedCentral"),
        }
    )
