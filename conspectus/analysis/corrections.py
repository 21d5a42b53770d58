"""The curator's decisions applied to a tree of topics: they always win.

Each verb leaves the tree as it finds it where there is nothing left to do, so that what the
lock keeps after one build is what the next one starts from. What a decision names and the
tree does not hold is passed over here; `content.decisions.check` has reported it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conspectus.analysis import clusters
from conspectus.analysis.documents import Ints
from conspectus.analysis.ground import Ground
from conspectus.analysis.growth import divide
from conspectus.analysis.tree import Node, leaf_of, leaves, regrouped, walk
from conspectus.model.topics import Decisions


@dataclass(frozen=True, slots=True)
class Corrected:
    """The tree as the curator wants it, and what became of the topics that ended."""

    nodes: tuple[Node, ...]
    merged: Mapping[str, str]
    """Ended topic to the one that took its papers."""
    split: tuple[tuple[str, tuple[Ints, ...]], ...] = ()
    """Ended topic and the papers of its parts, the largest first."""


def merged_into(decisions: Decisions) -> dict[str, str]:
    """Topic to the one that it is merged into."""
    return {other: merge.topic for merge in decisions.merges for other in merge.others}


def correct(
    nodes: tuple[Node, ...], decisions: Decisions, ids: Sequence[str], ground: Ground
) -> Corrected:
    """Merge, split and retire, in this order; the parts of a split are yet to be born."""
    ended: dict[str, str] = {}
    for merge in decisions.merges:
        for other in merge.others:
            nodes = _merged(nodes, merge.topic, other, ids, ground, ended)
    split: list[tuple[str, tuple[Ints, ...]]] = []
    for wish in decisions.splits:
        nodes = _split(nodes, wish.topic, wish.parts, ground, split)
    for retirement in decisions.retired:
        nodes = _retired(nodes, retirement.topic, ids, ground, ended)
    return Corrected(nodes, ended, tuple(split))


def link(
    nodes: tuple[Node, ...], decisions: Decisions, ids: Sequence[str], ground: Ground
) -> tuple[Node, ...]:
    """Pin papers, then bring together and part those that the curator linked."""
    if not (decisions.must_links or decisions.cannot_links or decisions.pins):
        return nodes
    number = {paper: i for i, paper in enumerate(ids)}
    topic_of = leaf_of(nodes, len(ids))
    pinned = {
        number[pin.paper]: home
        for pin in decisions.pins
        if pin.paper in number and (home := _home(nodes, number[pin.paper], pin.topic, ground))
    }
    for paper, home in pinned.items():
        topic_of[paper] = home
    for link in decisions.must_links:
        papers = [number[paper] for paper in link.papers if paper in number]
        leader = next((paper for paper in papers if paper in pinned), papers[0] if papers else -1)
        for paper in papers:
            topic_of[paper] = pinned.get(paper, topic_of[leader])
    for link in decisions.cannot_links:
        papers = [number[paper] for paper in link.papers if paper in number]
        _separate(papers, pinned, topic_of, nodes, ground)
    return regrouped(nodes, topic_of)


def _find(nodes: Sequence[Node], topic: str) -> Node | None:
    return next((node for node in walk(nodes) if node.id == topic), None)


def _merged(
    nodes: tuple[Node, ...],
    topic: str,
    other: str,
    ids: Sequence[str],
    ground: Ground,
    ended: dict[str, str],
) -> tuple[Node, ...]:
    target, source = _find(nodes, topic), _find(nodes, other)
    if target is None or source is None or topic == other or _find((source,), topic):
        return nodes
    homes = [leaf.id for leaf in leaves((target,)) if not _find((source,), leaf.id)]
    ended.update({node.id: topic for node in walk((source,))})
    return _dealt(nodes, source.papers, homes, len(ids), ground)


def _retired(
    nodes: tuple[Node, ...],
    topic: str,
    ids: Sequence[str],
    ground: Ground,
    ended: dict[str, str],
) -> tuple[Node, ...]:
    source = _find(nodes, topic)
    if source is None:
        return nodes
    homes = [leaf.id for leaf in leaves(nodes) if not _find((source,), leaf.id)]
    if not homes:
        return nodes
    dealt = _dealt(nodes, source.papers, homes, len(ids), ground)
    now = leaf_of(dealt, len(ids))
    went = [now[paper] for paper in source.papers.tolist()]
    heir = max(sorted(set(went)), key=went.count)
    ended.update({node.id: heir for node in walk((source,))})
    return dealt


def _dealt(
    nodes: tuple[Node, ...], papers: Ints, homes: Sequence[str], total: int, ground: Ground
) -> tuple[Node, ...]:
    """Deal papers out to the topics among `homes` that they are most like."""
    topic_of = leaf_of(nodes, total)
    likeness = _likeness(nodes, papers, homes, ground)
    for paper, row in zip(papers.tolist(), likeness, strict=True):
        topic_of[paper] = homes[int(np.argmax(row))]
    return regrouped(nodes, topic_of)


def _likeness(nodes: Sequence[Node], papers: Ints, homes: Sequence[str], ground: Ground):  # type: ignore[no-untyped-def]
    groups = {leaf.id: leaf.papers for leaf in leaves(nodes)}
    members = np.concatenate([groups[home] for home in homes])
    labels = np.repeat(np.arange(len(homes)), [len(groups[home]) for home in homes])
    centroids = clusters.sums(ground.weights.matrix, members, labels, len(homes))
    norms = np.sqrt(np.asarray(centroids.multiply(centroids).sum(axis=1))).ravel()
    return np.round(
        (ground.weights.matrix[papers] @ centroids.T).toarray() / np.maximum(norms, 1e-12), 6
    )


def _split(
    nodes: tuple[Node, ...],
    topic: str,
    parts: int,
    ground: Ground,
    split: list[tuple[str, tuple[Ints, ...]]],
) -> tuple[Node, ...]:
    """Put a topic's parts in its place; its sub-topics, where it has some."""

    def replaced(siblings: tuple[Node, ...]) -> tuple[Node, ...]:
        found: list[Node] = []
        for node in siblings:
            if node.id != topic:
                found.append(replace(node, children=replaced(node.children)))
                continue
            pieces = _parts(node, parts, ground)
            if len(pieces) > 1:
                split.append((topic, tuple(piece.papers for piece in pieces)))
            found.extend(pieces if len(pieces) > 1 else (node,))
        return tuple(found)

    return replaced(nodes)


def _parts(node: Node, parts: int, ground: Ground) -> tuple[Node, ...]:
    if node.children:
        return tuple(
            replace(child, slot=-1)
            for child in sorted(node.children, key=lambda child: -len(child.papers))
        )
    labels = divide(ground, node.papers, parts).labels
    return tuple(Node(node.papers[labels == number]) for number in range(int(labels.max()) + 1))


def _separate(
    papers: Sequence[int],
    pinned: Mapping[int, str],
    topic_of: list[str],
    nodes: Sequence[Node],
    ground: Ground,
) -> None:
    """Move later papers out of the topics of earlier ones; a pinned paper stays."""
    homes = sorted(leaf.id for leaf in leaves(nodes))
    used: set[str] = set()
    for paper in sorted(papers, key=lambda paper: paper not in pinned):
        if topic_of[paper] in used and paper not in pinned:
            row = _likeness(nodes, np.array([paper]), homes, ground)[0]
            free = [(-row[i], home) for i, home in enumerate(homes) if home not in used]
            topic_of[paper] = min(free)[1] if free else topic_of[paper]
        used.add(topic_of[paper])


def _home(nodes: Sequence[Node], paper: int, topic: str, ground: Ground) -> str:
    """The leaf of this topic that the paper is most like; empty where there is no such topic."""
    target = _find(nodes, topic)
    if target is None:
        return ""
    below = leaves((target,))
    own = next((leaf.id for leaf in below if paper in leaf.papers), None)
    if own or len(below) == 1:
        return own or below[0].id
    homes = [leaf.id for leaf in below]
    return homes[int(np.argmax(_likeness(nodes, np.array([paper]), homes, ground)[0]))]
