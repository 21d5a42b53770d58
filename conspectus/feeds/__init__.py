"""Papers, topics and lists in; Atom and JSON feeds out: one of all, one for each topic and list,
and one of all digests.

Newest first by the day on which a paper entered the survey, 50 at most. Ids are made of those of
the survey and the paper, so that a site that moves re-sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from conspectus.model.topics import Analysis, Topic
from conspectus.prose import unmarked
from conspectus.settings import Settings
from conspectus.settings.sizes import size_of
from conspectus.siteplan import urls
from conspectus.siteplan.digests import DIGESTS_PERMALINK
from conspectus.words import Words, words

__all__ = ["digest_id", "entry_id", "outputs"]

MOST_ENTRIES = 50


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
    desk = _Desk.of(corpus, analysis, settings)
    yield from _files(
        desk.feed("feeds/all", settings.title, settings.subtitle, "index.html", corpus.papers)
    )
    for topic in analysis.topics:
        yield from _files(desk.topic_feed(topic))
    for each in lists:
        yield from _files(desk.list_feed(each))
        if schedule := calendar(each, desk.papers, desk.survey, settings):
            yield Output(f"{urls.list_feed(each.slug)}.ics", schedule)
    if digests:
        yield from _files(desk.digests_feed(digests, analysis))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where feeds are put together, with what all of them ask for."""

    survey: str
    """The survey's id."""
    settings: Settings
    papers: Mapping[str, Paper]
    labels: Mapping[str, str]
    """By paper, the label of its leaf topic."""

    @classmethod
    def of(cls, corpus: Corpus, analysis: Analysis, settings: Settings) -> _Desk:
        labels = {topic.id: topic.label for topic in analysis.topics}
        return cls(
            survey=settings.id or slug_of(settings.title, otherwise="survey"),
            settings=settings,
            papers=corpus.by_id(),
            labels={found.paper: labels.get(found.topic, "") for found in analysis.papers},
        )

    def feed(
        self,
        stem: str,
        title: str,
        subtitle: str,
        home: str,
        members: Iterable[Paper],
        *,
        most: int | None = None,
    ) -> Feed:
        """A feed of the newest of some papers; `home` is the permalink of the page it follows.

        It is brief where it is told how many entries it has at most.
        """
        newest = sorted(members, key=_newest_first)[: most or MOST_ENTRIES]
        return Feed(
            stem=stem,
            id=feed_id(self.survey, stem),
            title=title,
            subtitle=subtitle,
            home=home,
            settings=self.settings,
            entries=tuple(
                _entry(paper, self.survey, self.labels.get(paper.id, ""), is_brief=most is not None)
                for paper in newest
            ),
        )

    def topic_feed(self, topic: Topic) -> Feed:
        """A topic's papers; brief in a large survey."""
        size = size_of(self.settings, len(self.papers))
        return self.feed(
            f"feeds/topics/{topic.id}",
            f"{topic.label} · {self.settings.title}",
            topic.description,
            urls.topic_permalink(topic.id),
            (self.papers[paper] for paper in topic.papers),
            most=size.entries_of_topic_feeds if size.has_brief_feeds else None,
        )

    def list_feed(self, reading_list: ReadingList) -> Feed:
        """A curator's list, with the words about each paper."""
        found = self.feed(
            urls.list_feed(reading_list.slug),
            f"{reading_list.title} · {self.settings.title}",
            reading_list.note.text,
            urls.list_permalink(reading_list.slug),
            (self.papers[entry.paper] for entry in reading_list.entries),
        )
        interface = words(self.settings.language)
        return replace(found, entries=_of_list(reading_list, found.entries, interface))

    def digests_feed(self, digests: Sequence[Digest], analysis: Analysis) -> Feed:
        """The newest digests, each an entry."""
        interface = words(self.settings.language)
        title = f"{interface('digests.title')} · {self.settings.title}"
        lead = interface("digests.lead")
        found = self.feed(urls.DIGESTS_FEED, title, lead, DIGESTS_PERMALINK, ())
        newest = tuple(reversed(digests))[:MOST_ENTRIES]
        entries = (digest_entry(each, self.papers, analysis, found, self.survey) for each in newest)
        return replace(found, entries=tuple(entries))


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
    sentence = abstract.leading_html
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
