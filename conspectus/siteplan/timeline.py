"""Papers by year, as strokes: drawn only where publication dates divide the papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conspectus.model.site import Given, Page
from conspectus.siteplan.carried import is_facet
from conspectus.siteplan.lists import index_places
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.strokes import column
from conspectus.siteplan.views import TimelineView

TIMELINE_PERMALINK = "timeline.html"
INK = 0
"""The strokes' colour class of no topic."""


def timeline_page(survey: Lookup) -> Iterator[Page]:
    """The timeline, with undated papers as its last row."""
    years = Counter(paper.year for paper in survey.content.corpus.papers)
    undated = years.pop(None, 0)
    if not is_facet(paper.year for paper in survey.content.corpus.papers):
        return
    words, places = survey.words, index_places(survey)
    rows = [
        (str(year), count, places.get(str(year), ""))
        for year, count in sorted(years.items(), key=lambda pair: -(pair[0] or 0))
    ]
    if undated:
        rows.append((words("timeline.undated"), undated, ""))
    drawn = column([(count, INK) for _, count, _ in rows], words)
    yield Page(
        permalink=TIMELINE_PERMALINK,
        kind="timeline",
        title=words("timeline.title"),
        description=words("timeline.lead"),
        make=Given(
            TimelineView(
                years=tuple(
                    (name, strokes, permalink)
                    for (name, _, permalink), strokes in zip(rows, drawn, strict=True)
                )
            )
        ),
    )
