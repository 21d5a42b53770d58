"""What stands around every page: doors that lead somewhere, and no other."""

from __future__ import annotations

from collections.abc import Collection

from conspectus.siteplan.about import ABOUT_PERMALINK, ABOUT_SLUG, free_permalink
from conspectus.siteplan.anchors import TERMS_PERMALINK
from conspectus.siteplan.days import DAYS_PERMALINK
from conspectus.siteplan.digests import DIGESTS_PERMALINK
from conspectus.siteplan.lists import PAPERS_PERMALINK
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.maps import MAP_PERMALINK
from conspectus.siteplan.reading_lists import LISTS_PERMALINK
from conspectus.siteplan.timeline import TIMELINE_PERMALINK
from conspectus.siteplan.topics import TOPICS_PERMALINK
from conspectus.siteplan.views import Door, Frame

HEADER = (
    ("nav.topics", TOPICS_PERMALINK),
    ("nav.papers", PAPERS_PERMALINK),
    ("nav.map", MAP_PERMALINK),
)
FOOTER = (
    ("nav.topics", TOPICS_PERMALINK),
    ("nav.papers", PAPERS_PERMALINK),
    ("nav.map", MAP_PERMALINK),
    ("nav.days", DAYS_PERMALINK),
    ("nav.terms", TERMS_PERMALINK),
    ("nav.timeline", TIMELINE_PERMALINK),
    ("nav.lists", LISTS_PERMALINK),
    ("nav.digests", DIGESTS_PERMALINK),
    ("nav.about", ABOUT_PERMALINK),
)
OUTPUTS = (
    ("nav.atom", "feeds/all.atom"),
    ("nav.json", "feeds/all.json"),
    ("nav.data", "data/papers.json"),
)
"""Files beside the pages that the footer offers where there are papers."""


def frame(survey: Lookup, permalinks: Collection[str]) -> Frame:
    """The frame of a site with these pages; a door whose page does not exist is left out."""
    settings, words = survey.settings, survey.words
    own = [
        Door(page.title, free_permalink(page))
        for page in survey.content.pages
        if page.slug != ABOUT_SLUG
    ]
    files = [Door(words(key), path) for key, path in OUTPUTS if survey.papers]
    return Frame(
        survey=settings.title,
        survey_id=settings.id,
        language=settings.language,
        base_url=settings.base_url,
        doors=tuple(Door(words(key), path) for key, path in HEADER if path in permalinks),
        more=(
            *(Door(words(key), path) for key, path in FOOTER if path in permalinks),
            *own,
            *files,
        ),
        outside=tuple(Door(link.label, link.url) for link in settings.navigation),
        has_papers=bool(survey.papers),
        size=survey.size,
        accent=settings.theme.accent,
        logo=settings.theme.logo,
    )
