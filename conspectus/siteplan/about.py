"""About the survey: sources, days and counts, computed; and the curator's own pages."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from conspectus import citations
from conspectus.model.papers import FreePage
from conspectus.model.site import Given, Page
from conspectus.model.topics import Decisions
from conspectus.siteplan.days import listings
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.taking_part import suggestion
from conspectus.siteplan.views import AboutView, FreeView

ABOUT_PERMALINK = "about.html"
ABOUT_SLUG = "about"
CITATION_FILE = "exports/CITATION.cff"


def about_page(survey: Lookup) -> Page:
    """The about page; a page "about" of the curator's own stands at its head."""
    settings, words = survey.settings, survey.words
    citation = citations.survey_citation(survey.content.corpus.papers, settings)
    own = next((page for page in survey.content.pages if page.slug == ABOUT_SLUG), None)
    return Page(
        permalink=ABOUT_PERMALINK,
        kind="about",
        title=own.title if own else words("about.title"),
        description=settings.description,
        make=Given(
            AboutView(
                description=settings.description,
                body=Markup(own.body.html) if own else Markup(""),
                made=tuple(_made(survey)),
                curator=settings.curator.name,
                curator_url=settings.curator.url,
                licence=settings.licence,
                citation=citation.bibtex if survey.papers else "",
                citation_file=CITATION_FILE if survey.papers and citation.cff else "",
                version=citation.version,
                part=suggestion(survey),
            )
        ),
    )


def free_pages(survey: Lookup) -> Iterator[Page]:
    """The curator's pages from content/pages."""
    for page in survey.content.pages:
        if page.slug != ABOUT_SLUG:
            yield Page(
                permalink=free_permalink(page),
                kind="free",
                title=page.title,
                description=page.body.sentences[0] if page.body.sentences else "",
                make=Given(FreeView(heading=page.title, body=Markup(page.body.html))),
            )


def free_permalink(page: FreePage) -> str:
    """Where a page of the curator's stands."""
    return f"{page.slug}.html"


def _made(survey: Lookup) -> Iterator[str]:
    """How this survey was made: sources, days, counts, topics."""
    if survey.papers:
        yield _count(survey)
        yield from _sources(survey)
        yield from _formed(survey)
        yield from _unknown(survey)


def _count(survey: Lookup) -> str:
    words = survey.words
    count = words("papers.count", n=len(survey.papers))
    tops = survey.analysis.topmost()
    if len(tops) > 1:
        return words("about.count", papers=count, topics=words("topics.count", n=len(tops)))
    return words("about.count.only", papers=count)


def _sources(survey: Lookup) -> Iterator[str]:
    """The listings, and how many papers came another way."""
    words, curator = survey.words, survey.settings.curator.name
    for day, number in listings(survey):
        yield words(
            "about.source.by" if curator else "about.source",
            n=number,
            papers=words("papers.count", n=number),
            date=words.date(day),
            curator=curator,
        )
    unlisted = sum(paper.listed is None for paper in survey.papers.values())
    if unlisted:
        yield words("about.unlisted", n=unlisted, papers=words("papers.count", n=unlisted))
    if unlisted < len(survey.papers):
        yield words("about.dates")


def _formed(survey: Lookup) -> Iterator[str]:
    """From how many papers the topics were formed, and what the curator decided."""
    words, formed_from = survey.words, survey.analysis.lock.refreshed_at
    if len(survey.topics) > 1 and formed_from:
        is_all = formed_from == len(survey.papers)
        count = words("papers.count", n=formed_from)
        yield words("about.formed.all" if is_all else "about.formed", papers=count)
    decided = _decisions(survey.content.decisions)
    if decided:
        yield words("about.decided", n=decided)


def _decisions(made: Decisions) -> int:
    kinds = (
        made.topics, made.merges, made.splits, made.pins, made.must_links, made.cannot_links,
        made.retired, made.banned,
    )  # fmt: skip
    return sum(map(len, kinds)) + (made.count is not None)


def _unknown(survey: Lookup) -> Iterator[str]:
    """What the sources do not say."""
    words, papers = survey.words, survey.papers.values()
    bare = sum(not paper.abstract.text for paper in papers)
    if bare:
        yield words("about.bare", papers=words("papers.count", n=bare))
    unknown = sum(bool(citations.missing(paper)) for paper in papers)
    if unknown:
        yield words("about.unknown", papers=words("papers.count", n=unknown))
