"""Pages that are short lists of links: the days, the digests, the curator's lists."""

from __future__ import annotations

from collections.abc import Iterable

from conspectus.model.site import Given, Page
from conspectus.siteplan.views import Door, DoorsView
from conspectus.words import Words


def doors_page(
    permalink: str, title: str, lead: str, doors: Iterable[tuple[Door, int]], words: Words
) -> Page:
    """The page of these doors, in their order, each with the number of papers behind it."""
    counted = tuple((door, words("papers.count", n=count)) for door, count in doors)
    return Page(
        permalink=permalink,
        kind="doors",
        title=title,
        description=lead,
        make=Given(DoorsView(heading=title, lead=lead, doors=counted)),
    )
