"""A finished tree of groups in; the topics with all their evidence out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis import clusters, heaps, summaries
from conspectus.analysis.documents import Ints
from conspectus.analysis.labels import Name
from conspectus.analysis.neighbours import Explainer
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.space import Floats
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.tree import Node, parents
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.papers import Paper
from conspectus.model.topics import Borderline, Decisions, Nearby, Quote, Topic, WeightedTerm

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_SHOWN = 12
"""Terms of a hub's evidence."""
_REPRESENTATIVE = 5
_BORDERLINE = 5
_NEARBY = 3
_NEARLY = 0.9
_STRONGEST = 150
_QUOTED_FROM = 8
_FALLBACK = "Other papers"
_MIXED = "Mixed: "


def label_terms(name: Name, phrases: Phrases) -> tuple[str, ...]:
    """The spelled terms of a name; one that says so where the machine found none."""
    return tuple(phrases.spellings[term] for term in name.terms) or (_FALLBACK,)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the topics are made from."""

    papers: Sequence[Paper]
    """Sorted by id: a document's number is its place here."""
    vocabulary: Vocabulary
    phrases: Phrases
    weights: Weights
    explainer: Explainer
    ids: Sequence[str]
    """Of the papers, in their order."""


def assemble(
    nodes: Sequence[Node], named: Mapping[int, Name], evidence: Evidence, decisions: Decisions
) -> tuple[Topic, ...]:
    """All topics, sorted by id."""
    above = parents(nodes)
    common = heaps.common_likeness(evidence.weights)
    found: list[Topic] = []
    level = [tuple(nodes)]
    while level:
        below: list[tuple[Node, ...]] = []
        for siblings in level:
            found.extend(_siblings(siblings, named, evidence, above, common))
            below.extend(node.children for node in siblings if node.children)
        level = below
    unique = _with_unique_labels(sorted(found, key=lambda topic: topic.id))
    return tuple(_decided(topic, decisions) for topic in unique)


def _siblings(
    nodes: Sequence[Node],
    named: Mapping[int, Name],
    evidence: Evidence,
    above: Mapping[str, str],
    common: float,
) -> list[Topic]:
    papers = np.concatenate([node.papers for node in nodes])
    groups = np.repeat(np.arange(len(nodes)), [len(node.papers) for node in nodes])
    totals = clusters.sums(evidence.weights.matrix, papers, groups, len(nodes)).toarray()
    alike = _Alike.of(papers, groups, totals, evidence.weights)
    nearby = _nearby(nodes, alike, evidence.explainer)
    names = [named[id(node)] for node in nodes]
    return [
        _topic(place, nodes, names, alike, nearby[place], common, evidence, above)
        for place in range(len(nodes))
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Alike:
    """How near papers and sibling groups are."""

    papers: Ints
    groups: Ints
    likeness: Floats
    """Papers × groups: cosine to the centroid, without the paper itself in its own."""
    central: Floats
    """Per paper: cosine to its own group's centroid."""
    centroids: csr_matrix
    """Groups × features: the strongest of each, in rows of about length one."""
    between: Floats
    """Groups × groups: cosines of the centroids."""
    inner: Floats
    """Per group: mean cosine between two of its papers."""

    @classmethod
    def of(cls, papers: Ints, groups: Ints, totals: Floats, weights: Weights) -> _Alike:
        norms = np.linalg.norm(totals, axis=1)
        rows = weights.matrix[papers]
        dots = rows @ totals.T
        row = np.arange(len(papers))
        likeness = dots / np.maximum(norms, 1e-12)
        own = dots[row, groups]
        length = np.diff(rows.indptr) > 0
        central = likeness[row, groups].copy()
        rest = np.sqrt(np.maximum(norms[groups] ** 2 - 2 * own + length, 0))
        likeness[row, groups] = np.where(rest > 1e-9, (own - length) / np.maximum(rest, 1e-9), 0)
        centroids = totals / np.maximum(norms, 1e-12)[:, None]
        sizes = np.bincount(groups, minlength=len(norms))
        pairs = np.maximum(sizes * (sizes - 1), 1)
        filled = np.bincount(groups, weights=length, minlength=len(norms))
        return cls(
            papers,
            groups,
            np.round(likeness, 6),
            np.round(central, 6),
            _strongest(centroids),
            np.round(centroids @ centroids.T, 6),
            np.round((norms**2 - filled) / pairs, 6),
        )


def _strongest(centroids: Floats) -> csr_matrix:
    """The features that say most of each group, sparse: enough to tell what two share."""
    from scipy.sparse import csr_matrix

    most = min(_STRONGEST, centroids.shape[1])
    if not most:
        return csr_matrix(centroids)
    columns = np.argpartition(-np.round(centroids, 9), most - 1, axis=1)[:, :most]
    columns.sort(axis=1)
    data = np.take_along_axis(centroids, columns, axis=1)
    starts = np.arange(len(centroids) + 1) * most
    return csr_matrix((data.ravel(), columns.ravel(), starts), shape=centroids.shape)


def _topic(
    place: int,
    nodes: Sequence[Node],
    names: Sequence[Name],
    alike: _Alike,
    nearby: tuple[Nearby, ...],
    common: float,
    evidence: Evidence,
    above: Mapping[str, str],
) -> Topic:
    node, name, ids = nodes[place], names[place], evidence.ids
    rows = np.flatnonzero(alike.groups == place)
    central = sorted(rows.tolist(), key=lambda r: (-alike.central[r], alike.papers[r]))
    ranked = [int(alike.papers[r]) for r in central]
    terms = label_terms(name, evidence.phrases)
    is_mixed = len(nodes) > 1 and heaps.is_heap(name, float(alike.inner[place]), common)
    weighted = _weighted(place, names, evidence.phrases)
    return Topic(
        id=node.id,
        label=_MIXED + ", ".join(terms[:2]) if is_mixed and name.terms else " · ".join(terms),
        label_terms=terms,
        parent=above[node.id],
        children=tuple(sorted(child.id for child in node.children)),
        slot=node.slot,
        papers=tuple(ids[i] for i in node.papers.tolist()),
        terms=weighted,
        representative=tuple(ids[i] for i in ranked[:_REPRESENTATIVE]),
        summary=() if is_mixed else _summary(ranked, weighted, evidence),
        cohesion=round(min(1.0, float(alike.central[rows].mean())), 2),
        coverage=round(name.coverage, 2),
        borderline=_borderline(place, nodes, rows, alike, ids),
        nearby=nearby,
        is_mixed=bool(is_mixed),
    )


def _weighted(place: int, names: Sequence[Name], phrases: Phrases) -> tuple[WeightedTerm, ...]:
    """What sets a topic apart, but for the terms that a sibling is called by."""
    theirs = {term for other, name in enumerate(names) if other != place for term in name.terms}
    own = [(term, weight) for term, weight in names[place].evidence if term not in theirs]
    return tuple(WeightedTerm(phrases.spellings[term], weight) for term, weight in own[:_SHOWN])


def _summary(
    ranked: Sequence[int], weighted: Sequence[WeightedTerm], evidence: Evidence
) -> tuple[Quote, ...]:
    worth = {term.term: term.weight for term in weighted}
    return summaries.lift([evidence.papers[i] for i in ranked[:_QUOTED_FROM]], worth)


def _borderline(
    place: int, nodes: Sequence[Node], rows: Ints, alike: _Alike, ids: Sequence[str]
) -> tuple[Borderline, ...]:
    """Papers nearly as close, or closer, to another topic; the nearest calls first."""
    if len(nodes) < 2:
        return ()
    likeness = alike.likeness[rows]
    own = likeness[:, place]
    others = likeness.copy()
    others[:, place] = -1
    best = np.argmax(others, axis=1)
    ratio = np.round(others[np.arange(len(rows)), best] / np.maximum(own, 1e-6), 6)
    close = np.flatnonzero((ratio >= _NEARLY) & (others.max(axis=1) > 0))
    order = sorted(close.tolist(), key=lambda i: (-ratio[i], alike.papers[rows[i]]))
    return tuple(
        Borderline(ids[int(alike.papers[rows[i]])], nodes[int(best[i])].id)
        for i in order[:_BORDERLINE]
    )


def _nearby(nodes: Sequence[Node], alike: _Alike, explainer: Explainer) -> list[tuple[Nearby, ...]]:
    """For each of some siblings the others that are most like it, and what they share."""
    nearest = [_nearest(place, nodes, alike.between[place]) for place in range(len(nodes))]
    pairs = [(place, other) for place, others in enumerate(nearest) for other in others]
    if not pairs:
        return [()] * len(nodes)
    left, right = (alike.centroids[list(side)] for side in zip(*pairs, strict=True))
    shared = iter(explainer.shared(left, right))
    return [tuple(Nearby(nodes[other].id, next(shared)) for other in others) for others in nearest]


def _nearest(place: int, nodes: Sequence[Node], between: Floats) -> list[int]:
    others = [other for other in range(len(nodes)) if other != place and between[other] > 0]
    return sorted(others, key=lambda other: (-between[other], nodes[other].id))[:_NEARBY]


def _with_unique_labels(topics: Sequence[Topic]) -> list[Topic]:
    """Number labels that would repeat ("Other papers 2"); the first keeps its own."""
    seen: dict[str, int] = {}
    found = []
    for topic in topics:
        key = topic.label.casefold()
        seen[key] = seen.get(key, 0) + 1
        found.append(
            topic if seen[key] == 1 else replace(topic, label=f"{topic.label} {seen[key]}")
        )
    return found


def _decided(topic: Topic, decisions: Decisions) -> Topic:
    """The curator's label and description; what he named is no heap."""
    for decision in decisions.topics:
        if decision.topic == topic.id:
            return replace(
                topic,
                label=decision.label or topic.label,
                description=decision.description,
                is_mixed=topic.is_mixed and not decision.label,
            )
    return topic
