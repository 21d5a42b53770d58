"""A paper in; the meta tags that scholarly search engines read out (Highwire Press)."""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.citations import facts
from conspectus.model.papers import Paper, PartialDate


def highwire(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Names with contents, one author each; empty where authors or year are not known."""
    return tuple(_tags(paper)) if facts.is_citable(paper) else ()


def _tags(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "citation_title", paper.title_text
    for author in paper.authors:
        yield "citation_author", author.name
        if author.affiliation:
            yield "citation_author_institution", author.affiliation
        if author.orcid:
            yield "citation_author_orcid", author.orcid
    if paper.published:
        yield "citation_publication_date", _slashed(paper.published)
    if paper.venue:
        is_journal = facts.csl_type(paper) == "article-journal"
        yield ("citation_journal_title" if is_journal else "citation_conference_title", paper.venue)
    if paper.doi:
        yield "citation_doi", paper.doi
    if paper.arxiv:
        yield "citation_arxiv_id", paper.arxiv
    if paper.pdf:
        yield "citation_pdf_url", paper.pdf
    yield from (("citation_keywords", keyword) for keyword in paper.keywords)
    if paper.language:
        yield "citation_language", paper.language


def _slashed(date: PartialDate) -> str:
    return str(date).replace("-", "/")
