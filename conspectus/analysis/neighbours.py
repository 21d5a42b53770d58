"""The weights matrix in; for every paper the most similar ones, and why, out.

Similar means: the cosine of the tf-idf rows. Candidates come from the rarer features alone,
as many as a budget allows; their cosine is then computed over all features.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Ints
from conspectus.analysis.labels import overlaps
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.topics import Similar

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

SHOWN = 5
BRIDGES = 2
_CANDIDATES = 40
_BUDGET = 20_000
"""Products a paper that the search for candidates may cost."""
_LEAST = 0.05
_LEAST_BRIDGE = 0.08
_DUPLICATE = 0.95
_MOST_TERMS = 4
_LONGER = 1.8
_BLOCK = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each paper its nearest others, best first, ties by number."""

    papers: Ints
    """Papers × candidates; -1 where there are no more."""
    scores: Floats
    """Cosines, rounded to six places; 0 where there are no more."""
    duplicates: frozenset[tuple[int, int]]
    """Pairs of papers that say nearly the same."""


def find(weights: Weights) -> Neighbours:
    """The nearest papers of each paper."""
    matrix = weights.matrix
    count = matrix.shape[0]
    width = min(_CANDIDATES, max(0, count - 1))
    papers = np.full((count, width), -1, dtype=np.int64)
    scores = np.zeros((count, width))
    if not width or not matrix.nnz:
        return Neighbours(papers, scores, frozenset())
    cheap = matrix[:, _affordable(matrix)].tocsr()
    across = cheap.T.tocsr()
    for start in range(0, count, _BLOCK):
        block = (cheap[start : start + _BLOCK] @ across).tocsr()
        for row in range(block.shape[0]):
            near = _candidates(block, row, start + row, width)
            papers[start + row, : len(near)] = near
        _rank(matrix, papers, scores, start, min(start + _BLOCK, count))
    close = np.argwhere(scores >= _DUPLICATE).tolist()
    return Neighbours(papers, scores, frozenset((a, int(papers[a, b])) for a, b in close))


def _affordable(matrix: csr_matrix) -> Ints:
    """The rarest features whose products fit the budget."""
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.float64)
    order = np.argsort(frequency, kind="stable")
    cost = np.cumsum(frequency[order] ** 2)
    return np.sort(order[cost <= max(_BUDGET * matrix.shape[0], cost[-1] * 0.01)])


def _candidates(block: csr_matrix, row: int, paper: int, width: int) -> Ints:
    found = slice(block.indptr[row], block.indptr[row + 1])
    near, rough = block.indices[found], np.round(block.data[found], 6)
    is_other = near != paper
    near, rough = near[is_other], rough[is_other]
    if len(near) > width:
        enough = rough >= np.partition(rough, -width)[-width]
        near, rough = near[enough], rough[enough]
        near = near[np.lexsort((near, -rough))[:width]]
    return np.asarray(near, dtype=np.int64)


def _rank(matrix: csr_matrix, papers: Ints, scores: Floats, start: int, stop: int) -> None:
    """Give the candidates of a block of papers their exact cosines, best first."""
    block = papers[start:stop]
    rows, places = np.nonzero(block >= 0)
    product = matrix[rows + start].multiply(matrix[block[rows, places]])
    exact = np.zeros(block.shape)
    exact[rows, places] = np.round(np.asarray(product.sum(axis=1)).ravel(), 6)
    order = np.lexsort((block, np.where(block >= 0, -exact, 9.0)))
    papers[start:stop] = np.take_along_axis(block, order, axis=1)
    scores[start:stop] = np.take_along_axis(exact, order, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Explainer:
    """Says what two papers share, by the share of each feature in their cosine."""

    weights: Weights
    words: tuple[tuple[tuple[str, ...], str] | None, ...]
    """For each feature, the words and the spelling by which it is shown, if any."""

    @classmethod
    def of(cls, weights: Weights, vocabulary: Vocabulary, phrases: Phrases) -> Explainer:
        """Spell each feature as its commonest term, where that may be shown."""
        return cls(
            weights,
            tuple(_shown_as(terms, vocabulary, phrases) for terms in weights.terms),
        )

    def shared(self, one: int, other: int, most: int = _MOST_TERMS) -> tuple[str, ...]:
        """The best shared terms of two papers; no term is a part of another."""
        matrix = self.weights.matrix
        a = slice(matrix.indptr[one], matrix.indptr[one + 1])
        b = slice(matrix.indptr[other], matrix.indptr[other + 1])
        features, left, right = np.intersect1d(
            matrix.indices[a], matrix.indices[b], assume_unique=True, return_indices=True
        )
        return self.best(features, matrix.data[a][left] * matrix.data[b][right], most)

    def best(self, features: Ints, shares: Floats, most: int = _MOST_TERMS) -> tuple[str, ...]:
        """The terms of the features with the greatest shares; longer phrases first."""
        ranked = sorted(
            (
                (round(share * (_LONGER if len(word[0]) > 1 else 1.0), 6), word)
                for feature, share in zip(features.tolist(), shares.tolist(), strict=True)
                if (word := self.words[feature]) is not None
            ),
            key=lambda entry: (-entry[0], entry[1]),
        )
        chosen: list[tuple[tuple[str, ...], str]] = []
        for _, word in ranked:
            if not any(overlaps(word[0], other[0]) for other in chosen):
                chosen.append(word)
            if len(chosen) == most:
                break
        return tuple(spelling for _, spelling in chosen)


def _shown_as(
    terms: Ints, vocabulary: Vocabulary, phrases: Phrases
) -> tuple[tuple[str, ...], str] | None:
    best = min(
        terms.tolist(), key=lambda term: (-vocabulary.frequency[term], vocabulary.terms[term])
    )
    if not phrases.is_shared[best]:
        return None
    return vocabulary.terms[best], phrases.spellings[best]


def similar(
    paper: int, neighbours: Neighbours, explainer: Explainer, ids: tuple[str, ...]
) -> tuple[Similar, ...]:
    """At most five similar papers; of two near-duplicates, the nearer one."""
    chosen: list[int] = []
    found: list[Similar] = []
    for near, score in _pairs(paper, neighbours):
        if len(found) == SHOWN or score < _LEAST:
            break
        if any((near, other) in neighbours.duplicates for other in chosen):
            continue
        chosen.append(near)
        found.append(Similar(ids[near], round(score, 2), explainer.shared(paper, near)))
    return tuple(found)


def bridges(
    paper: int,
    neighbours: Neighbours,
    explainer: Explainer,
    ids: tuple[str, ...],
    topmost: Ints,
    known: frozenset[str],
) -> tuple[Similar, ...]:
    """At most two further papers, each the nearest of another topmost topic."""
    reached = {int(topmost[paper])}
    found: list[Similar] = []
    for near, score in _pairs(paper, neighbours):
        if len(found) == BRIDGES or score < _LEAST_BRIDGE:
            break
        if int(topmost[near]) in reached or ids[near] in known:
            continue
        reached.add(int(topmost[near]))
        found.append(Similar(ids[near], round(score, 2), explainer.shared(paper, near)))
    return tuple(found)


def _pairs(paper: int, neighbours: Neighbours) -> list[tuple[int, float]]:
    row = neighbours.papers[paper]
    return [
        (int(near), float(score))
        for near, score in zip(row.tolist(), neighbours.scores[paper].tolist(), strict=True)
        if near >= 0
    ]
