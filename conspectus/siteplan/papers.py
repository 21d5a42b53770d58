"""Each paper's page: its abstract, its place among the topics, what is like it, how to cite it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from conspectus import citations
from conspectus.model.papers import Paper
from conspectus.model.site import Page
from conspectus.model.topics import Similar
from conspectus.prose import unmarked
from conspectus.siteplan import linked_data, urls
from conspectus.siteplan.lookup import Lookup, paper_key
from conspectus.siteplan.rows import (
    by_kind,
    full_text,
    full_text_searches,
    outlink,
    title_row,
)
from conspectus.siteplan.strokes import strokes
from conspectus.siteplan.taking_part import paper_links
from conspectus.siteplan.views import (
    CitationView,
    Fact,
    Outlink,
    PaperView,
    SimilarRow,
    Strokes,
    TermLink,
    TitleRow,
)

AUTHORS_IN_VIEW = 3
AUTHORS_AT_MOST = 12
"""Above this many, those beyond the third open on demand (LOOK 8)."""
LONG_TITLE = 90
"""Characters, from which a title is set smaller (LOOK 2)."""


def paper_pages(survey: Lookup) -> Iterator[Page]:
    """One page for each paper."""
    references = citations.References(survey.settings.citation_style, survey.settings.language)
    for paper in survey.content.corpus.papers:
        yield _page(paper, survey, references)


def redrawn(paper: Paper, survey: Lookup) -> Page:
    """The page of a paper that has changed or come since, in the survey as it was."""
    references = citations.References(survey.settings.citation_style, survey.settings.language)
    amid = replace(
        survey, papers={**survey.papers, paper.id: paper}, citations=citations.Citations()
    )
    return _page(paper, amid, references)


def _page(paper: Paper, survey: Lookup, references: citations.References) -> Page:
    return Page(
        permalink=urls.paper_permalink(paper.id),
        kind="paper",
        title=paper.title_text,
        description=paper.abstract.stating_text or _first(paper),
        make=partial(_view, paper, survey, references),
    )


def _first(paper: Paper) -> str:
    return next(iter(paper.abstract.sentences), "")


def _view(paper: Paper, survey: Lookup, references: citations.References) -> PaperView:
    found, size = survey.found.get(paper.id), survey.size
    place = _Place(paper, survey)
    names = [author.name for author in paper.authors]
    cut = AUTHORS_IN_VIEW if len(names) > AUTHORS_AT_MOST else len(names)
    ways = full_text(paper, survey)
    path = survey.path(found.topic) if found else ()
    return PaperView(
        id=paper.id,
        key=paper_key(paper.id),
        title=Markup(paper.title_html),
        is_long_title=len(paper.title_text) > LONG_TITLE,
        path=path,
        strokes=place.strokes,
        place=place.words,
        authors=tuple(names[:cut]),
        more_authors=tuple(names[cut:]),
        more_authors_label=survey.words("paper.authors.more", n=len(names) - cut),
        dateline=_dateline(paper, survey),
        unknown=_unknown(paper, survey),
        outlinks=(*_links(paper, survey), *ways),
        searches=full_text_searches(paper, survey) if size.has_searches and not ways else (),
        abstract=Markup(unmarked(paper.abstract.html) if size.is_lean else paper.abstract.html),
        has_line=paper.abstract.stating is not None and not size.is_lean,
        notes=Markup(paper.notes.html),
        notes_by=_notes_by(survey),
        similar=_similar(found.similar[: size.similar_on_pages] if found else (), survey),
        reaches=_similar(found.bridges if found and size.has_bridges else (), survey),
        terms=_terms(found.terms[: size.terms_on_pages] if found else (), survey),
        facts=_facts(paper, survey),
        previous=place.previous,
        next=place.next,
        citation=_citation(paper, survey, references),
        meta=citations.highwire(paper) if survey.settings.metadata else (),
        linked_data=linked_data.article(paper, path, survey.settings)
        if survey.settings.metadata and size.has_linked_data
        else Markup(""),
        part=paper_links(paper, survey),
    )


class _Place:
    """Where a paper stands in its leaf topic."""

    def __init__(self, paper: Paper, survey: Lookup) -> None:
        self.strokes: Strokes | None = None
        self.words = ""
        self.previous: TitleRow | None = None
        self.next: TitleRow | None = None
        found = survey.found.get(paper.id)
        if not found or not found.topic:
            return
        members = survey.topics[found.topic].papers
        index = members.index(paper.id)
        colour = survey.marks[found.topic].colour
        self.strokes = strokes(len(members), colour, survey.words, own=index)
        self.words = survey.words("paper.place", position=index + 1, n=len(members))
        if index:
            self.previous = title_row(survey.papers[members[index - 1]], survey)
        if index + 1 < len(members):
            self.next = title_row(survey.papers[members[index + 1]], survey)


def _dateline(paper: Paper, survey: Lookup) -> tuple[str, ...]:
    """Venue and date, each by its right name."""
    words = survey.words
    parts = [paper.venue] if paper.venue else []
    if paper.published:
        parts.append(words("published", date=words.date(paper.published)))
    elif paper.listed:
        parts.append(words("listed", date=words.date(paper.listed)))
    return tuple(parts)


def _unknown(paper: Paper, survey: Lookup) -> str:
    """One calm line about what the source does not give."""
    if not paper.authors and not paper.published:
        return survey.words("paper.unknown.both")
    if not paper.authors:
        return survey.words("paper.unknown.authors")
    return "" if paper.published else survey.words("paper.unknown.date")


def _links(paper: Paper, survey: Lookup) -> tuple[Outlink, ...]:
    return tuple(outlink(link, survey.words) for link in by_kind(paper.links))


def _notes_by(survey: Lookup) -> str:
    curator = survey.settings.curator.name
    if not curator:
        return survey.words("paper.notes")
    return survey.words("paper.notes.by", curator=curator)


def _similar(similar: tuple[Similar, ...], survey: Lookup) -> tuple[SimilarRow, ...]:
    return tuple(
        SimilarRow(
            permalink=urls.paper_permalink(other.paper),
            title=Markup(survey.papers[other.paper].title_html),
            topic=survey.marks[survey.found[other.paper].topic],
            both_say=survey.words("paper.both_say", terms=", ".join(other.terms))
            if other.terms
            else "",
        )
        for other in similar
    )


def _terms(terms: tuple[str, ...], survey: Lookup) -> tuple[TermLink, ...]:
    return tuple(TermLink(term, survey.terms.get(term, "")) for term in terms)


def _facts(paper: Paper, survey: Lookup) -> tuple[Fact, ...]:
    words, facts = survey.words, []
    if paper.listed:
        day = words.date(paper.listed)
        facts.append(Fact(words("fact.listed"), day, permalink=urls.day_permalink(paper.listed)))
        if paper.position:
            facts.append(Fact(words("fact.position"), words.number(paper.position)))
    if paper.added and not survey.size.is_lean:
        facts.append(Fact(words("fact.added"), words.date(paper.added)))
    if paper.doi:
        facts.append(Fact(words("paper.doi"), paper.doi, f"https://doi.org/{paper.doi}"))
    if paper.arxiv:
        facts.append(
            Fact(words("paper.arxiv"), paper.arxiv, f"https://arxiv.org/abs/{paper.arxiv}")
        )
    if paper.keywords:
        facts.append(Fact(words("paper.keywords"), ", ".join(paper.keywords)))
    facts.extend(Fact(name, value) for name, value in paper.attributes)
    if paper.upvotes is not None:
        facts.append(Fact(words("fact.upvotes"), words.number(paper.upvotes)))
    return tuple(facts)


def _citation(paper: Paper, survey: Lookup, references: citations.References) -> CitationView:
    url, has_all = survey.page_cited(paper.id), survey.size.has_all_citations
    missing = citations.missing(paper)
    written = survey.citations.of(paper, url)
    return CitationView(
        bibtex=_shown(written.bibtex),
        ris=_shown(written.ris if has_all else ""),
        csl=_shown(written.indented_csl if has_all else ""),
        missing=survey.words(f"paper.cite.missing.{missing}") if missing else "",
        reference=references.of(paper, url),
        style=references.style,
    )


def _shown(text: str) -> Markup:
    """Text between tags, where quotation marks need no escape: CSL-JSON is full of them."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
