"""Topics hold still between refreshes, and a refresh does not freeze what stands wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import about, corpus, harbour

from conspectus.analysis import analyse
from conspectus.model.topics import Analysis, Decisions, Lock

PAPERS = harbour()
STRAY = "kite-003"
FOUR = Decisions(count=4)


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyse(PAPERS, FOUR, None)


@pytest.fixture(scope="module")
def astray(found: Analysis) -> Lock:
    """The lock of a survey in which a paper on kites stands among the gulls."""
    elsewhere = home(found, "gull-001")
    return replace(
        found.lock,
        papers=tuple(
            replace(line, topic=elsewhere) if line.id == STRAY else line
            for line in found.lock.papers
        ),
    )


def home(found: Analysis, name: str) -> str:
    return next(paper.topic for paper in found.papers if paper.paper == name)


def test_a_plain_build_leaves_papers_where_the_lock_has_them(found: Analysis, astray: Lock) -> None:
    again = analyse(PAPERS, FOUR, astray, found.permalinks)
    assert home(again, STRAY) == home(again, "gull-001")


def test_a_paper_that_clearly_belongs_elsewhere_moves_at_the_next_refresh(
    found: Analysis, astray: Lock
) -> None:
    again = analyse(PAPERS, FOUR, astray, found.permalinks, refresh=True)
    assert home(again, STRAY) == home(again, "kite-001")
    assert again.moved == 1


def test_a_paper_that_clearly_belongs_elsewhere_moves_when_the_survey_has_grown(
    found: Analysis, astray: Lock
) -> None:
    subjects = ("kite", "barn", "tide", "gull")
    more = [about(subject, number) for subject in subjects for number in (20, 21, 22)]
    grown = analyse(corpus(*PAPERS.papers, *more), FOUR, astray, found.permalinks)
    assert "topics found anew" in grown.notes
    assert home(grown, STRAY) == home(grown, "kite-001")


def test_a_refresh_without_a_change_moves_nothing(found: Analysis) -> None:
    again = analyse(PAPERS, FOUR, found.lock, found.permalinks, refresh=True)
    assert again.moved == 0
    assert again.topics == found.topics
