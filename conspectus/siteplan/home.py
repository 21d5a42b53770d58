"""The first page: what the survey is, its topics, its map, and what came last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conspectus.model.papers import Paper
from conspectus.model.site import Given, Page
from conspectus.siteplan import linked_data, urls
from conspectus.siteplan.contents import contents
from conspectus.siteplan.days import listing, listings
from conspectus.siteplan.digests import DIGESTS_PERMALINK
from conspectus.siteplan.lists import PAPERS_PERMALINK, rows_of
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.maps import whole_map
from conspectus.siteplan.rows import title_row
from conspectus.siteplan.views import Door, HomeView, Outlink, TitleRow

HOME_PERMALINK = "index.html"
NEWEST_ROWS = 10
TOPICS_FROM = 12
"""Papers from which topics and map are drawn; fewer are shown as a list (LOOK 8)."""


@dataclass(frozen=True, slots=True)
class _Newest:
    title: str
    papers: Sequence[Paper]
    door: Door | None
    permalink: str
    is_listing: bool


def home_page(survey: Lookup) -> Page:
    """The home of any survey, an empty one included."""
    settings = survey.settings
    facts = facts_sentence(survey)
    newest = _newest(survey)
    return Page(
        permalink=HOME_PERMALINK,
        kind="home" if survey.papers else "empty",
        title=settings.title,
        description=settings.description or facts,
        make=Given(
            HomeView(
                title=settings.title,
                subtitle=settings.subtitle,
                facts=facts,
                description=settings.description,
                map=whole_map(survey),
                topics=contents(survey) if len(survey.topics) > 1 else (),
                newest_title=newest.title,
                newest_permalink=newest.permalink,
                is_listing=newest.is_listing,
                newest=rows_of(newest.papers, survey, is_mixed=True),
                newest_all=newest.door,
                start=_start(survey),
                feeds=_feeds(survey),
                subscribe=_subscribe(survey),
                linked_data=linked_data.website(settings),
                newest_day=max(
                    (str(p.entered) for p in survey.papers.values() if p.entered), default=""
                ),
            )
        ),
    )


def facts_sentence(survey: Lookup) -> str:
    """How many papers and topics, since when and by whom: "101 papers in 8 topics, …"."""
    words = survey.words
    if not survey.papers:
        return words("home.empty")
    facts = words("papers.count", n=len(survey.papers))
    tops = survey.analysis.topmost()
    if len(tops) > 1:
        facts = words("facts.in", papers=facts, topics=words("topics.count", n=len(tops)))
    days = [day for day, _ in listings(survey)]
    if len(days) == 1:
        facts = words("facts.listed", facts=facts, date=words.date(days[0]))
    elif days:
        first, last = words.date(days[-1]), words.date(days[0])
        facts = words("facts.listed.range", facts=facts, first=first, last=last)
    if survey.settings.curator.name:
        facts = words("facts.by", facts=facts, curator=survey.settings.curator.name)
    return words("facts.end", facts=facts)


def _newest(survey: Lookup) -> _Newest:
    """The newest listing in its order; without listings, the papers that entered last."""
    words = survey.words
    days = listings(survey)
    if days:
        day, count = days[0]
        papers = listing(day, survey)
        title = words("home.newest.day", date=words.date(day))
        more = words("home.all_of_day", n=count, day=words.day_and_month(day))
        permalink = urls.day_permalink(day)
    else:
        papers = sorted(survey.papers.values(), key=_entered)
        title = words("home.newest.papers")
        more = words("home.all_papers", n=len(papers))
        permalink = PAPERS_PERMALINK
    door = Door(more, permalink) if len(papers) > NEWEST_ROWS else None
    return _Newest(title, papers[:NEWEST_ROWS], door, permalink, bool(days))


def _entered(paper: Paper) -> tuple[int, str]:
    entered = paper.entered
    return (-entered.toordinal() if entered else 0, paper.id)


def _start(survey: Lookup) -> tuple[TitleRow, ...]:
    """One central paper for each topic that holds together."""
    return tuple(
        title_row(survey.papers[topic.representative[0]], survey, is_mixed=True)
        for topic in survey.analysis.topmost()
        if topic.representative and not topic.is_mixed and len(survey.topics) > 1
    )


def _feeds(survey: Lookup) -> tuple[Door, ...]:
    if not survey.papers:
        return ()
    words = survey.words
    doors = [
        Door(words("home.subscribe.atom"), "feeds/all.atom"),
        Door(words("home.subscribe.json"), "feeds/all.json"),
    ]
    if survey.content.digests:
        doors.append(Door(words("home.subscribe.digests"), DIGESTS_PERMALINK))
    return tuple(doors)


def _subscribe(survey: Lookup) -> tuple[Outlink, ...]:
    settings, words = survey.settings, survey.words
    ways = []
    if settings.subscribe_email:
        address = f"mailto:{settings.subscribe_email}"
        ways.append(Outlink(words("home.subscribe.email"), address, "email"))
    if settings.subscribe_url:
        ways.append(Outlink(words("home.subscribe.site"), settings.subscribe_url, "site"))
    return tuple(ways)
