"""A survey and its topics in; what its curator should look at, with places and remedies, out.

Nothing here stops a site from being published: what does is said by the content's own readers.
"""

from __future__ import annotations

from dataclasses import dataclass

from conspectus.checks import duplicates, gaps, links, placement, spellings, texts
from conspectus.checks.findings import Finding, placed
from conspectus.content import Content
from conspectus.model.topics import Analysis

__all__ = ["CHECKS", "Counts", "Finding", "check", "count", "placed"]

CHECKS = (
    "near-duplicate", "outlier", "thin-topic", "mixed-topic", "no-date", "no-authors", "no-text",
    "hidden-identifier", "wrong-date", "dead-link", "stops", "tex", "typeset", "language", "typo",
    "unused-attribute",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """What a survey holds, for the report's last line."""

    papers: int
    without_text: int
    """Papers without a way to their text."""
    without_date: int
    without_abstract: int


def check(survey: Content, found: Analysis) -> tuple[Finding, ...]:
    """Everything worth a look, sorted by place; none of it an error."""
    papers = survey.corpus.papers
    language = survey.settings.language
    return tuple(
        sorted(
            (
                *duplicates.find(papers),
                *placement.find(survey.corpus, found),
                *gaps.find(papers),
                *links.find(papers),
                *texts.find(papers, language),
                *spellings.find(papers, found),
            )
        )
    )


def count(survey: Content) -> Counts:
    """The survey in numbers."""
    papers = survey.corpus.papers
    return Counts(
        papers=len(papers),
        without_text=sum(not gaps.has_text(paper) for paper in papers),
        without_date=sum(paper.published is None for paper in papers),
        without_abstract=sum(not paper.abstract.text for paper in papers),
    )
