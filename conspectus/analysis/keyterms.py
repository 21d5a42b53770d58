"""Counts in; each paper's key terms, and the index of all terms that the site shows, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from conspectus.analysis.phrases import Phrases
from conspectus.analysis.termsets import overlaps
from conspectus.analysis.tfidf import rarity
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.topics import IndexedTerm

SHOWN = 6
_LOOKED_AT = 24
_BY_LENGTH = np.array([0.0, 0.8, 1.3, 1.4, 1.3])


def key_terms(vocabulary: Vocabulary, phrases: Phrases) -> list[tuple[int, ...]]:
    """For each paper at most six terms, best first; none is a part of another.

    The weight is sublinear tf times idf, raised for phrases and for terms that papers come
    back to.
    """
    papers = vocabulary.counts.shape[0]
    worth = (
        rarity(vocabulary.frequency, papers)
        * phrases.weight
        * _BY_LENGTH[vocabulary.lengths()]
        * phrases.is_shown
    )
    # A term of this paper alone says less to a reader than one that others share.
    worth = np.where(vocabulary.frequency == 1, 0.7 * worth, worth)
    counts = vocabulary.counts
    weights = np.round((1 + np.log(counts.data)) * worth[counts.indices], 6)
    kept = np.flatnonzero(weights > 0)
    owners = np.repeat(np.arange(papers), np.diff(counts.indptr))[kept]
    terms = counts.indices[kept]
    order = np.lexsort((terms, -weights[kept], owners))
    ends = np.searchsorted(owners, np.arange(papers + 1)).tolist()
    best = terms[order].tolist()
    return [_best(best[a : min(a + _LOOKED_AT, b)], vocabulary.terms) for a, b in pairwise(ends)]


def _best(terms: Sequence[int], words: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """The first six of these terms of which none is a part of one before."""
    chosen: list[int] = []
    used: set[str] = set()
    for term in terms:
        # Phrases that have no word in common, as most have not, cannot overlap.
        if used.isdisjoint(words[term]) or not any(
            overlaps(words[term], words[other]) for other in chosen
        ):
            chosen.append(term)
            used.update(words[term])
            if len(chosen) == SHOWN:
                break
    return tuple(chosen)


def index(
    shown: Iterable[int], vocabulary: Vocabulary, phrases: Phrases, ids: Sequence[str]
) -> tuple[IndexedTerm, ...]:
    """Every shown term with the papers that use it, sorted by folded spelling."""
    columns = vocabulary.counts.tocsc()
    papers_of: dict[str, set[str]] = {}
    for term in sorted(set(shown)):
        rows = columns.indices[columns.indptr[term] : columns.indptr[term + 1]]
        papers_of.setdefault(phrases.spellings[term], set()).update(ids[i] for i in rows)
    return tuple(
        IndexedTerm(spelling, tuple(sorted(papers_of[spelling])))
        for spelling in sorted(papers_of, key=lambda text: (text.casefold(), text))
    )
