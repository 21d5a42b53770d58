"""Papers, topics and lists in; Atom and JSON feeds out: one of all, one for each topic and list,
and one of all digests.

Newest first by the day on which a paper entered the survey, 50 at most. Ids are made of those of
the survey and the paper, so that a site that moves re-sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape

from conspectus.feeds.atom import atom
from conspectus.feeds.calendar import calendar
from conspectus.feeds.digests import digest_entry
from conspectus.feeds.entries import Entry, Feed, digest_id, entry_id, feed_id
from conspectus.feeds.jsonfeed import json_feed
from conspectus.model.digests import Digest
from conspectus.model.identifiers import slug_of
from conspectus.model.papers import Corpus, ListedPaper, Paper, ReadingList
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.prose import unmarked
from conspectus.settings import Settings
from conspectus.siteplan import urls
from conspectus.siteplan.digests import DIGESTS_PERMALINK
from conspectus.siteplan.lookup import MOST_WHOLE
from conspectus.words import Words, words

__all__ = ["digest_id", "entry_id", "outputs"]

MOST_ENTRIES = 50
MOST_OF_TOPIC = 10
"""Of a topic's feed in a large survey, which has hundreds of them: each with one sentence."""


def outputs(
    corpus: Corpus,
    analysis: Analysis,
    settings: Settings,
    lists: Sequence[ReadingList] = (),
    digests: Sequence[Digest] = (),
) -> Iterator[Output]:
    """Every feed in both formats; an empty survey has an empty feed, so that it can be followed.

    A list whose papers have a day, such as a reading group's schedule, has a calendar too.
    """
    survey = settings.id or slug_of(settings.title, otherwise="survey")
    topics = {found.paper: found.topic for found in analysis.papers}
    labels = {topic.id: topic.label for topic in analysis.topics}
    papers = corpus.by_id()

    def feed(
        stem: str,
        title: str,
        subtitle: str,
        home: str,
        members: Iterable[Paper],
        *,
        is_brief: bool = False,
    ) -> Feed:
        most = MOST_OF_TOPIC if is_brief else MOST_ENTRIES
        newest = sorted(members, key=_newest_first)[:most]
        return Feed(
            stem=stem,
            id=feed_id(survey, stem),
            title=title,
            subtitle=subtitle,
            home=home,
            settings=settings,
            entries=tuple(
                _entry(paper, survey, labels.get(topics.get(paper.id, ""), ""), is_brief=is_brief)
                for paper in newest
            ),
        )

    yield from _files(
        feed("feeds/all", settings.title, settings.subtitle, "index.html", corpus.papers)
    )
    for topic in analysis.topics:
        yield from _files(
            feed(
                f"feeds/topics/{topic.id}",
                f"{topic.label} · {settings.title}",
                topic.description,
                urls.topic_permalink(topic.id),
                (papers[paper] for paper in topic.papers),
                is_brief=len(papers) > MOST_WHOLE,
            )
        )
    for each in lists:
        stem = urls.list_feed(each.slug)
        found = feed(
            stem,
            f"{each.title} · {settings.title}",
            each.note.text,
            urls.list_permalink(each.slug),
            (papers[entry.paper] for entry in each.entries),
        )
        yield from _files(
            replace(found, entries=_of_list(each, found.entries, words(settings.language)))
        )
        if schedule := calendar(each, papers, survey, settings):
            yield Output(f"{stem}.ics", schedule)
    if digests:
        interface = words(settings.language)
        title = f"{interface('digests.title')} · {settings.title}"
        lead = interface("digests.lead")
        found = feed(urls.DIGESTS_FEED, title, lead, DIGESTS_PERMALINK, ())
        newest = tuple(reversed(digests))[:MOST_ENTRIES]
        entries = (digest_entry(each, papers, analysis, found, survey) for each in newest)
        yield from _files(replace(found, entries=tuple(entries)))


def _of_list(
    reading_list: ReadingList, entries: tuple[Entry, ...], words: Words
) -> tuple[Entry, ...]:
    """The entries with the curator's words about each before its abstract.

    The day of an entry stays that of the paper: a schedule's days lie ahead, and a feed's must not.
    """
    listed = {urls.paper_permalink(entry.paper): entry for entry in reading_list.entries}
    return tuple(_with_note(entry, listed[entry.permalink], words) for entry in entries)


def _with_note(entry: Entry, listed: ListedPaper, words: Words) -> Entry:
    day = words.date(listed.date) if listed.date else ""
    who = " · ".join(text for text in (listed.person, day) if text)
    said = "".join(f"<p>{escape(text)}</p>" for text in (who, listed.note) if text)
    return replace(entry, html=said + entry.html)


def _files(feed: Feed) -> Iterator[Output]:
    yield Output(f"{feed.stem}.atom", atom(feed))
    yield Output(f"{feed.stem}.json", json_feed(feed))


def _newest_first(paper: Paper) -> tuple[int, int, str]:
    """By day, then by the place in the listing, then by id; papers without a day come last."""
    day = -paper.entered.toordinal() if paper.entered else 1
    return day, paper.position or 0, paper.id


def _entry(paper: Paper, survey: str, topic: str, *, is_brief: bool) -> Entry:
    """The paper as an entry; a brief one has its key sentence alone, or else its first."""
    abstract = paper.abstract
    sentence = abstract.stating_html or abstract.first_html
    html = f"<p>{sentence}</p>" if is_brief and sentence else abstract.html
    return Entry(
        id=entry_id(survey, paper.id),
        permalink=urls.paper_permalink(paper.id),
        title=paper.title_text,
        html=unmarked(html) or f"<p>{escape(paper.title_text)}</p>",
        authors=tuple(author.name for author in paper.authors),
        day=paper.entered,
        topic=topic,
        address=paper.url,
    )
