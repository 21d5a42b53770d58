"""The old lock in; where each paper stands, and whether topics are due to be found anew, out.

Between refreshes a paper that the lock knows stays where it is, and others join the topic
whose members they are most like. A refresh finds the topics anew, keeps their ids by optimal
assignment (Kuhn 1955), and lets a paper go only where that brings it clearly nearer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from conspectus.analysis import clusters
from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.ground import Ground, space_of
from conspectus.analysis.growth import (
    SUBDIVIDED_ABOVE,
    UNITED_BELOW,
    divide,
    parts_of,
    subdivide,
)
from conspectus.analysis.settling import Division, Settler
from conspectus.analysis.space import Floats, unit
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.tree import Node, leaf_of, leaves, regrouped, walk
from conspectus.model.papers import Corpus
from conspectus.model.topics import Lock, LockedTopic

LEAVES_AT = 0.3
"""By how much the squared distance must drop before a paper leaves its topic."""
_PULL = 0.06
"""How much names draw papers when topics are cut anew (as in `growth`)."""
_GROWN = 0.25
_OFF = 0.3
"""How far the number of topics may be from the automatic one before they are found anew."""
_KNOWN = 0.5
_ROUNDS = 20
_STAYS_WITHIN = 0.8
_SAME = 0.25
_MOST_PARTS_MIXED = 0.35


def fingerprints(texts: Sequence[str]) -> tuple[str, ...]:
    """16 hex digits of each paper's title and abstract."""
    return tuple(hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in texts)


def is_due(lock: Lock, papers: int, asked: int) -> bool:
    """Whether the corpus has changed by a quarter, or another count is asked for."""
    if not lock.topics or lock.asked_count != asked:
        return True
    return abs(papers - lock.refreshed_at) >= _GROWN * max(1, lock.refreshed_at)


def recall(
    lock: Lock, ids: Sequence[str], prints: Sequence[str]
) -> tuple[tuple[Node, ...], list[str], Flags]:
    """The lock's topics without papers, each paper's topic ("" if unknown), and who is certain."""
    nodes = _nodes(lock.topics)
    alive = {node.id for node in leaves(nodes)}
    lines = {line.id: line for line in lock.papers}
    topics, certain = [], []
    for paper, text in zip(ids, prints, strict=True):
        line = lines.get(paper)
        topics.append(line.topic if line and line.topic in alive else "")
        certain.append(bool(topics[-1]) and line is not None and line.fingerprint == text)
    return nodes, topics, np.array(certain, dtype=np.bool_)


def _nodes(topics: Sequence[LockedTopic]) -> tuple[Node, ...]:
    """Nested as the lock says; topmost where the parent is missing, or below its own child."""
    by_id = {topic.id: topic for topic in topics}
    below: dict[str, list[LockedTopic]] = {}
    for topic in sorted(by_id.values(), key=lambda topic: topic.id):
        below.setdefault(_parent(topic, by_id), []).append(topic)
    nobody = np.zeros(0, dtype=np.int64)

    def grown(parent: str) -> tuple[Node, ...]:
        return tuple(
            Node(nobody, topic.id, topic.slot, grown(topic.id)) for topic in below.get(parent, [])
        )

    return grown("")


def _parent(topic: LockedTopic, by_id: Mapping[str, LockedTopic]) -> str:
    seen = {topic.id}
    above = topic.parent
    while above in by_id and above not in seen:
        seen.add(above)
        above = by_id[above].parent
    return topic.parent if topic.parent in by_id and above not in seen else ""


def place(
    nodes: Sequence[Node], topics: Sequence[str], certain: Flags, weights: Weights
) -> tuple[Node, ...]:
    """Let papers that the lock does not know join existing leaf topics.

    A paper whose text has changed stays unless another topic is clearly more like it.
    """
    open_topics = sorted({topic for topic, sure in zip(topics, certain, strict=True) if sure})
    if not open_topics:
        return ()
    uncertain = np.flatnonzero(~certain)
    dealt = list(topics)
    if len(uncertain):
        likeness = _likeness(uncertain, topics, certain, open_topics, weights)
        number = {topic: i for i, topic in enumerate(open_topics)}
        for row, paper in zip(likeness, uncertain.tolist(), strict=True):
            best = int(np.argmax(row))
            own = number.get(topics[paper])
            stays = own is not None and row[own] >= _STAYS_WITHIN * row[best]
            dealt[paper] = topics[paper] if stays else open_topics[best]
    return regrouped(nodes, dealt)


def _likeness(
    papers: Ints,
    topics: Sequence[str],
    certain: Flags,
    open_topics: Sequence[str],
    weights: Weights,
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Papers × topics: cosine to the centroid; where all are 0, larger topics come first."""
    number = {topic: i for i, topic in enumerate(open_topics)}
    sure = np.flatnonzero(certain)
    labels = np.array([number[topics[i]] for i in sure.tolist()], dtype=np.int64)
    centroids = clusters.sums(weights.matrix, sure, labels, len(open_topics))
    norms = np.sqrt(np.asarray(centroids.multiply(centroids).sum(axis=1))).ravel()
    likeness = (weights.matrix[papers] @ centroids.T).toarray() / np.maximum(norms, 1e-12)
    sizes = np.bincount(labels, minlength=len(open_topics))
    return np.asarray(np.round(likeness, 6) + 1e-7 * sizes / max(1, sizes.max()))


def regrow(
    nodes: Sequence[Node],
    topics: Sequence[str],
    ground: Ground,
    count: int | None,
    merged: Mapping[str, str],
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
    grown = () if is_due else _continued(ground, papers, tops, nodes, count)
    if not grown:
        renewed = _renewed(ground, papers, tops, nodes, count)
        grown = _level(renewed.labels, papers, tops, nodes)
    return tuple(_with_parts(node, before, ground, 1) for node in _reunited(grown, tops, merged))


def _continued(
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
    was, matched = _kin(labels, papers, old, nodes)
    labels = _held(Division(rows, labels, 0, 0), labels, was, matched)
    return _level(labels, papers, old, nodes)


def _renewed(
    ground: Ground, papers: Ints, old: Sequence[str], nodes: Sequence[Node], count: int | None
) -> Division:
    """Topics cut anew: papers stay with their old ones unless clearly nearer elsewhere.

    Then groups and names are made to agree again, or what is held back would make heaps.
    """
    division = divide(ground, papers, count)
    was, matched = _kin(division.labels, papers, old, nodes)
    labels = _held(division, division.labels, was, matched)
    if np.array_equal(labels, division.labels):
        return division
    settler = Settler.of(ground, papers)
    return settler.cleared(settler.settled(clusters.compact(labels), _PULL))


def _kin(
    labels: Ints, papers: Ints, old: Sequence[str], nodes: Sequence[Node]
) -> tuple[list[str], dict[int, str]]:
    """The old topic of each paper, and of each new group."""
    alive = {node.id for node in nodes}
    was = [old[paper] if old[paper] in alive else "" for paper in papers.tolist()]
    return was, _matched(labels, was, sorted(alive))


def _suits(topics: int, papers: int, count: int | None) -> bool:
    if topics < 2:
        return False
    if count is not None:
        return topics == min(count, papers)
    return abs(topics - clusters.automatic_count(papers)) <= max(2, _OFF * topics)


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


def _is_clear(own: Floats, best: Floats) -> Flags:
    """Whether the squared distance, 2 - 2 cos on the unit sphere, drops enough to move."""
    drop: Flags = 2 * (best - own) >= LEAVES_AT
    return drop


def _ancestors(nodes: Sequence[Node], above: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """Topic id to the ids from its topmost topic down to itself."""
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        found[node.id] = (*above, node.id)
        found.update(_ancestors(node.children, found[node.id]))
    return found


def _level(
    labels: Ints, papers: Ints, old: Sequence[str], nodes: Sequence[Node]
) -> tuple[Node, ...]:
    """Groups with the ids of old topics."""
    alive = {node.id: node for node in nodes}
    _, matched = _kin(labels, papers, old, nodes)
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


def _held(
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


def _by_depth(topics: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> tuple[list[str], ...]:
    """For each depth the topic of every paper there; the last holds none."""
    paths = [known.get(topic, ()) for topic in topics]
    deepest = max(map(len, paths), default=0)
    return tuple(
        [path[depth] if len(path) > depth else "" for path in paths] for depth in range(deepest + 1)
    )


def _with_parts(node: Node, before: Sequence[Sequence[str]], ground: Ground, depth: int) -> Node:
    """Sub-topics for a large group, kept until it is small; recursively."""
    size = len(node.papers)
    if size <= SUBDIVIDED_ABOVE and not (node.children and size >= UNITED_BELOW):
        return replace(node, children=())
    inner = ground.within(node.papers)
    children = _parts(node, inner, before[min(depth, len(before) - 1)])
    if len(children) < 2:
        return replace(node, children=())
    return replace(
        node,
        children=tuple(_with_parts(child, before, inner, depth + 1) for child in children),
    )


def _parts(node: Node, ground: Ground, old: Sequence[str]) -> tuple[Node, ...]:
    """A large topic's parts: those that it had, or new ones that can be told apart."""
    wanted = parts_of(len(node.papers))
    if abs(len(node.children) - wanted) <= max(1, _OFF * wanted):
        kept = _continued(ground, node.papers, old, node.children, len(node.children))
        if kept:
            return kept
    division = subdivide(ground, node.papers)
    if division.mixed > _MOST_PARTS_MIXED or int(division.labels.max()) == 0:
        return ()
    was, matched = _kin(division.labels, node.papers, old, node.children)
    labels = _held(division, division.labels, was, matched)
    return _level(labels, node.papers, old, node.children)


def moved(old: Sequence[str], nodes: Sequence[Node]) -> int:
    """Papers that the lock knew in another leaf topic."""
    now = leaf_of(nodes, len(old))
    return sum(1 for before, after in zip(old, now, strict=True) if before and before != after)


def lines(nodes: Sequence[Node], parent_of: Mapping[str, str]) -> tuple[LockedTopic, ...]:
    """The lock's lines of these topics, sorted by id."""
    return tuple(
        sorted(
            (LockedTopic(node.id, parent_of[node.id], node.slot) for node in walk(nodes)),
            key=lambda line: line.id,
        )
    )


def texts(corpus: Corpus) -> tuple[str, ...]:
    """What a paper's fingerprint covers: its title and abstract, papers sorted by id."""
    papers = sorted(corpus.papers, key=lambda paper: paper.id)
    return tuple(f"{paper.title_text}\n{paper.abstract.text}" for paper in papers)
