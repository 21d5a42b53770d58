"""Counts in; the weights matrix out: sublinear tf times smoothed idf, rows of length one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import Stemmer
from numpy.typing import NDArray

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

MOST_FEATURES = 100_000
_COMMONEST = 0.5
_HUGE = 20_000
_STEP = 0.5
"""Counts that differ by less than a factor of about 2 ** 0.5 are as one."""
_PAIR = 0.6
"""How much a phrase of two words weighs: its words count besides."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Papers × features; a feature is a term of one or two words, or all those of one stem."""

    matrix: csr_matrix
    """Rows are of length one, or zero where a paper has no feature."""
    steady: csr_matrix
    """The same with idf in steps: what is said of single papers by it, few others change."""
    ratio: Floats
    """For each feature its idf in steps, divided by the exact one."""
    terms: tuple[Ints, ...]
    """Feature number to the numbers of its terms."""


def weigh(vocabulary: Vocabulary) -> Weights:
    """Weigh the features as scikit-learn's TfidfVectorizer does with sublinear tf."""
    from scipy.sparse import csr_matrix

    papers = vocabulary.counts.shape[0]
    terms, owners, is_pair = _features(vocabulary)
    join = csr_matrix(
        (np.ones(len(terms)), (terms, owners)), shape=(len(vocabulary.terms), len(is_pair))
    )
    counts = (vocabulary.counts @ join).tocsr()
    counts.sort_indices()
    frequency = np.bincount(counts.indices, minlength=len(is_pair))
    kept = _kept(frequency, papers)
    counts = counts[:, kept]
    worth = np.where(is_pair[kept], _PAIR, 1.0)

    def times(idf: Floats) -> csr_matrix:
        data = (1 + np.log(counts.data)) * (worth * idf)[counts.indices]
        return unit_rows(csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape))

    order = np.argsort(owners, kind="stable")
    members = np.split(terms[order], np.cumsum(np.bincount(owners, minlength=len(is_pair)))[:-1])
    exact = np.log((1 + papers) / (1 + frequency[kept])) + 1
    steps = rarity(frequency[kept], papers)
    return Weights(
        times(exact),
        times(steps),
        steps / exact,
        tuple(members[i] for i in kept),
    )


def rarity(frequency: Ints, papers: int) -> Floats:
    """Smoothed idf of terms that so many of the papers use, both counts taken in steps.

    In steps one paper more or less changes nothing of nearly all terms, and so leaves what is
    said of other papers as it was.
    """
    steps = np.round(np.log2(1 + papers) / _STEP) - np.round(np.log2(1 + frequency) / _STEP)
    return np.asarray(np.maximum(steps, 0) * _STEP * np.log(2) + 1)


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Rows scaled to length one; empty rows stay empty."""
    from scipy.sparse import csr_matrix

    owners = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    norms = np.sqrt(np.bincount(owners, weights=matrix.data**2, minlength=matrix.shape[0]))
    scale = np.divide(1.0, norms, out=np.zeros_like(norms), where=norms > 0)
    data = matrix.data * scale[owners]
    return csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _features(vocabulary: Vocabulary) -> tuple[Ints, Ints, Flags]:
    """Terms of one or two words, each one's feature, and which features are of two words.

    Words of one stem are one feature. Empty academic words stay: they cost nothing here, and
    without them short texts lose what little they have in common.
    """
    stem = Stemmer.Stemmer("english")
    words = sorted({word for term in vocabulary.terms if len(term) <= 2 for word in term})
    stems = dict(zip(words, stem.stemWords(words), strict=True))
    groups: dict[tuple[str, ...], int] = {}
    terms: list[int] = []
    owners: list[int] = []
    for number, term in enumerate(vocabulary.terms):
        if len(term) <= 2:
            terms.append(number)
            owners.append(groups.setdefault(tuple([stems[word] for word in term]), len(groups)))
    is_pair = np.array([len(key) > 1 for key in groups], dtype=np.bool_)
    return np.array(terms, dtype=np.int64), np.array(owners, dtype=np.int64), is_pair


def _kept(frequency: Ints, papers: int) -> Ints:
    """Features of at least two papers (five from 20,000) and at most half; the commonest first."""
    fewest = 5 if papers >= _HUGE else min(2, max(1, papers // 2))
    most = max(_COMMONEST * papers, 2)
    kept = np.flatnonzero((frequency >= fewest) & (frequency <= most))
    if len(kept) > MOST_FEATURES:
        order = np.argsort(-frequency[kept], kind="stable")[:MOST_FEATURES]
        kept = np.sort(kept[order])
    return kept
