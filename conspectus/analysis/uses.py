"""The vocabulary in; who uses which term that may name a topic, and how it sets a group apart, out.

Terms are scored by the log-likelihood ratio (Dunning 1993) of the papers that use them inside
a group and outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix, csr_matrix

Floats = NDArray[np.float64]

TIMES_AS_FREQUENT = 2.5
"""How much more often a topic's papers use its label's terms than others do: two, and some room
for those who count by another rule for what is the same word."""
_RAREST = 2_500
_BEYOND_CHANCE = 2.71
"""The log-likelihood ratio that chance exceeds once in ten terms."""
_BY_LENGTH = np.array([0.0, 0.7, 1.15, 1.1, 1.0])
_OF_WORD = 0.12
"""The share of a group that a single word must reach: it has to say more than a phrase does."""


@dataclass(frozen=True, slots=True, eq=False)
class Uses:
    """Who uses which term that may name a topic."""

    matrix: csr_matrix
    """Papers × terms, of ones."""
    terms: Ints
    """The terms' numbers in the vocabulary, ascending."""
    words: tuple[tuple[str, ...], ...]
    lengths: Ints
    """In words."""
    weight: Floats
    is_label: Flags
    """Whether a term is a good name; the others are plainer words for want of a better."""
    frequency: Floats
    """Papers that use it."""

    @classmethod
    def of(cls, vocabulary: Vocabulary, phrases: Phrases) -> Uses:
        """The terms of at least two papers (one, where there are no more; four of 10,000)."""
        papers = vocabulary.counts.shape[0]
        fewest = max(min(2, papers), papers // _RAREST)
        terms = np.flatnonzero(
            (phrases.is_label | phrases.is_plain) & (vocabulary.frequency >= fewest)
        )
        matrix = vocabulary.counts[:, terms].tocsr().astype(np.float32)
        matrix.data[:] = 1.0
        return cls(
            matrix,
            terms,
            tuple(vocabulary.terms[term] for term in terms.tolist()),
            vocabulary.lengths()[terms],
            phrases.weight[terms],
            phrases.is_label[terms],
            vocabulary.frequency[terms].astype(np.float64),
        )

    def words_of(self, term: int) -> tuple[str, ...]:
        """The words of a term of the vocabulary."""
        return self.words[int(np.searchsorted(self.terms, term))]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The terms that at least two of some papers share; a term's place is its number here."""

    uses: Uses
    places: Ints
    """The terms' columns in `uses`."""
    rows: csr_matrix
    """Papers × terms."""
    columns: csc_matrix
    """The same, by term."""
    users: Floats
    """For each term, how many of these papers use it."""

    @classmethod
    def of(cls, papers: Ints, uses: Uses) -> Counts:
        """Count the terms of these papers."""
        # Of all papers nothing is copied: there may be a hundred thousand.
        rows = uses.matrix[papers] if len(papers) < uses.matrix.shape[0] else uses.matrix
        users = np.bincount(rows.indices, minlength=rows.shape[1])
        places = np.flatnonzero(users >= min(2, len(papers)))
        if len(places) < rows.shape[1]:
            rows = rows[:, places]
        return cls(uses, places, rows, rows.tocsc(), users[places].astype(np.float64))

    def words(self, place: int) -> tuple[str, ...]:
        """The words of a term."""
        return self.uses.words[self.places[place]]

    def place_of(self, term: int) -> int:
        """Where a term of the vocabulary stands here."""
        column = int(np.searchsorted(self.uses.terms, term))
        return int(np.searchsorted(self.places, column))

    def hits(self, places: Sequence[int]) -> Flags:
        """Papers × places: who uses which."""
        found = np.zeros((self.rows.shape[0], len(places)), dtype=np.bool_)
        starts, papers = self.columns.indptr, self.columns.indices
        for i, place in enumerate(places):
            found[papers[starts[place] : starts[place + 1]], i] = True
        return found

    def scores(self, group: Ints) -> Floats:
        """How much each term sets a group apart; 0 where it is not twice as frequent there."""
        size, total = len(group), self.rows.shape[0]
        inside = np.bincount(_columns(self.rows, group), minlength=len(self.places))
        fits = np.flatnonzero(inside >= min(2, size))
        fits = fits[self._sets_apart(fits, inside[fits], size)]
        within = inside[fits].astype(np.float64)
        score = 2 * within
        if total > size:
            score = _log_likelihood(within, self.users[fits], size, total)
        columns = self.places[fits]
        found = np.zeros(len(inside))
        found[fits] = score * _BY_LENGTH[self.uses.lengths[columns]] * self.uses.weight[columns]
        return np.round(found, 6)

    def _sets_apart(self, fits: Ints, inside: Ints, size: int) -> Flags:
        """Whether terms are frequent inside beside these papers, and beside all."""
        columns = self.places[fits]
        is_word = self.uses.lengths[columns] == 1
        fewest = np.where(is_word, min(max(3.0, _OF_WORD * size), size), min(2, size))
        here = _is_frequent(inside, self.users[fits], size, self.rows.shape[0])
        everywhere = self.uses.frequency[columns]
        all_in_all = _is_frequent(inside, everywhere, size, self.uses.matrix.shape[0])
        return here & all_in_all & (inside >= fewest)


def _columns(matrix: csr_matrix, rows: Ints) -> Ints:
    """The columns that some rows fill, one row after another: what `matrix[rows].indices` holds.

    Asked for thousands of times, of few rows: making a matrix of them took most of the time.
    """
    starts = matrix.indptr[rows].astype(np.int64)
    lengths = matrix.indptr[rows + 1] - starts
    ends = np.cumsum(lengths)
    places = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
    return np.asarray(matrix.indices[places])


def _is_frequent(inside: Ints, users: Floats, size: int, total: int) -> Flags:
    outside = (users - inside) / max(1, total - size)
    return np.asarray(inside / size >= TIMES_AS_FREQUENT * outside, dtype=np.bool_)


def _log_likelihood(inside: Floats, users: Floats, size: int, total: int) -> Floats:
    outside = users - inside
    found = inside * np.log(inside * total / (users * size))
    found += outside * np.log(np.maximum(outside, 1e-9) * total / (users * (total - size)))
    return np.where(2 * found >= _BEYOND_CHANCE, 2 * found, 0.0)
