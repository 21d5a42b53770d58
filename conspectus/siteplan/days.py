"""The listings as they were pasted: one page a day, in the listing's order."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from conspectus.model.papers import Paper
from conspectus.model.site import Page
from conspectus.siteplan import urls
from conspectus.siteplan.contents import contents
from conspectus.siteplan.doors import doors_page
from conspectus.siteplan.lists import cut, page_title, pager, rows_of
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.views import Door, Group, ListView

DAYS_PERMALINK = "days/index.html"


def listings(survey: Lookup) -> list[tuple[datetime.date, int]]:
    """Each listing's day and its number of papers, newest first."""
    counts = Counter(paper.listed for paper in survey.content.corpus.papers if paper.listed)
    return sorted(counts.items(), reverse=True)


def listing(day: datetime.date, survey: Lookup) -> list[Paper]:
    """The papers of a day, in the listing's order; those without a position last, by id."""
    return _in_order(paper for paper in survey.content.corpus.papers if paper.listed == day)


def _in_order(papers: Iterable[Paper]) -> list[Paper]:
    return sorted(papers, key=lambda paper: (paper.position is None, paper.position or 0, paper.id))


def day_pages(survey: Lookup) -> Iterator[Page]:
    """The list of days, and each day."""
    days = listings(survey)
    if not days:
        return
    words = survey.words
    yield doors_page(
        DAYS_PERMALINK,
        words("days.title"),
        words("days.lead"),
        ((Door(words.date(day), urls.day_permalink(day)), count) for day, count in days),
        words,
    )
    papers: dict[datetime.date, list[Paper]] = defaultdict(list)
    for paper in survey.content.corpus.papers:
        if paper.listed:
            papers[paper.listed].append(paper)
    newest, _ = days[0]
    for day, _ in days:
        yield from _day(day, _in_order(papers[day]), survey, is_new=day == newest)


def _day(
    day: datetime.date, papers: Sequence[Paper], survey: Lookup, *, is_new: bool
) -> Iterator[Page]:
    words = survey.words
    count = words("papers.count", n=len(papers))
    curator = survey.settings.curator.name
    lead = words("day.lead.by" if curator else "day.lead", papers=count, curator=curator)
    title = words("day.title", date=words.date(day))
    permalink = urls.day_permalink(day)
    pages = cut(papers)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=urls.page_of(permalink, number),
            kind="list",
            title=page_title(title, number, words),
            description=lead,
            make=partial(
                _view,
                page,
                title,
                lead,
                pager(permalink, len(pages), words),
                survey,
                is_new=is_new,
                has_topics=is_new and number == 1,
            ),
        )


def _view(
    papers: Sequence[Paper],
    title: str,
    lead: str,
    doors: tuple[Door, ...],
    survey: Lookup,
    *,
    is_new: bool,
    has_topics: bool,
) -> ListView:
    return ListView(
        heading=title,
        lead=lead,
        groups=(Group("", "", rows_of(papers, survey, is_mixed=True)),),
        jumps_label="",
        jumps=(),
        pager=doors,
        topics=contents(survey) if has_topics else (),
        is_new=is_new,
    )
