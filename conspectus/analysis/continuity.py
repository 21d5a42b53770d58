"""Old topics and the papers' places in; which groups are the same topics, and who stays there, out.

Ids are kept by optimal assignment (Kuhn 1955); a paper leaves its topic only where that brings it
clearly nearer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from conspectus.analysis import clusters
from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.ground import Ground, space_of
from conspectus.analysis.settling import Division
from conspectus.analysis.space import Floats, unit
from conspectus.analysis.tree import Node

LEAVES_AT = 0.3
"""By how much the squared distance must drop before a paper leaves its topic."""
OFF = 0.3
"""How far the number of topics may be from the automatic one before they are found anew."""
_KNOWN = 0.5
_ROUNDS = 20
_SAME = 0.25


def continued(
    ground: Ground, papers: Ints, old: Sequence[str], nodes: Sequence[Node], count: int | None
) -> tuple[Node, ...]:
    """The old topics with their centroids as a start; none where a new division is clearly due.

    It is due where their number no longer suits that of the papers, or where few are known.
    """
    alive = sorted(node.id for node in nodes)
    number = {topic: i for i, topic in enumerate(alive)}
    own = np.array([number.get(old[paper], -1) for paper in papers.tolist()], dtype=np.int64)
    kept = np.unique(own[own >= 0])
    if len(kept) != len(alive) or not _suits(len(kept), len(papers), count):
        return ()
    if np.count_nonzero(own >= 0) < _KNOWN * len(papers):
        return ()
    rows = space_of(ground, papers)
    labels = _drawn_on(rows, own)
    was, matched = kin(labels, papers, old, nodes)
    labels = held(Division(rows, labels, 0, 0), labels, was, matched)
    return level(labels, papers, old, nodes)


def _suits(topics: int, papers: int, count: int | None) -> bool:
    if topics < 2:
        return False
    if count is not None:
        return topics == min(count, papers)
    return abs(topics - clusters.automatic_count(papers)) <= max(2, OFF * topics)


def _drawn_on(rows: Floats, own: Ints) -> Ints:
    """Groups of old topics by k-means from where they were: only clear moves are made."""
    count = int(own.max()) + 1
    known = np.flatnonzero(own >= 0)
    centroids = unit(clusters.means(rows[known], own[known], count))
    labels = own.copy()
    for _ in range(_ROUNDS):
        likeness = np.round(rows @ centroids.T, 6)
        best = np.argmax(likeness, axis=1)
        row = np.arange(len(own))
        stays = (own >= 0) & ~_is_clear(likeness[row, own], likeness[row, best])
        found = np.where(stays, own, best)
        if np.array_equal(found, labels):
            break
        labels = found
        centroids = unit(clusters.means(rows, labels, count))
    return labels


def held(
    division: Division,
    labels: Ints,
    was: Sequence[str],
    matched: Mapping[int, str],
) -> Ints:
    """Take back papers whose new topic is not clearly nearer than their old one."""
    group_of = {topic: group for group, topic in matched.items()}
    own = np.array([group_of.get(topic, -1) for topic in was], dtype=np.int64)
    centroids = unit(clusters.means(division.rows, labels, int(labels.max()) + 1))
    likeness = np.round(division.rows @ centroids.T, 6)
    row = np.arange(len(labels))
    is_clear = _is_clear(likeness[row, np.maximum(own, 0)], likeness[row, labels])
    stays = (own >= 0) & (own != labels) & ~is_clear
    return np.where(stays, own, labels)


def _is_clear(own: Floats, best: Floats) -> Flags:
    """Whether the squared distance, 2 - 2 cos on the unit sphere, drops enough to move."""
    drop: Flags = 2 * (best - own) >= LEAVES_AT
    return drop


def kin(
    labels: Ints, papers: Ints, old: Sequence[str], nodes: Sequence[Node]
) -> tuple[list[str], dict[int, str]]:
    """The old topic of each paper, and of each new group."""
    alive = {node.id for node in nodes}
    was = [old[paper] if old[paper] in alive else "" for paper in papers.tolist()]
    return was, _matched(labels, was, sorted(alive))


def _matched(labels: Ints, was: Sequence[str], old: Sequence[str]) -> dict[int, str]:
    """New group to old id, by the greatest number of papers in common."""
    if not old or not any(was):
        return {}
    from scipy.optimize import linear_sum_assignment

    column = {topic: i for i, topic in enumerate(old)}
    common = np.zeros((int(labels.max()) + 1, len(old)))
    for group, topic in zip(labels.tolist(), was, strict=True):
        if topic:
            common[group, column[topic]] += 1
    before = common.sum(axis=0)
    now = np.bincount(labels, minlength=len(common))
    rows, columns = linear_sum_assignment(-common)
    return {
        int(row): old[col]
        for row, col in zip(rows.tolist(), columns.tolist(), strict=True)
        if common[row, col] and common[row, col] >= _SAME * min(before[col], now[row])
    }


def level(
    labels: Ints, papers: Ints, old: Sequence[str], nodes: Sequence[Node]
) -> tuple[Node, ...]:
    """Groups with the ids of old topics."""
    alive = {node.id: node for node in nodes}
    _, matched = kin(labels, papers, old, nodes)
    return tuple(
        Node(
            papers[group],
            matched.get(number, ""),
            alive[matched[number]].slot if number in matched else -1,
            alive[matched[number]].children if number in matched else (),
        )
        for number in range(int(labels.max()) + 1)
        if len(group := np.flatnonzero(labels == number))
    )
