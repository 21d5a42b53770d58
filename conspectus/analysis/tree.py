"""Topics while they are being found: nested groups of papers, by document number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conspectus.analysis.documents import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A group of papers; the children, if any, partition it."""

    papers: Ints
    """Ascending."""
    id: str = ""
    """Empty until it is born."""
    slot: int = -1
    """-1 until it is born."""
    children: tuple[Node, ...] = ()
    name: tuple[str, ...] = ()
    """The terms of its name by the lock, which it keeps while that holds."""


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes, parents before their children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def leaves(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without children."""
    return [node for node in walk(nodes) if not node.children]


def parents(nodes: Sequence[Node]) -> dict[str, str]:
    """Topic id to its parent's, empty for topmost ones."""
    found = {node.id: "" for node in nodes}
    for node in walk(nodes):
        found.update({child.id: node.id for child in node.children})
    return found


def regrouped(nodes: Sequence[Node], topic_of: Sequence[str]) -> tuple[Node, ...]:
    """The same topics with the papers dealt out anew; topics without papers vanish."""
    groups: dict[str, list[int]] = {}
    for paper, topic in enumerate(topic_of):
        groups.setdefault(topic, []).append(paper)
    rebuilt = (_rebuilt(node, groups) for node in nodes)
    return tuple(node for node in rebuilt if node is not None)


def _rebuilt(node: Node, groups: dict[str, list[int]]) -> Node | None:
    children = tuple(child for old in node.children if (child := _rebuilt(old, groups)) is not None)
    parts = [child.papers for child in children]
    if not node.children:
        parts.append(np.array(groups.get(node.id, []), dtype=np.int64))
    papers = np.sort(np.concatenate([*parts, np.zeros(0, dtype=np.int64)]))
    if not len(papers):
        return None
    return replace(node, papers=papers, children=children)


def leaf_of(nodes: Sequence[Node], papers: int) -> list[str]:
    """For each paper its leaf topic's id."""
    found = [""] * papers
    for node in leaves(nodes):
        for paper in node.papers.tolist():
            found[paper] = node.id
    return found


def top_of(nodes: Sequence[Node], papers: int) -> Ints:
    """For each paper the number of its topmost topic."""
    found = np.full(papers, -1, dtype=np.int64)
    for number, node in enumerate(nodes):
        found[node.papers] = number
    return found
