"""Content and analysis by id: what every page's builder asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from conspectus.citations import Citations
from conspectus.content import Content
from conspectus.model.papers import Paper
from conspectus.model.topics import Analysis, PaperAnalysis, Topic
from conspectus.settings import Settings
from conspectus.settings.sizes import Size, size_of
from conspectus.siteplan import urls
from conspectus.siteplan.term_index import TermPage, term_pages, term_permalinks
from conspectus.siteplan.views import TopicMark
from conspectus.words import Words, words

COLOURS = 12
SHAPES = 8
_BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _BASE_32 for second in _BASE_32)
"""Both digits of ten bits."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """The whole survey, by id."""

    settings: Settings
    words: Words
    content: Content
    analysis: Analysis
    papers: Mapping[str, Paper]
    found: Mapping[str, PaperAnalysis]
    topics: Mapping[str, Topic]
    marks: Mapping[str, TopicMark]
    terms: Mapping[str, str]
    """The permalink of each indexed term's entry."""
    term_pages: tuple[TermPage, ...]
    size: Size
    """What the site has room for."""
    has_listings: bool
    """Whether the papers were listed on more than one day."""
    citations: Citations

    def path(self, topic: str) -> tuple[TopicMark, ...]:
        """The marks from the topmost topic down to this one."""
        marks: list[TopicMark] = []
        while topic:
            marks.append(self.marks[topic])
            topic = self.topics[topic].parent
        return tuple(reversed(marks))

    def page_cited(self, paper: str) -> str:
        """The address of a paper's page, for its citation; empty where there is none to give."""
        base = self.settings.base_url if self.size.cites_own_page else ""
        return urls.absolute(base, urls.paper_permalink(paper))

    def mark_of(self, paper: str) -> TopicMark | None:
        """The leaf topic of a paper; None where there are no topics."""
        found = self.found.get(paper)
        return self.marks[found.topic] if found and found.topic else None


def look_up(content: Content, analysis: Analysis, citations: Citations | None = None) -> Lookup:
    """Index content and analysis by id; `citations` may hold some that are written already."""
    topics = analysis.topics_by_id()
    papers = content.corpus.by_id()
    size = size_of(content.settings, len(papers))
    pages = term_pages(analysis, papers, size.papers_of_terms)
    return Lookup(
        settings=content.settings,
        words=words(content.settings.language),
        content=content,
        analysis=analysis,
        papers=papers,
        found=analysis.papers_by_id(),
        topics=topics,
        marks={topic.id: _mark(topic, topics) for topic in analysis.topics},
        terms=term_permalinks(pages),
        term_pages=pages,
        size=size,
        has_listings=content.corpus.has_listings(),
        citations=citations or Citations(),
    )


def paper_key(paper: str) -> str:
    """8 base-32 digits of a paper's id (40 bits of BLAKE2b): how readers' lists name it.

    What a key means never changes: shared reading lists hold it (DESIGN 6).
    """
    bits = int.from_bytes(hashlib.blake2b(paper.encode(), digest_size=5).digest())
    return "".join(_PAIRS[bits >> place & 1023] for place in (30, 20, 10, 0))


def _mark(topic: Topic, topics: Mapping[str, Topic]) -> TopicMark:
    """Colour and shape by LOOK 3; a sub-topic has its topmost ancestor's colour."""
    top = topic
    while top.parent:
        top = topics[top.parent]
    return TopicMark(
        id=topic.id,
        permalink=urls.topic_permalink(topic.id),
        label=topic.label.replace(" · ", "\u00a0· "),  # no line begins with the dot
        colour=top.slot % COLOURS + 1,
        shape=(topic.slot + topic.slot // (2 * COLOURS)) % SHAPES + 1,
        is_mixed=topic.is_mixed,
    )
