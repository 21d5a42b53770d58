"""The weights matrix in; for every paper the most similar ones, and why, out.

Similar means: the cosine of the tf-idf rows. Candidates come from each paper's heaviest
features, as many as a budget allows; their cosine is then computed over all features.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.topics import Similar
from conspectus.workers import ALONE, Workers, in_order

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

SHOWN = 5
BRIDGES = 2
_CANDIDATES = 30
_MOST_PRODUCTS, _FEWEST_PRODUCTS, _PRODUCTS = 20_000, 3_000, 30_000_000
"""What the search for candidates may cost: products a paper, and in all between these."""
_LEADING = (1_000, 60, 40, 30, 25, 20, 16, 13, 10, 8, 6, 5)
"""Features a paper that are tried in turn until they fit."""
_STEPS = 1_000_000
"""Weights are compared in millionths, so that the last bits decide nothing."""
_LEAST = 0.05
_LEAST_BRIDGE = 0.08
_DUPLICATE = 0.95
_MOST_TERMS = 4
_TELLING = 0.2
"""The share in a cosine, beside that of the best term, below which a term explains nothing."""
_LONGER = 1.8
_BLOCK = 1_000
_PAIRS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each paper its nearest others, best first, ties by number."""

    papers: Ints
    """Papers × candidates; -1 where there are no more."""
    scores: Floats
    """Cosines, rounded to six places; 0 where there are no more."""
    steady: Floats
    """The same by the steady weights."""
    duplicates: frozenset[tuple[int, int]]
    """Pairs of papers that say nearly the same."""


def find(weights: Weights, workers: Workers = ALONE) -> Neighbours:
    """The nearest papers of each paper."""
    matrix = weights.matrix
    count = matrix.shape[0]
    width = min(_CANDIDATES, max(0, count - 1))
    if not width or not matrix.nnz:
        nobody = np.full((count, width), -1, dtype=np.int64)
        nothing = np.zeros((count, width))
        return Neighbours(nobody, nothing, nothing, frozenset())
    leading = _leading(matrix).astype(np.float32)
    across = leading.T.tocsr()
    search = partial(_nearest, _Cosines.of(weights), leading, across, width)
    found = in_order(workers, [partial(search, start) for start in range(0, count, _BLOCK)])
    papers, scores, steady = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Neighbours(papers, scores, steady, _duplicates(papers, scores))


def _nearest(
    cosines: _Cosines, leading: csr_matrix, across: csr_matrix, width: int, start: int
) -> tuple[Ints, Floats, Floats]:
    """The nearest papers of a block of papers, and both of their cosines."""
    product = leading[start : start + _BLOCK] @ across
    near = _candidates(product, np.arange(start, start + product.shape[0]), width)
    return _ranked(near, *cosines.between(near, start))


def steadied(near: Neighbours) -> Neighbours:
    """The same papers, in the order and with the scores of the steady weights."""
    papers, steady, scores = _ranked(near.papers, near.steady, near.scores)
    return Neighbours(papers, steady, scores, _duplicates(papers, steady))


def _duplicates(papers: Ints, scores: Floats) -> frozenset[tuple[int, int]]:
    close = np.argwhere(scores >= _DUPLICATE).tolist()
    return frozenset((a, int(papers[a, b])) for a, b in close)


def _leading(matrix: csr_matrix) -> csr_matrix:
    """Each paper's heaviest features, as many a paper as the budget for products allows.

    A common feature that weighs much in two papers brings them together; leaving out the
    commonest features altogether, at the same cost, found fewer of the nearest papers.
    """
    from scipy.sparse import csr_matrix

    papers = matrix.shape[0]
    owners = np.repeat(np.arange(papers), np.diff(matrix.indptr))
    weights = np.rint(matrix.data * _STEPS).astype(np.int64)
    ordered = 2 * _STEPS - np.sort(owners * 4 * _STEPS + 2 * _STEPS - weights) % (4 * _STEPS)
    budget = papers * min(_MOST_PRODUCTS, max(_FEWEST_PRODUCTS, _PRODUCTS // papers))
    filled = np.flatnonzero(np.diff(matrix.indptr))
    least = np.zeros(papers, dtype=np.int64)
    for most in _LEADING:
        last = np.minimum(matrix.indptr[filled] + most, matrix.indptr[filled + 1]) - 1
        least[filled] = ordered[last]
        kept = weights >= least[owners]
        frequency = np.bincount(matrix.indices[kept], minlength=1)
        if np.dot(frequency, frequency) <= budget:
            break
    starts = np.concatenate(([0], np.cumsum(np.bincount(owners[kept], minlength=papers))))
    return csr_matrix((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)


def _candidates(product: csr_matrix, papers: Ints, width: int) -> Ints:
    """For each of these papers the `width` others with the greatest products, ties by number."""
    places = np.concatenate(
        [
            start + _greatest(product.data[start:stop], width + 1)
            for start, stop in pairwise(product.indptr.tolist())
        ]
    )
    owners = np.searchsorted(product.indptr, places, side="right") - 1
    near, rough = product.indices[places], np.rint(product.data[places] * _STEPS)
    is_other = near != papers[owners]
    near, rough, owners = near[is_other], rough[is_other], owners[is_other]
    order = np.lexsort((near, -rough, owners))
    near, owners = near[order], owners[order]
    rank = np.arange(len(near)) - np.searchsorted(owners, np.arange(len(papers)))[owners]
    found = np.full((len(papers), width), -1, dtype=np.int64)
    found[owners[rank < width], rank[rank < width]] = near[rank < width]
    return found


def _greatest(products: NDArray[np.float32], count: int) -> Ints:
    """Places of the greatest products, and of those that rounding may make equal to them."""
    if len(products) <= count:
        return np.arange(len(products))
    ordered = products.copy()
    ordered.partition(len(products) - count)
    places: Ints = (products >= ordered[-count] - 1 / _STEPS).nonzero()[0]
    return places


@dataclass(frozen=True, slots=True, eq=False)
class _Cosines:
    """Cosines by both weights, from the products of one: the others differ by two factors."""

    matrix: csr_matrix
    by_feature: Floats
    """What the product of two weights is multiplied by."""
    by_paper: Floats
    """What a paper's products are multiplied by after that."""

    @classmethod
    def of(cls, weights: Weights) -> _Cosines:
        matrix = weights.matrix
        owners = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        squares = (matrix.data * weights.ratio[matrix.indices]) ** 2
        norms = np.sqrt(np.bincount(owners, weights=squares, minlength=matrix.shape[0]))
        return cls(matrix, weights.ratio**2, 1 / np.maximum(norms, 1e-12))

    def between(self, near: Ints, start: int) -> tuple[Floats, Floats]:
        """Of the papers from `start` on with those near each: exact ones, and steady ones."""
        rows, places = np.nonzero(near >= 0)
        others = near[rows, places]
        product = self.matrix[rows + start].multiply(self.matrix[others]).tocsr()
        exact, steady = np.zeros(near.shape), np.zeros(near.shape)
        exact[rows, places] = np.round(np.asarray(product.sum(axis=1)).ravel(), 6)
        scale = self.by_paper[rows + start] * self.by_paper[others]
        steady[rows, places] = np.round((product @ self.by_feature) * scale, 6)
        return exact, steady


def _ranked(near: Ints, scores: Floats, others: Floats) -> tuple[Ints, Floats, Floats]:
    """Papers by their scores, best first, ties by number, with other scores beside them."""
    order = np.lexsort((near, np.where(near >= 0, -scores, 9.0)))
    return (
        np.take_along_axis(near, order, axis=1),
        np.take_along_axis(scores, order, axis=1),
        np.take_along_axis(others, order, axis=1),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Explainer:
    """Says what two rows of weights share, by the share of each feature in their cosine."""

    weights: Weights
    spellings: tuple[str, ...]
    """For each feature, how it is shown; empty where it is not."""
    worth: Floats
    """For each feature, how much its share counts; 0 where it is not shown."""
    parts: Ints
    """For each feature of two words, the features of its words, or -1."""

    @classmethod
    def of(cls, weights: Weights, vocabulary: Vocabulary, phrases: Phrases) -> Explainer:
        """Spell each feature as its commonest term, where that may be shown."""
        shown, lone = [], {}
        for feature, terms in enumerate(weights.terms):
            best = min(terms.tolist(), key=lambda term: (-vocabulary.frequency[term], term))
            shown.append(best)
            if len(vocabulary.terms[best]) == 1:
                lone.update({vocabulary.terms[term][0]: feature for term in terms.tolist()})
        parts = [
            tuple([lone.get(word, -1) for word in words]) if len(words) == 2 else (-1, -1)
            for words in (vocabulary.terms[best] for best in shown)
        ]
        is_shown = phrases.is_shared[shown]
        longer = np.where(vocabulary.lengths()[shown] > 1, _LONGER, 1.0)
        return cls(
            weights,
            tuple(
                phrases.spellings[best] if fits else ""
                for best, fits in zip(shown, is_shown.tolist(), strict=True)
            ),
            longer * is_shown * np.sqrt(phrases.weight[shown]),
            np.array(parts, dtype=np.int64).reshape(-1, 2),
        )

    def shared(
        self, left: csr_matrix, right: csr_matrix, most: int = _MOST_TERMS
    ) -> list[tuple[str, ...]]:
        """For each pair of rows its best shared terms; no term is a part of another."""
        product = left.multiply(right).tocsr()
        pairs = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        shares = np.round(product.data * self.worth[product.indices], 6)
        best = np.zeros(product.shape[0])
        np.maximum.at(best, pairs, shares)
        kept = np.flatnonzero((shares > 0) & (shares >= _TELLING * best[pairs]))
        order = kept[np.lexsort((product.indices[kept], -shares[kept], pairs[kept]))]
        pairs, features = pairs[order], product.indices[order].astype(np.int64)
        found: list[list[str]] = [[] for _ in range(product.shape[0])]
        chosen = np.full(product.shape[0], -1, dtype=np.int64)
        for _ in range(most):
            is_first = np.ones(len(pairs), dtype=np.bool_)
            is_first[1:] = pairs[1:] != pairs[:-1]
            chosen[pairs[is_first]] = features[is_first]
            for pair, feature in zip(
                pairs[is_first].tolist(), features[is_first].tolist(), strict=True
            ):
                found[pair].append(self.spellings[feature])
            free = ~self._overlap(features, chosen[pairs])
            pairs, features = pairs[free], features[free]
        return [tuple(dict.fromkeys(terms)) for terms in found]

    def _overlap(self, one: Ints, other: Ints) -> Flags:
        below = (self.parts[one] == other[:, None]).any(axis=1)
        above = (self.parts[other] == one[:, None]).any(axis=1)
        return np.asarray((one == other) | below | above)


Alike = tuple[tuple[Similar, ...], tuple[Similar, ...]]
"""Similar papers, best first, and bridges."""


def all_similar(
    neighbours: Neighbours, explainer: Explainer, ids: tuple[str, ...], topmost: Ints
) -> list[Alike]:
    """For each paper, similar ones with what they share, and bridges into other topics."""
    topics = topmost.tolist()
    rows = zip(neighbours.papers.tolist(), neighbours.scores.tolist(), strict=True)
    chosen = [
        _chosen(topics[paper], zip(near, scores, strict=True), topics, neighbours.duplicates)
        for paper, (near, scores) in enumerate(rows)
    ]
    pairs = [
        (paper, near) for paper, both in enumerate(chosen) for part in both for near, _ in part
    ]
    matrix = explainer.weights.steady
    terms: list[tuple[str, ...]] = []
    for start in range(0, len(pairs), _PAIRS):
        block = np.array(pairs[start : start + _PAIRS], dtype=np.int64)
        terms.extend(explainer.shared(matrix[block[:, 0]], matrix[block[:, 1]]))
    said = iter(terms)
    return [
        (
            tuple(Similar(ids[near], round(score, 2), next(said)) for near, score in similar),
            tuple(Similar(ids[near], round(score, 2), next(said)) for near, score in bridges),
        )
        for similar, bridges in chosen
    ]


Scored = list[tuple[int, float]]


def _chosen(
    topic: int,
    nearest: Iterable[tuple[int, float]],
    topics: Sequence[int],
    duplicates: frozenset[tuple[int, int]],
) -> tuple[Scored, Scored]:
    """Five similar papers, of two near-duplicates the nearer; two more of other topics.

    `nearest` come best first; a score of 0 says that there are no more.
    """
    similar: Scored = []
    bridges: Scored = []
    reached = {topic}
    for near, score in nearest:
        if score < _LEAST:
            break
        if len(similar) < SHOWN:
            if not duplicates or not any((near, other) in duplicates for other, _ in similar):
                similar.append((near, score))
        elif len(bridges) == BRIDGES or score < _LEAST_BRIDGE:
            break
        elif topics[near] not in reached:
            reached.add(topics[near])
            bridges.append((near, score))
    return similar, bridges
