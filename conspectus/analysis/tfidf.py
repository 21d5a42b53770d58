"""Counts in; the weights matrix out: sublinear tf times smoothed idf, rows of length one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import Stemmer

from conspectus.analysis.documents import Ints, keys
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.analysis.wordlists import EMPTY

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_FEATURES = 100_000
_COMMONEST = 0.5
_EMPTY_KEYS = keys(EMPTY)
_HUGE = 20_000
_ENOUGH = 300


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Papers × features; a feature is a term of one or two words, or all those of one stem."""

    matrix: csr_matrix
    """Rows are of length one, or zero where a paper has no feature."""
    terms: tuple[Ints, ...]
    """Feature number to the numbers of its terms."""


def weigh(vocabulary: Vocabulary, banned: frozenset[str] = frozenset()) -> Weights:
    """Weigh the features as scikit-learn's TfidfVectorizer does with sublinear tf."""
    from scipy.sparse import csr_matrix

    papers = vocabulary.counts.shape[0]
    members = _features(vocabulary)
    owner = np.repeat(np.arange(len(members)), [len(terms) for terms in members])
    terms = np.concatenate([*members, np.zeros(0, dtype=np.int64)]).astype(np.int64)
    join = csr_matrix(
        (np.ones(len(terms)), (terms, owner)), shape=(len(vocabulary.terms), len(members))
    )
    counts = (vocabulary.counts @ join).tocsr()
    counts.sort_indices()
    frequency = np.bincount(counts.indices, minlength=len(members))
    kept = _kept(frequency, papers)
    counts = counts[:, kept]
    idf = np.log((1 + papers) / (1 + frequency[kept])) + 1
    data = (1 + np.log(counts.data)) * idf[counts.indices]
    matrix = csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    return Weights(unit_rows(matrix), tuple(members[i] for i in kept))


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Rows scaled to length one; empty rows stay empty."""
    from scipy.sparse import csr_matrix

    squares = matrix.multiply(matrix).sum(axis=1)
    norms = np.sqrt(np.asarray(squares)).ravel()
    scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
    data = matrix.data * np.repeat(scale, np.diff(matrix.indptr))
    return csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _features(vocabulary: Vocabulary) -> list[Ints]:
    """Terms of one or two words, by stem.

    Below 300 papers words of one stem are one feature and empty words are none: with so few
    texts chance would speak loudest. Above that both only blur what the corpus itself shows.
    """
    if vocabulary.counts.shape[0] >= _ENOUGH:
        lengths = vocabulary.lengths()
        return [np.array([term], dtype=np.int64) for term in np.flatnonzero(lengths <= 2)]
    stem = Stemmer.Stemmer("english")
    stems: dict[str, str] = {}
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(vocabulary.terms):
        if len(words) > 2 or any(word in _EMPTY_KEYS for word in words):
            continue
        key = tuple(
            stems.get(word) or stems.setdefault(word, stem.stemWord(word)) for word in words
        )
        groups.setdefault(key, []).append(number)
    return [np.array(groups[key], dtype=np.int64) for key in sorted(groups)]


def _kept(frequency: Ints, papers: int) -> Ints:
    """Features of at least two papers (five from 20,000) and at most half; the commonest first."""
    fewest = 5 if papers >= _HUGE else min(2, max(1, papers // 2))
    most = max(_COMMONEST * papers, 2)
    kept = np.flatnonzero((frequency >= fewest) & (frequency <= most))
    if len(kept) > MOST_FEATURES:
        order = np.argsort(-frequency[kept], kind="stable")[:MOST_FEATURES]
        kept = np.sort(kept[order])
    return kept
