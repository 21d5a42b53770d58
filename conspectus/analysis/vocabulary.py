"""Documents in; the vocabulary of terms (phrases of one to four words) and their counts out.

A phrase never runs over punctuation, a number, the end of a sentence or of a field, and holds
no function word but an inner "of" ("mixture of experts"). A longer phrase is only counted
where both of its shorter parts are kept, as in Apriori (Agrawal and Srikant 1994).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis.documents import BREAK, Documents, Flags, Ints, Numbers

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LONGEST = 4
TITLE_WEIGHT = 2
_SMALL = 300


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where the terms stand, ordered by length and then by place."""

    terms: Numbers
    """Term numbers."""
    starts: Numbers
    """Index of the first token in the documents' arrays."""
    lengths: Numbers
    """In words."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The terms that are kept, sorted by words, and how often each paper uses each."""

    terms: tuple[tuple[str, ...], ...]
    """Term number to its words (keys; not for showing)."""
    counts: csr_matrix
    """Papers × terms; an occurrence in the title counts twice."""
    frequency: Ints
    """For each term, the number of papers that use it."""
    occurrences: Occurrences
    """Empty where nobody needs them any more."""

    def without_places(self) -> Vocabulary:
        """The same without occurrences, of which a large corpus has tens of millions."""
        none = np.zeros(0, dtype=np.int32)
        return replace(self, occurrences=Occurrences(none, none, none))

    def number_of(self, words: tuple[str, ...]) -> int:
        """The number of a term, or -1."""
        place = bisect_left(self.terms, words)
        return place if self.terms[place : place + 1] == (words,) else -1

    def lengths(self) -> Ints:
        """For each term, its number of words."""
        return np.array([len(words) for words in self.terms], dtype=np.int64)


def build(documents: Documents) -> Vocabulary:
    """Count every phrase that is used often enough to say something.

    Up to 300 papers a term of one paper is kept if it occurs there twice; above that a term
    needs two papers.
    """
    plain, inner = _classes(documents)
    starts = np.flatnonzero(plain[documents.words]).astype(np.int32)
    levels = [_level(documents, starts, documents.words[starts])]
    for length in range(2, LONGEST + 1):
        levels.append(_level(documents, *_extended(documents, levels[-1], length, plain, inner)))
    return _assembled(documents, levels, plain)


def _classes(documents: Documents) -> tuple[Flags, Flags]:
    """Per word: may it end a phrase, and may it stand inside one."""
    plain = ~documents.is_function
    plain[BREAK] = False
    lone = np.array([len(word) < 2 for word in documents.vocabulary], dtype=np.bool_)
    plain &= ~lone
    inner = plain | np.array([word == "of" for word in documents.vocabulary], dtype=np.bool_)
    return plain, inner


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The phrases of one length that are kept."""

    starts: Numbers
    """For each occurrence, its first token; ascending."""
    grams: Numbers
    """For each occurrence, its phrase's number at this level."""
    codes: Ints
    """For each phrase, (its beginning's number at the level below) × words + its last word."""


def _level(documents: Documents, starts: Numbers, codes: Ints | Numbers) -> _Level:
    """Number the phrases with these codes and keep those that are used often enough."""
    if not len(codes):
        return _Level(starts, np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
    order = np.argsort(codes, kind="stable")
    found = codes[order]
    papers = documents.papers[starts[order]]
    is_first = np.concatenate(([True], found[1:] != found[:-1]))
    is_new = is_first.copy()
    is_new[1:] |= papers[1:] != papers[:-1]
    number = np.cumsum(is_first, dtype=np.int32) - np.int32(1)
    kept = np.bincount(number[is_new]) >= 2
    if documents.count <= _SMALL:
        kept |= np.bincount(number) >= 2
    grams = np.empty_like(number)
    grams[order] = np.where(kept, np.cumsum(kept, dtype=np.int32) - 1, -1)[number]
    is_kept = grams >= 0
    return _Level(starts[is_kept], grams[is_kept], found[is_first][kept].astype(np.int64))


def _extended(
    documents: Documents, level: _Level, length: int, plain: Flags, inner: Flags
) -> tuple[Numbers, Ints]:
    """Lengthen each phrase by the word after it, where the phrase without its first word is kept.

    One that begins with "of" is never counted on its own: the word after it decides.
    """
    size = len(documents.words)
    begins = np.zeros(size + 1, dtype=np.bool_)
    begins[level.starts] = True
    last = level.starts + np.int32(length - 1)
    fits = last < size
    fits[fits] = inner[documents.words[last[fits]]]
    after = level.starts + np.int32(1)
    fits &= begins[after] | ~plain[documents.words[np.minimum(after, size - 1)]]
    starts = level.starts[fits]
    codes = level.grams[fits].astype(np.int64) * len(documents.vocabulary)
    return starts, codes + documents.words[last[fits]]


def _assembled(documents: Documents, levels: Sequence[_Level], plain: Flags) -> Vocabulary:
    """Name the phrases, drop those that end in "of", merge levels, count."""
    from scipy.sparse import csr_matrix

    words = _words_of(levels, len(documents.vocabulary))
    lengths = np.count_nonzero(words >= 0, axis=1)
    order = np.lexsort(words.T[::-1])
    order = order[plain[words[order, lengths[order] - 1]]]
    found = _occurrences(levels, order, len(words))
    weights = np.where(documents.sentences[found.starts] == -1, float(TITLE_WEIGHT), 1.0)
    counts = csr_matrix(
        (weights, (documents.papers[found.starts], found.terms)),
        shape=(documents.count, len(order)),
    )
    counts.sum_duplicates()
    return Vocabulary(
        terms=_spelled_out(words[order], lengths[order], documents.vocabulary),
        counts=counts,
        frequency=np.bincount(counts.indices, minlength=len(order)).astype(np.int64),
        occurrences=found,
    )


def _words_of(levels: Sequence[_Level], width: int) -> Ints:
    """Phrases of all levels × their words' numbers, -1 after the last."""
    found: list[Ints] = []
    for length, level in enumerate(levels):
        words = np.full((len(level.codes), LONGEST), -1, dtype=np.int64)
        words[:, length] = level.codes % width
        if length:
            words[:, :length] = found[-1][level.codes // width, :length]
        found.append(words)
    return np.concatenate(found)


def _occurrences(levels: Sequence[_Level], order: Ints, size: int) -> Occurrences:
    """The levels' occurrences one after another, of those phrases that are terms."""
    number = np.full(size, -1, dtype=np.int32)
    number[order] = np.arange(len(order))
    shifts = np.cumsum([0, *(len(level.codes) for level in levels)]).tolist()
    terms = np.concatenate(
        [number[level.grams + shift] for level, shift in zip(levels, shifts, strict=False)]
    )
    is_term = terms >= 0
    starts = np.concatenate([level.starts for level in levels])
    lengths = np.repeat(
        np.arange(1, len(levels) + 1, dtype=np.int32), [len(level.starts) for level in levels]
    )
    return Occurrences(terms[is_term], starts[is_term], lengths[is_term])


def _spelled_out(
    words: Ints, lengths: Ints, vocabulary: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """Each row's words; a loop for each length, for there are many rows."""
    found: list[tuple[str, ...]] = [()] * len(words)
    for length in range(1, LONGEST + 1):
        rows = np.flatnonzero(lengths == length)
        columns = [[vocabulary[i] for i in words[rows, j].tolist()] for j in range(length)]
        for row, phrase in zip(rows.tolist(), zip(*columns, strict=True), strict=True):
            found[row] = phrase
    return tuple(found)
