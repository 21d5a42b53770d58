"""The list of topics, and each topic's hub with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from conspectus.model.papers import Paper
from conspectus.model.site import Given, Page
from conspectus.model.topics import Topic
from conspectus.siteplan import urls
from conspectus.siteplan.carried import compared, is_trend
from conspectus.siteplan.contents import contents, contents_rows, sourced
from conspectus.siteplan.lists import PAPERS_A_PAGE, page_title, pager, rows_of, shelved
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.maps import narrow_map, topic_map
from conspectus.siteplan.rows import title_row
from conspectus.siteplan.strokes import column, strokes
from conspectus.siteplan.tools import SEARCH_PERMALINK
from conspectus.siteplan.views import (
    ComparisonTable,
    Door,
    Evidence,
    Strokes,
    TopicMark,
    TopicsView,
    TopicView,
)

TOPICS_PERMALINK = "topics/index.html"
STARTS = 3
_NAMED_BESIDE = 15
"""More papers than a hub names beside its list: to start with, as sources, on the border."""
COHESION_HIGH, COHESION_LOW = 0.45, 0.3
"""Bounds between which cohesion is called middling; the words stand before the number."""


def topics_pages(survey: Lookup) -> Iterator[Page]:
    """The table of contents with summaries, then every hub."""
    if not survey.topics:
        return
    words = survey.words
    tops = survey.analysis.topmost()
    lead = words("topics.lead", topics=words("topics.count", n=len(tops)))
    yield Page(
        permalink=TOPICS_PERMALINK,
        kind="topics",
        title=words("topics.title"),
        description=lead,
        make=Given(
            TopicsView(
                lead=lead, topics=contents(survey, has_summaries=True), map=narrow_map(survey)
            )
        ),
    )
    for topic in survey.analysis.topics:
        yield from _hub(topic, survey)


def _hub(topic: Topic, survey: Lookup) -> Iterator[Page]:
    """The hub, and further pages of its papers where they are more than a page holds."""
    papers = [survey.papers[paper] for paper in topic.papers] if _lists(topic, survey) else []
    permalink = urls.topic_permalink(topic.id)
    pages = shelved(papers, PAPERS_A_PAGE - _NAMED_BESIDE)
    links = pager(permalink, len(pages), survey.words)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=urls.page_of(permalink, number),
            kind="topic",
            title=page_title(topic.label, number, survey.words),
            description=topic.description or _plain_summary(topic, survey),
            make=partial(_view, topic, page, links, number, survey),
        )


def _view(
    topic: Topic, page: Sequence[Paper], links: tuple[Door, ...], number: int, survey: Lookup
) -> TopicView:
    mark = survey.marks[topic.id]
    papers = [survey.papers[paper] for paper in topic.papers]
    return TopicView(
        mark=mark,
        heading=page_title(mark.label, number, survey.words),
        path=survey.path(topic.parent) if topic.parent else (),
        count=len(topic.papers),
        strokes=strokes(len(topic.papers), mark.colour, survey.words),
        description=topic.description,
        summary=() if topic.is_mixed else sourced(topic.summary, survey),
        start=tuple(
            title_row(survey.papers[paper], survey) for paper in topic.representative[:STARTS]
        ),
        children=contents_rows([survey.topics[child] for child in topic.children], survey),
        nearby=tuple((survey.marks[near.topic], ", ".join(near.terms)) for near in topic.nearby),
        rows=rows_of(page, survey, is_mixed=bool(topic.children)),
        comparison=_comparison(papers, survey),
        evidence=_evidence(topic, survey),
        map=topic_map(topic, survey),
        take=_take(topic, survey),
        pager=links,
        number=number,
        years=_years(papers, mark.colour, survey),
        elsewhere=None if _lists(topic, survey) else _elsewhere(topic, survey),
    )


def _lists(topic: Topic, survey: Lookup) -> bool:
    """Whether the hub lists the topic's papers itself."""
    return survey.size.has_papers_of_parents or not topic.children


def _elsewhere(topic: Topic, survey: Lookup) -> Door:
    label = survey.words("terms.rest", n=len(topic.papers))
    return Door(label, f"{SEARCH_PERMALINK}?topic={topic.id}")


def _plain_summary(topic: Topic, survey: Lookup) -> str:
    return " ".join(
        survey.papers[quote.paper].abstract.sentence(quote.sentence) for quote in topic.summary
    )


def _take(topic: Topic, survey: Lookup) -> tuple[Door, ...]:
    """The topic's feeds and exports."""
    words = survey.words
    return (
        Door(words("topic.atom"), f"feeds/topics/{topic.id}.atom"),
        Door(words("topic.json"), f"feeds/topics/{topic.id}.json"),
        Door(words("topic.bibtex"), f"exports/topics/{topic.id}.bib"),
        Door(words("topic.ris"), f"exports/topics/{topic.id}.ris"),
        Door(words("topic.csl"), f"exports/topics/{topic.id}.csl.json"),
    )


def _evidence(topic: Topic, survey: Lookup) -> Evidence:
    words = survey.words
    return Evidence(
        coverage=words(
            "topic.made.coverage",
            label=topic.label,
            covered=round(topic.coverage * len(topic.papers)),
            n=len(topic.papers),
        ),
        cohesion=words(
            "topic.cohesion.number",
            words=words(f"topic.cohesion.{_cohesion_name(topic.cohesion)}"),
            value=f"{topic.cohesion:.2f}",
        ),
        terms=tuple((term.term, term.weight) for term in topic.terms),
        borderline=tuple(
            (title_row(survey.papers[edge.paper], survey), _mark(edge.other, survey))
            for edge in topic.borderline
        ),
    )


def _mark(topic: str, survey: Lookup) -> TopicMark:
    return survey.marks[topic]


def _cohesion_name(cohesion: float) -> str:
    if cohesion >= COHESION_HIGH:
        return "high"
    return "middle" if cohesion >= COHESION_LOW else "low"


def _comparison(papers: list[Paper], survey: Lookup) -> ComparisonTable | None:
    """What papers of the topic have in common, where there is enough of it."""
    columns, rows = compared(papers)
    if not rows:
        return None
    return ComparisonTable(
        columns=columns,
        rows=tuple((title_row(paper, survey), _cells(paper, columns)) for paper in rows),
    )


def _cells(paper: Paper, columns: tuple[str, ...]) -> tuple[str, ...]:
    given = dict(paper.attributes)
    return tuple(given.get(column, "") for column in columns)


def _years(papers: list[Paper], colour: int, survey: Lookup) -> tuple[tuple[str, Strokes], ...]:
    """The papers by year of publication, where they make a trend; undated ones come last."""
    if not is_trend(paper.year for paper in papers):
        return ()
    counts = Counter(paper.year for paper in papers)
    undated = counts.pop(None, 0)
    rows = [(str(year), count) for year, count in sorted(counts.items(), key=str)]
    rows += [(survey.words("timeline.undated"), undated)] if undated else []
    drawn = column([(count, colour) for _, count in rows], survey.words)
    return tuple(zip((name for name, _ in rows), drawn, strict=True))
