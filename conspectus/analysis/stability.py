"""The old lock in; where each paper stands, and whether topics are due to be found anew, out.

Between refreshes a paper that the lock knows stays where it is, and others join the topic
whose members they are most like.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from conspectus.analysis import clusters
from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.tree import Node, leaf_of, leaves, regrouped, walk
from conspectus.model.papers import Corpus
from conspectus.model.topics import Lock, LockedTopic

_GROWN = 0.25
_STAYS_WITHIN = 0.8


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
            Node(nobody, topic.id, topic.slot, grown(topic.id), topic.name)
            for topic in below.get(parent, [])
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


def moved(old: Sequence[str], nodes: Sequence[Node]) -> int:
    """Papers that the lock knew in another leaf topic."""
    now = leaf_of(nodes, len(old))
    return sum(1 for before, after in zip(old, now, strict=True) if before and before != after)


def lines(
    nodes: Sequence[Node], parent_of: Mapping[str, str], names: Mapping[int, Sequence[str]]
) -> tuple[LockedTopic, ...]:
    """The lock's lines of these topics, sorted by id; `names` is by `id()` of the node."""
    return tuple(
        sorted(
            (
                LockedTopic(node.id, parent_of[node.id], node.slot, tuple(names[id(node)]))
                for node in walk(nodes)
            ),
            key=lambda line: line.id,
        )
    )


def texts(corpus: Corpus) -> tuple[str, ...]:
    """What a paper's fingerprint covers: its title and abstract, papers sorted by id."""
    papers = sorted(corpus.papers, key=lambda paper: paper.id)
    return tuple(f"{paper.title_text}\n{paper.abstract.text}" for paper in papers)
