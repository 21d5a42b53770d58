"""What changed between two assignments of papers to topics."""

from __future__ import annotations

from conspectus.analysis.differences import Assignment, Ended, Move, Renamed, between


def assigned(labels: dict[str, str] | None = None, **papers: str) -> Assignment:
    topics = {topic: topic for topic in papers.values()} | (labels or {})
    return Assignment(topics, papers)


def test_nothing_changed_between_equals() -> None:
    one = assigned(a="x", b="y")
    assert between(one, one).is_empty


def test_papers_come_go_and_move() -> None:
    found = between(assigned(a="x", b="x", c="y"), assigned(b="y", c="y", d="x"))
    assert (found.added, found.removed) == (("d",), ("a",))
    assert found.moved == (Move("b", "x", "y"),)


def test_an_ended_topic_names_the_topic_that_most_of_its_papers_went_to() -> None:
    found = between(assigned(a="x", b="x", c="x"), assigned(a="y", b="z", c="z"))
    assert found.ended == (Ended("x", "z"),)
    assert found.born == ("y", "z")


def test_an_ended_topic_without_papers_left_has_no_heir() -> None:
    assert between(assigned(a="x", b="y"), assigned(b="y")).ended == (Ended("x", ""),)


def test_a_new_label_is_told_only_where_both_labels_are_known() -> None:
    old, new = assigned({"x": "Robots"}, a="x"), assigned({"x": "Robot arms"}, a="x")
    assert between(old, new).renamed == (Renamed("x", "Robots", "Robot arms"),)
    assert between(assigned(a="x"), new).renamed == ()
