"""Digests in; an entry for each out, which names its papers by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from conspectus.feeds.entries import Entry, Feed, digest_id
from conspectus.model.digests import Digest
from conspectus.model.papers import Paper
from conspectus.model.topics import Analysis
from conspectus.siteplan import urls
from conspectus.siteplan.digests import digest_lead, digest_title, told
from conspectus.words import Words, words


def digest_entry(
    digest: Digest, papers: Mapping[str, Paper], analysis: Analysis, feed: Feed, survey: str
) -> Entry:
    """The digest as an entry of the survey's `feed`, from which its links lead."""
    interface = words(feed.settings.language)
    members = [papers[paper] for paper in digest.papers]
    return Entry(
        id=digest_id(survey, digest.date),
        permalink=urls.digest_permalink(digest.date),
        title=digest_title(digest, interface),
        html="".join(_html(digest, members, analysis, feed, interface)),
        authors=(),
        day=digest.date,
        topic="",
        address="",
    )


def _html(
    digest: Digest, members: list[Paper], analysis: Analysis, feed: Feed, words: Words
) -> Iterator[str]:
    yield f"<p>{escape(digest_lead(digest, words))}</p>"
    yield digest.note.html
    for topic, papers, more in told(members, analysis):
        if topic:
            yield f"<h2>{escape(topic.label)}</h2>"
        yield "<ul>"
        for paper in papers:
            link = escape(feed.link(urls.paper_permalink(paper.id)))
            yield f'<li dir="auto"><a href="{link}">{paper.title_html}</a></li>'
        yield "</ul>"
        if more:
            yield f"<p>{escape(words('digest.more', n=more))}</p>"
