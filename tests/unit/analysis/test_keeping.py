"""Topics keep the names that the lock has for them while these hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import harbour

from conspectus.analysis import analyse
from conspectus.model.topics import Analysis, Decisions, Lock, Topic

PAPERS = harbour()
FOUR = Decisions(count=4)
KITES = "kite-sails-tether-tension"


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyse(PAPERS, FOUR, None)


def locked(found: Analysis, *name: str) -> Lock:
    """The lock in which the topic on kites has another name."""
    topics = [replace(line, name=name) if line.id == KITES else line for line in found.lock.topics]
    return replace(found.lock, topics=tuple(topics))


def kites(lock: Lock, found: Analysis, decisions: Decisions = FOUR, **options: bool) -> Topic:
    now = analyse(PAPERS, decisions, lock, found.permalinks, **options)
    return now.topics_by_id()[KITES]


def test_the_lock_holds_what_topics_are_called_by(found: Analysis) -> None:
    names = {line.id: line.name for line in found.lock.topics}
    assert names[KITES] == ("kite sail", "tether tension")


def test_a_name_that_holds_is_kept_though_another_would_be_better(found: Analysis) -> None:
    topic = kites(locked(found, "kite rig", "lift line", "kite sail"), found)
    assert topic.label == "kite rig · lift line · kite sails"
    assert topic.coverage >= 0.65


def test_a_kept_name_has_the_evidence_of_its_topic(found: Analysis) -> None:
    topic = kites(locked(found, "kite rig", "lift line", "kite sail"), found)
    assert topic.terms == found.topics_by_id()[KITES].terms


def test_a_lock_without_names_names_as_if_there_were_none(found: Analysis) -> None:
    topics = tuple(replace(line, name=()) for line in found.lock.topics)
    now = analyse(PAPERS, FOUR, replace(found.lock, topics=topics), found.permalinks)
    assert now == found


@pytest.mark.parametrize(
    "name",
    [
        ("wing loading",),  # reaches half of its papers
        ("colony noise", "gull colony"),  # says less of kites than of gulls
        ("paragliding",),  # which no paper speaks of
        ("harbour", "crew", "season"),  # which are as frequent elsewhere
    ],
)
def test_a_name_that_holds_no_more_gives_way(found: Analysis, name: tuple[str, ...]) -> None:
    assert kites(locked(found, *name), found).label == "kite sails · tether tension"


def test_a_banned_word_takes_the_name_that_has_it(found: Analysis) -> None:
    topic = kites(found.lock, found, Decisions(count=4, banned=("tether",)))
    assert "tether tension" not in topic.label_terms


def test_a_refresh_names_anew(found: Analysis) -> None:
    lock = locked(found, "kite rig", "lift line", "kite sail")
    assert kites(lock, found, refresh=True).label == "kite sails · tether tension"


def test_of_two_topics_with_one_name_only_one_keeps_it(found: Analysis) -> None:
    lock = locked(found, "gate hinge", "lock chamber")
    now = analyse(PAPERS, FOUR, lock, found.permalinks)
    assert {topic.label for topic in now.topics} == {topic.label for topic in found.topics}
