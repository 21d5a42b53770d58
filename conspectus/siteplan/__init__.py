"""Papers and their topics in; every page, permalink and redirect out."""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.citations import Citations
from conspectus.content import Content
from conspectus.model.site import Page, Redirect, Site
from conspectus.model.topics import Analysis
from conspectus.siteplan import urls
from conspectus.siteplan.about import about_page, free_pages
from conspectus.siteplan.days import day_pages
from conspectus.siteplan.digests import digest_pages
from conspectus.siteplan.frame import frame
from conspectus.siteplan.home import home_page
from conspectus.siteplan.lists import papers_pages
from conspectus.siteplan.lookup import Lookup, look_up
from conspectus.siteplan.maps import map_page
from conspectus.siteplan.papers import paper_pages, redrawn
from conspectus.siteplan.reading_lists import reading_list_pages
from conspectus.siteplan.social import social_cards
from conspectus.siteplan.terms import terms_pages
from conspectus.siteplan.timeline import timeline_page
from conspectus.siteplan.tools import tool_pages
from conspectus.siteplan.topics import TOPICS_PERMALINK, topics_pages

__all__ = ["Lookup", "look_up", "plan", "redrawn"]


def plan(content: Content, analysis: Analysis, citations: Citations | None = None) -> Site:
    """Lay out the site: a page that would be empty is left out, and with it every link to it."""
    survey = look_up(content, analysis, citations)
    pages = sorted(_pages(survey), key=lambda page: page.permalink)
    permalinks = frozenset(page.permalink for page in pages)
    if len(permalinks) != len(pages):
        raise ValueError("two pages share a permalink")
    redirects = {each.permalink: each for each in _redirects(survey)}
    return Site(
        pages=tuple(pages),
        redirects=tuple(
            redirects[permalink] for permalink in sorted(redirects) if permalink not in permalinks
        ),
        cards=social_cards(survey),
        frame=frame(survey, permalinks),
    )


def _pages(survey: Lookup) -> Iterator[Page]:
    """Every page, kind by kind."""
    yield home_page(survey)
    yield from paper_pages(survey)
    yield from papers_pages(survey)
    yield from topics_pages(survey)
    yield from day_pages(survey)
    yield from terms_pages(survey)
    yield from map_page(survey)
    yield from timeline_page(survey)
    yield from reading_list_pages(survey)
    yield from digest_pages(survey)
    yield from tool_pages(survey)
    yield about_page(survey)
    yield from free_pages(survey)


def _redirects(survey: Lookup) -> Iterator[Redirect]:
    """Former topic slugs and former paper ids lead on (DESIGN 7.3)."""
    for paper in survey.content.corpus.papers:
        for alias in paper.aliases:
            yield Redirect(urls.paper_permalink(alias), urls.paper_permalink(paper.id))
    for permalink in survey.analysis.permalinks:
        if permalink.slug not in survey.topics:
            known = permalink.leads_to in survey.topics
            target = urls.topic_permalink(permalink.leads_to) if known else TOPICS_PERMALINK
            yield Redirect(urls.topic_permalink(permalink.slug), target)
