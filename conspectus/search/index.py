"""Papers in; an inverted index with quantised impacts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from conspectus.model.papers import Corpus
from conspectus.model.topics import Analysis
from conspectus.search.fields import FIELDS, NEIGHBOURS, TITLE
from conspectus.search.numbers import Numbers
from conspectus.search.occurrences import Occurrences, read
from conspectus.search.stems import Table, stemmer, stems_of

SATURATION = 1.6
"""k1 of BM25 (Robertson and Zaragoza 2009): how soon a word's repetition stops counting."""
TOP_IMPACT = 15
WEAK = 3
"""The highest impact of a term that only similar papers' titles have."""
_COUNT_BITS = 8
_AT_ONCE = 1 << 18

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """Postings of every term. Terms by UTF-16 code units, as browsers compare strings.

    A term's postings stand from `starts[t]` to `starts[t + 1]`: first those of papers that have
    it in the title, `title_counts[t]` of them, then the others; by number within each.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    title_counts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    impacts: NDArray[np.uint8]
    """From 1 to `TOP_IMPACT`: the saturated weight of the term in the paper, without idf. Up to
    `WEAK` where only similar papers have it, above where the paper itself does."""
    words: dict[str, int]
    """Unstemmed words and in how many papers they occur, roughly: for completion."""
    title_words: frozenset[str]
    papers: int
    slots: int
    size: int
    stems: str | Table


def inverted(corpus: Corpus, analysis: Analysis, numbers: Numbers, language: str) -> InvertedIndex:
    """Index the papers by BM25F, field weights from `FIELDS`."""
    found = read(corpus, _neighbours(corpus, analysis), stemmer(language))
    terms = by_code_units(found.vocabulary)
    of = np.array([numbers.of[paper.id] for paper in corpus.papers], dtype=np.int64)
    scale = np.zeros((max(numbers.size, 1), len(FIELDS)))
    scale[of] = _scale(found.lengths)
    counts, title_counts = np.zeros((2, len(terms)), dtype=np.int64)
    pieces = []
    for part in _by_terms(_packed(found, terms, of, len(scale)), len(scale)):
        weighed = _weighed(part, scale)
        counts += np.bincount(weighed.terms, minlength=len(terms))
        title_counts += np.bincount(weighed.terms[weighed.in_title], minlength=len(terms))
        pieces.append((weighed.numbers, weighed.impacts))
    return InvertedIndex(
        terms=tuple(terms),
        starts=np.concatenate(([0], np.cumsum(counts))),
        title_counts=title_counts,
        numbers=np.concatenate([np.empty(0, dtype=np.int32), *(piece[0] for piece in pieces)]),
        impacts=np.concatenate([np.empty(0, dtype=np.uint8), *(piece[1] for piece in pieces)]),
        words=found.words,
        title_words=found.title_words,
        papers=len(corpus.papers),
        slots=numbers.slots,
        size=numbers.size,
        stems=stems_of(language),
    )


def quantised(weights: NDArray[np.float64], is_weak: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Saturated weights in `TOP_IMPACT` steps, on the side of `WEAK` where they belong."""
    steps = (weights / (SATURATION + weights) * TOP_IMPACT + 0.5).astype(np.uint8)
    return np.where(is_weak, np.clip(steps, 1, WEAK), np.maximum(steps, WEAK + 1))


def by_code_units(texts: Iterable[str]) -> list[str]:
    """Sorted as browsers do, by UTF-16 code units, where Python compares code points.

    The two orders differ where a text has a sign from U+E000 on.
    """
    found = list(texts)
    if re.search("[\ue000-\U0010ffff]", "".join(found)):
        return sorted(found, key=lambda text: text.encode("utf-16-be", "surrogatepass"))
    return sorted(found)


def steady(mean: float) -> float:
    """A mean length in steps of a quarter octave, so that one paper seldom moves it.

    Every impact hangs on it: an exact mean would rewrite the index with each insertion.
    """
    return float(2.0 ** (round(4 * np.log2(max(mean, 1.0))) / 4))


def _packed(found: Occurrences, terms: list[str], of: Integers, size: int) -> Integers:
    """All that is known of each occurrence in one number: term, paper's number, field, count.

    Sorted in place, which brings together what belongs together and takes no more memory.
    """
    place_of = {term: place for place, term in enumerate(found.vocabulary)}
    ranks = np.empty(len(terms), dtype=np.int64)
    ranks[[place_of[term] for term in terms]] = np.arange(len(terms))
    packed = np.empty(sum(len(block.terms) for block in found.blocks), dtype=np.int64)
    at = 0
    for block in found.blocks:
        papers, fields = np.divmod(block.rows, len(FIELDS))
        keys = (ranks[block.terms] * size + of[papers]) * len(FIELDS) + fields
        packed[at : at + len(keys)] = keys << _COUNT_BITS | block.counts
        at += len(keys)
    packed.sort()
    return packed


def _by_terms(packed: Integers, size: int) -> Iterator[Integers]:
    """Some hundred thousand occurrences at a time, all those of a term together."""
    unit = size * len(FIELDS) << _COUNT_BITS
    start = 0
    while start < len(packed):
        last = packed[min(start + _AT_ONCE, len(packed)) - 1]
        end = int(np.searchsorted(packed, (last // unit + 1) * unit))
        yield packed[start:end]
        start = end


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Postings by term, those with the term in the title first, then by number."""

    terms: Integers
    numbers: NDArray[np.int32]
    impacts: NDArray[np.uint8]
    in_title: NDArray[np.bool_]


def _weighed(packed: Integers, scale: NDArray[np.float64]) -> _Weighed:
    """Occurrences of some terms as postings; `scale` is what one weighs, by number and field."""
    keys, firsts = _distinct(packed >> _COUNT_BITS)
    counts = np.add.reduceat(packed & ((1 << _COUNT_BITS) - 1), firsts)
    keys, fields = np.divmod(keys, len(FIELDS))
    amounts = counts * scale[keys % len(scale), fields]
    keys, firsts = _distinct(keys)
    terms, numbers = np.divmod(keys, len(scale))
    first_field = fields[firsts]
    impacts = quantised(np.add.reduceat(amounts, firsts), first_field == NEIGHBOURS)
    in_title = first_field == TITLE
    order = np.argsort(2 * terms + ~in_title, kind="stable")
    return _Weighed(terms[order], numbers[order].astype(np.int32), impacts[order], in_title[order])


def _scale(lengths: Integers) -> NDArray[np.float64]:
    """What one occurrence weighs, for each paper and field."""
    scale = np.empty(lengths.shape)
    for position, field in enumerate(FIELDS):
        filled = lengths[:, position][lengths[:, position] > 0]
        mean = steady(float(filled.mean())) if len(filled) else 1.0
        scale[:, position] = field.weight / (
            1 - field.discount + field.discount * lengths[:, position] / mean
        )
    return scale


def _distinct(values: Integers) -> tuple[Integers, Integers]:
    """The different ones of ascending values, and where each begins."""
    firsts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))[: len(values)])
    return values[firsts], firsts


def _neighbours(corpus: Corpus, analysis: Analysis) -> dict[str, list[str]]:
    """The titles of each paper's similar papers."""
    titles = {paper.id: paper.title_text for paper in corpus.papers}
    return {
        found.paper: [titles[other.paper] for other in found.similar if other.paper in titles]
        for found in analysis.papers
    }
