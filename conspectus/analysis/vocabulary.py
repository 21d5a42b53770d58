"""Documents in; the vocabulary of terms (phrases of one to four words) and their counts out.

A phrase never runs over punctuation, a number, the end of a sentence or of a field, and holds
no function word but an inner "of" ("mixture of experts"). A longer phrase is only counted
where both of its shorter parts are kept, as in Apriori (Agrawal and Srikant 1994).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis.documents import BREAK, Documents, Flags, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LONGEST = 4
TITLE_WEIGHT = 2
_SMALL = 300


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Where the terms stand, ordered by length and then by place."""

    terms: Ints
    """Term numbers."""
    starts: Ints
    """Index of the first token in the documents' arrays."""
    lengths: Ints
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

    def lengths(self) -> Ints:
        """For each term, its number of words."""
        return np.array([len(words) for words in self.terms], dtype=np.int64)


def build(documents: Documents) -> Vocabulary:
    """Count every phrase that is used often enough to say something.

    Up to 300 papers a term of one paper is kept if it occurs there twice; above that a term
    needs two papers.
    """
    levels: list[tuple[Ints, Ints, Ints]] = []
    plain, inner = _classes(documents)
    starts = np.flatnonzero(plain[documents.words])
    grams = documents.words[starts]
    width = len(documents.vocabulary)
    for length in range(1, LONGEST + 1):
        if length > 1:
            starts, codes = _extended(documents, starts, grams, length, inner, width)
            names, grams = np.unique(codes, return_inverse=True)
        else:
            names, grams = np.unique(grams, return_inverse=True)
        kept = _kept(documents, starts, grams, len(names))
        is_kept = kept[grams]
        starts, grams = starts[is_kept], (np.cumsum(kept) - 1)[grams[is_kept]]
        names = names[kept]
        levels.append((starts, grams, names))
    return _assembled(documents, levels, plain)


def _classes(documents: Documents) -> tuple[Flags, Flags]:
    """Per word: may it end a phrase, and may it stand inside one."""
    plain = ~documents.is_function
    plain[BREAK] = False
    lone = np.array([len(word) < 2 for word in documents.vocabulary], dtype=np.bool_)
    plain &= ~lone
    inner = plain | np.array([word == "of" for word in documents.vocabulary], dtype=np.bool_)
    return plain, inner


def _extended(
    documents: Documents, starts: Ints, grams: Ints, length: int, inner: Flags, width: int
) -> tuple[Ints, Ints]:
    """Lengthen each phrase by the word after it; codes are (phrase, word)."""
    last = starts + length - 1
    fits = last < len(documents.words)
    starts, grams, last = starts[fits], grams[fits], last[fits]
    words = documents.words[last]
    fits = inner[words]
    return starts[fits], grams[fits] * width + words[fits]


def _kept(documents: Documents, starts: Ints, grams: Ints, size: int) -> Flags:
    pairs = np.unique(grams * documents.count + documents.papers[starts])
    frequency = np.bincount(pairs // max(1, documents.count), minlength=size)
    if documents.count > _SMALL:
        return frequency >= 2
    return (frequency >= 2) | (np.bincount(grams, minlength=size) >= 2)


def _assembled(
    documents: Documents, levels: list[tuple[Ints, Ints, Ints]], plain: Flags
) -> Vocabulary:
    """Name the phrases, drop those that end in "of", merge levels, count."""
    from scipy.sparse import csr_matrix

    width = len(documents.vocabulary)
    words_of: list[list[tuple[int, ...]]] = []
    for level, (_, _, names) in enumerate(levels):
        shorter = words_of[-1] if level else []
        words_of.append(
            [
                (*shorter[code // width], code % width) if level else (code,)
                for code in names.tolist()
            ]
        )
    flat = [words for level in words_of for words in level]
    order = sorted((i for i, words in enumerate(flat) if plain[words[-1]]), key=lambda i: flat[i])
    number = np.full(len(flat), -1, dtype=np.int64)
    number[order] = np.arange(len(order))
    shifts = np.concatenate(([0], np.cumsum([len(level) for level in words_of])))
    terms = np.concatenate([number[g + s] for (_, g, _), s in zip(levels, shifts, strict=False)])
    starts = np.concatenate([s for s, _, _ in levels])
    lengths = np.concatenate(
        [np.full(len(s), i, dtype=np.int64) for i, (s, _, _) in enumerate(levels, 1)]
    )
    is_term = terms >= 0
    terms, starts, lengths = terms[is_term], starts[is_term], lengths[is_term]
    weights = np.where(documents.sentences[starts] == -1, float(TITLE_WEIGHT), 1.0)
    counts = csr_matrix(
        (weights, (documents.papers[starts], terms)), shape=(documents.count, len(order))
    )
    counts.sum_duplicates()
    return Vocabulary(
        terms=tuple(tuple(documents.vocabulary[w] for w in flat[i]) for i in order),
        counts=counts,
        frequency=np.bincount(counts.indices, minlength=len(order)).astype(np.int64),
        occurrences=Occurrences(terms, starts, lengths),
    )
