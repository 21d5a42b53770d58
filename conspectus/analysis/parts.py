"""Topmost groups in; the same with sub-topics, as far as these can be told by name, out.

Groups are divided and named in one walk from the top down: a division is worth no more than the
names that its parts find among the terms which no topic above or before them has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from conspectus.analysis import continuity
from conspectus.analysis.continuity import OFF
from conspectus.analysis.documents import Ints
from conspectus.analysis.ground import Ground
from conspectus.analysis.growth import are_told, parts_of, subdivide
from conspectus.analysis.naming import Naming, Telling, in_order
from conspectus.analysis.settling import Settler
from conspectus.analysis.tree import Node

SUBDIVIDED_ABOVE = 60
UNITED_BELOW = 45
_SMALLEST, _SMALLEST_OF = 8, 12
"""Papers of a sub-topic, at least: eight, or a twelfth of its topic."""


def with_parts(
    nodes: Sequence[Node], before: Sequence[Sequence[str]], ground: Ground, naming: Naming
) -> tuple[Node, ...]:
    """Sub-topics for large groups and, level by level, for theirs.

    `before` holds for each depth the old topic of every paper.
    """
    telling = Telling(naming)
    telling.tell(nodes)
    made: dict[int, tuple[Node, ...]] = {}
    level, depth = [(node, ground) for node in in_order(nodes)], 1
    while level:
        old = before[min(depth, len(before) - 1)]
        below: list[tuple[Node, Ground]] = []
        for node, around in level:
            if _is_large(node):
                inner = around.within(node.papers)
                made[id(node)] = _parts(node, inner, old, telling)
                below += [(part, inner) for part in in_order(made[id(node)])]
        level, depth = below, depth + 1
    joined = tuple(_joined(node, made) for node in nodes)
    naming.remember(joined, telling.given)
    return joined


def _is_large(node: Node) -> bool:
    """A group that has parts keeps them until it is small."""
    size = len(node.papers)
    return size > SUBDIVIDED_ABOVE or (bool(node.children) and size >= UNITED_BELOW)


def _joined(node: Node, made: Mapping[int, tuple[Node, ...]]) -> Node:
    parts = made.get(id(node), ())
    return replace(node, children=tuple(_joined(part, made) for part in parts))


def _parts(node: Node, ground: Ground, old: Sequence[str], telling: Telling) -> tuple[Node, ...]:
    """A large topic's parts: those that it had, or new ones; none where they cannot be told."""
    smallest = min(_SMALLEST, len(node.papers) / _SMALLEST_OF)
    settler = Settler.of(ground, node.papers, telling.taken, smallest)
    parts = _kept(node, ground, old)
    if not parts or not are_told(settler.judged(_labels(node.papers, parts))):
        division = subdivide(settler)
        was, matched = continuity.kin(division.labels, node.papers, old, node.children)
        labels = continuity.held(division, division.labels, was, matched)
        if not are_told(settler.judged(labels)):
            return ()
        parts = continuity.level(labels, node.papers, old, node.children)
    telling.tell(parts, settler.namer)
    return parts


def _kept(node: Node, ground: Ground, old: Sequence[str]) -> tuple[Node, ...]:
    """The parts that a topic had, where their number still suits it."""
    wanted = parts_of(len(node.papers))
    if abs(len(node.children) - wanted) > max(1, OFF * wanted):
        return ()
    return continuity.continued(ground, node.papers, old, node.children, len(node.children))


def _labels(papers: Ints, parts: Sequence[Node]) -> Ints:
    labels = np.zeros(len(papers), dtype=np.int64)
    for number, part in enumerate(parts):
        labels[np.searchsorted(papers, part.papers)] = number
    return labels
