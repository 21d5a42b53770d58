"""When topics are found anew, and which old ones the new groups are."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from conspectus.analysis import continuity, regrowth, stability
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.tree import Node, walk
from conspectus.model.topics import Lock, LockedPaper, LockedTopic


def lock(*topics: LockedTopic, papers: str = "", refreshed_at: int = 0, asked: int = 0) -> Lock:
    """Papers as `name:topic`; what they said is `old`."""
    lines = (entry.split(":") for entry in papers.split())
    return Lock(
        topics,
        tuple(LockedPaper(name, topic, "old", (0, 0), (0, 0)) for name, topic in lines),
        refreshed_at,
        asked,
    )


KITES, GULLS = LockedTopic("kites", "", 0), LockedTopic("gulls", "", 1)


@pytest.mark.parametrize(
    ("papers", "asked", "is_due"),
    [(40, 8, False), (49, 8, False), (50, 8, True), (31, 8, False), (30, 8, True), (40, 7, True)],
)
def test_topics_are_due_after_a_change_by_a_quarter_or_of_the_wish(
    papers: int, asked: int, is_due: bool
) -> None:
    assert stability.is_due(lock(KITES, refreshed_at=40, asked=8), papers, asked) is is_due


def test_topics_are_due_where_the_lock_holds_none() -> None:
    assert stability.is_due(lock(refreshed_at=40), 40, 0)


def test_a_paper_is_certain_where_its_text_and_its_leaf_topic_are_as_the_lock_says() -> None:
    sub = LockedTopic("terns", "gulls", 0)
    saved = lock(KITES, GULLS, sub, papers="a:kites b:kites c:gulls d:terns e:gone")
    _, topics, certain = stability.recall(saved, "abcdef", ["old", "new", *["old"] * 4])
    assert topics == ["kites", "kites", "", "terns", "", ""]
    assert certain.tolist() == [True, False, False, True, False, False]


def test_topics_nest_as_the_lock_says_and_lost_or_circling_parents_are_passed_over() -> None:
    saved = lock(
        LockedTopic("a", "", 0), LockedTopic("b", "a", 1), LockedTopic("c", "b", 2),
        LockedTopic("d", "gone", 3), LockedTopic("e", "f", 4), LockedTopic("f", "e", 5),
    )  # fmt: skip
    nodes, _, _ = stability.recall(saved, [], [])
    assert [(node.id, node.slot) for node in walk(nodes)] == [
        ("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 4), ("f", 5)
    ]  # fmt: skip
    assert [node.id for node in nodes] == ["a", "d", "e", "f"]


def weights(*rows: list[float]) -> Weights:
    matrix = csr_matrix(np.array(rows))
    terms = tuple(np.array([i]) for i in range(matrix.shape[1]))
    return Weights(matrix, matrix, np.ones(matrix.shape[1]), terms)


def placed(topics: list[str], certain: list[bool], *rows: list[float]) -> dict[str, list[int]]:
    nobody = np.zeros(0, dtype=np.int64)
    nodes = (Node(nobody, "kites", 0), Node(nobody, "gulls", 1))
    found = stability.place(nodes, topics, np.array(certain), weights(*rows))
    return {node.id: node.papers.tolist() for node in found}


def test_a_new_paper_joins_the_topic_that_it_is_most_like() -> None:
    found = placed(["kites", "gulls", "", ""], [True, True, False, False],
                   [1, 0, 0], [0, 1, 0], [0.6, 0.8, 0], [0.8, 0.6, 0])  # fmt: skip
    assert found == {"kites": [0, 3], "gulls": [1, 2]}


def test_a_new_paper_that_is_like_nobody_joins_the_largest_topic() -> None:
    found = placed(["kites", "gulls", "gulls", ""], [True, True, True, False],
                   [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1])  # fmt: skip
    assert found == {"kites": [0], "gulls": [1, 2, 3]}


@pytest.mark.parametrize(("own", "stays"), [(0.66, True), (0.6, False)])
def test_a_changed_paper_stays_within_four_fifths_of_the_best(own: float, stays: bool) -> None:
    found = placed(["kites", "gulls", "gulls"], [True, True, False],
                   [1, 0, 0], [0, 1, 0], [0.8, own, 0])  # fmt: skip
    assert (2 in found["gulls"]) is stays


def test_where_no_paper_is_certain_nothing_is_placed() -> None:
    assert placed(["kites", ""], [False, False], [1, 0], [0, 1]) == {}


@pytest.mark.parametrize(
    ("topics", "papers", "count", "suits"),
    [
        (1, 100, None, False), (8, 100, None, True), (6, 100, None, True), (5, 100, None, False),
        (11, 100, None, True), (12, 100, None, False), (5, 100, 5, True), (5, 100, 6, False),
        (4, 4, 9, True),
    ],
)  # fmt: skip
def test_old_topics_suit_where_they_are_as_many_as_would_be_found(
    topics: int, papers: int, count: int | None, suits: bool
) -> None:
    assert continuity._suits(topics, papers, count) is suits


def matched(labels: list[int], was: list[str]) -> dict[int, str]:
    return continuity._matched(np.array(labels), was, sorted({*was} - {""}))


def test_groups_take_the_ids_with_which_they_have_most_papers_in_common() -> None:
    assert matched([0, 0, 1, 1, 1], ["b", "b", "a", "a", "b"]) == {0: "b", 1: "a"}


def test_no_two_groups_take_one_id() -> None:
    assert matched([0, 0, 0, 1, 1], ["a", "a", "a", "a", "a"]) == {0: "a"}


def test_an_id_is_not_kept_for_a_small_common_part() -> None:
    few = ["a", *["b"] * 4, *["a"] * 4]
    assert matched([0] * 5 + [1] * 4, few) == {0: "b", 1: "a"}
    assert matched([0] * 5, ["a", *[""] * 4]) == {0: "a"}
    assert matched([0] * 5 + [1] * 9, ["a", *[""] * 4, *["a"] * 4, *[""] * 5]) == {1: "a"}


def test_nothing_matches_where_nothing_was_known() -> None:
    assert matched([0, 1], ["", ""]) == {}


def test_most_of_the_papers_say_where_a_group_was() -> None:
    assert regrowth._majority(np.array([0, 1, 2]), ["a", "b", "a"]) == "a"
    assert regrowth._majority(np.array([0, 1]), ["b", "a"]) == "a"
    assert regrowth._majority(np.array([0, 1, 2]), ["a", "b", "c"]) == ""


def test_the_topics_of_papers_are_told_for_each_depth_and_one_more() -> None:
    known = {"gulls": ("gulls",), "terns": ("gulls", "terns")}
    assert regrowth._by_depth(["terns", "gulls", "gone"], known) == (
        ["gulls", "gulls", ""], ["terns", "", ""], ["", "", ""]
    )  # fmt: skip


def test_papers_that_the_lock_knew_elsewhere_have_moved() -> None:
    nodes = (Node(np.array([0, 2]), "a"), Node(np.array([1, 3]), "b"))
    assert stability.moved(["a", "a", "", "b"], nodes) == 1
