"""The papers and their old topics in; all topics found anew, with the ids of old ones, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from conspectus.analysis import clusters, continuity
from conspectus.analysis.documents import Ints
from conspectus.analysis.ground import Ground
from conspectus.analysis.growth import divide
from conspectus.analysis.naming import Naming
from conspectus.analysis.parts import with_parts
from conspectus.analysis.settling import Division, Settler
from conspectus.analysis.tree import Node

_PULL = 0.06
"""How much names draw papers when topics are cut anew (as in `growth`)."""


def regrow(
    nodes: Sequence[Node],
    topics: Sequence[str],
    ground: Ground,
    count: int | None,
    merged: Mapping[str, str],
    naming: Naming,
    is_due: bool = False,
) -> tuple[Node, ...]:
    """Find all topics anew; those of `nodes` keep their ids where their papers are.

    Where this `is_due`, by growth or for another count, the topics are cut anew, and more papers
    may move; otherwise the old ones are gone on with.
    """
    papers = np.arange(len(topics), dtype=np.int64)
    if not len(papers):
        return ()
    before = _by_depth(topics, _ancestors(nodes))
    tops = before[0]
    grown = () if is_due else continuity.continued(ground, papers, tops, nodes, count)
    if not grown:
        renewed = _renewed(ground, papers, tops, nodes, count)
        grown = continuity.level(renewed.labels, papers, tops, nodes)
    return with_parts(_reunited(grown, tops, merged), before, ground, naming)


def _renewed(
    ground: Ground, papers: Ints, old: Sequence[str], nodes: Sequence[Node], count: int | None
) -> Division:
    """Topics cut anew: papers stay with their old ones unless clearly nearer elsewhere.

    Then groups and names are made to agree again, or what is held back would make heaps.
    """
    division = divide(ground, papers, count)
    was, matched = continuity.kin(division.labels, papers, old, nodes)
    labels = continuity.held(division, division.labels, was, matched)
    if np.array_equal(labels, division.labels):
        return division
    settler = Settler.of(ground, papers)
    return settler.cleared(settler.settled(clusters.compact(labels), _PULL))


def _reunited(
    nodes: tuple[Node, ...], tops: Sequence[str], merged: Mapping[str, str]
) -> tuple[Node, ...]:
    """What the curator merged and the machine found apart again goes back together."""
    targets = set(merged.values()) & {node.id for node in nodes}
    kept: list[Node] = []
    lost: dict[str, list[Ints]] = {}
    for node in nodes:
        home = "" if node.id else _majority(node.papers, tops)
        if home in targets:
            lost.setdefault(home, []).append(node.papers)
        else:
            kept.append(node)
    return tuple(
        replace(node, papers=np.sort(np.concatenate([node.papers, *lost.get(node.id, [])])))
        for node in kept
    )


def _majority(papers: Ints, tops: Sequence[str]) -> str:
    counts: dict[str, int] = {}
    for paper in papers.tolist():
        counts[tops[paper]] = counts.get(tops[paper], 0) + 1
    best = max(sorted(counts), key=lambda topic: counts[topic])
    return best if 2 * counts[best] >= len(papers) else ""


def _ancestors(nodes: Sequence[Node], above: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Topic id to the ids from its topmost topic down to itself."""
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        found[node.id] = (*above, node.id)
        found.update(_ancestors(node.children, found[node.id]))
    return found


def _by_depth(topics: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> tuple[list[str], ...]:
    """For each depth the topic of every paper there; the last holds none."""
    paths = [known.get(topic, ()) for topic in topics]
    deepest = max(map(len, paths), default=0)
    return tuple(
        [path[depth] if len(path) > depth else "" for path in paths] for depth in range(deepest + 1)
    )
