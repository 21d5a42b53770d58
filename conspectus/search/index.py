"""Papers in; an inverted index with quantised impacts out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from conspectus.model.papers import Corpus
from conspectus.model.topics import Analysis
from conspectus.search.fields import FIELDS, NEIGHBOURS, TITLE
from conspectus.search.numbers import Numbers
from conspectus.search.occurrences import Occurrences, read

SATURATION = 1.6
"""k1 of BM25 (Robertson and Zaragoza 2009): how soon a word's repetition stops counting."""
TOP_IMPACT = 15
WEAK = 2
"""The highest impact of a term that only similar papers' titles have."""
_COUNT_BITS = 8

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
    is_english: bool


def inverted(corpus: Corpus, analysis: Analysis, numbers: Numbers, language: str) -> InvertedIndex:
    """Index the papers by BM25F, field weights from `FIELDS`."""
    is_english = language.lower().startswith("en")
    found = read(corpus, _neighbours(corpus, analysis), is_english)
    terms = sorted(found.vocabulary, key=code_units)
    of = np.array([numbers.of[paper.id] for paper in corpus.papers], dtype=np.int64)
    keys, weights, first_field = _weighed(found, terms, of, numbers)
    impacts = quantised(weights, first_field == NEIGHBOURS)
    term_of = keys // max(numbers.size, 1)
    in_title = first_field == TITLE
    arrangement = _titles_first(term_of, in_title, len(terms))
    return InvertedIndex(
        terms=tuple(terms),
        starts=np.searchsorted(term_of, np.arange(len(terms) + 1)),
        title_counts=np.bincount(term_of[in_title], minlength=len(terms)),
        numbers=(keys % max(numbers.size, 1)).astype(np.int32)[arrangement],
        impacts=impacts[arrangement],
        words=found.words,
        title_words=found.title_words,
        papers=len(corpus.papers),
        slots=numbers.slots,
        size=numbers.size,
        is_english=is_english,
    )


def quantised(weights: NDArray[np.float64], is_weak: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Saturated weights in `TOP_IMPACT` steps, on the side of `WEAK` where they belong."""
    steps = (weights / (SATURATION + weights) * TOP_IMPACT + 0.5).astype(np.uint8)
    return np.where(is_weak, np.clip(steps, 1, WEAK), np.maximum(steps, WEAK + 1))


def code_units(text: str) -> bytes:
    """Sorts as browsers do, by UTF-16 code units; Python compares code points."""
    return text.encode("utf-16-be", "surrogatepass")


def steady(mean: float) -> float:
    """A mean length in steps of a quarter octave, so that one paper seldom moves it.

    Every impact hangs on it: an exact mean would rewrite the index with each insertion.
    """
    return float(2.0 ** (round(4 * np.log2(max(mean, 1.0))) / 4))


def _weighed(
    found: Occurrences, terms: list[str], of: Integers, numbers: Numbers
) -> tuple[Integers, NDArray[np.float64], NDArray[np.uint8]]:
    """Keys (term * size + number), each paper's weight for a term, and the first field with it.

    All that is known of an occurrence is packed into one number, so that one sort in place brings
    together what belongs together.
    """
    ranks = np.empty(len(terms), dtype=np.int64)
    place_of = {term: place for place, term in enumerate(found.vocabulary)}
    ranks[[place_of[term] for term in terms]] = np.arange(len(terms))
    size, fields = max(numbers.size, 1), len(FIELDS)
    packed = ranks[found.terms]
    packed *= size
    packed += of[found.rows // fields]
    packed *= fields
    packed += found.rows % fields
    packed <<= _COUNT_BITS
    packed |= found.counts
    packed.sort()
    keys, firsts = _distinct(packed >> _COUNT_BITS)
    counts = np.add.reduceat(packed & ((1 << _COUNT_BITS) - 1), firsts) if len(keys) else keys
    del packed
    field_of = keys % fields
    keys //= fields
    papers = np.empty(size, dtype=np.int64)
    papers[of] = np.arange(len(of))
    amounts = counts * _scale(found.lengths)[papers[keys % size], field_of]
    keys, firsts = _distinct(keys)
    weights = np.add.reduceat(amounts, firsts) if len(keys) else amounts
    return keys, weights, field_of[firsts].astype(np.uint8)


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


def _titles_first(term_of: Integers, in_title: NDArray[np.bool_], terms: int) -> Integers:
    """Bring postings with the term in the title to the front of their lists, else as they are."""
    return np.argsort(term_of * 2 + ~in_title, kind="stable")


def _neighbours(corpus: Corpus, analysis: Analysis) -> dict[str, str]:
    """The titles of each paper's similar papers."""
    titles = {paper.id: paper.title_text for paper in corpus.papers}
    return {
        found.paper: "\n".join(titles.get(similar.paper, "") for similar in found.similar)
        for found in analysis.papers
    }
