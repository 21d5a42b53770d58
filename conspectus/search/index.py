"""Papers in; an inverted index with quantised impacts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from conspectus.model.papers import Corpus, Paper
from conspectus.model.topics import Analysis
from conspectus.search.fields import (
    ABSTRACT,
    AUTHORS,
    FIELDS,
    NEIGHBOURS,
    TITLE,
    texts,
)
from conspectus.search.numbers import Numbers
from conspectus.search.tokens import STOP_WORDS, runs, stop_terms, token, words_of

SATURATION = 1.6
"""k1 of BM25 (Robertson and Zaragoza 2009): how soon a word's repetition stops counting."""
IMPACT_BITS = 4
TOP_IMPACT = (1 << IMPACT_BITS) - 1
WEAK = 2
"""The highest impact of a term that only similar papers' titles have."""
AUTHOR = "@"
"""Stands before a term that was read in an author's name."""


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """Postings of every term. Terms by UTF-16 code units, as browsers compare strings.

    A term's postings stand from `starts[t]` to `starts[t + 1]`: first those of papers that have
    it in the title, `title_counts[t]` of them, then the others; by number within each.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    title_counts: NDArray[np.int64]
    numbers: NDArray[np.int64]
    impacts: NDArray[np.int64]
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
    reader = _Reader(is_english)
    neighbours = _neighbours(corpus, analysis)
    for position, paper in enumerate(corpus.papers):
        reader.read(position, paper, neighbours.get(paper.id, ""))
    terms = sorted(reader.ids, key=code_units)
    order = np.empty(len(terms), dtype=np.int64)
    order[[reader.ids[term] for term in terms]] = np.arange(len(terms))
    of = np.array([numbers.of[paper.id] for paper in corpus.papers], dtype=np.int64)
    keys, weights, first_field = _weighed(reader, order, of, numbers)
    term_of = keys // max(numbers.size, 1)
    arrangement = np.lexsort((keys, first_field != TITLE, term_of))
    term_of, first_field = term_of[arrangement], first_field[arrangement]
    return InvertedIndex(
        terms=tuple(terms),
        starts=np.searchsorted(term_of, np.arange(len(terms) + 1)),
        title_counts=np.bincount(term_of[first_field == TITLE], minlength=len(terms)),
        numbers=keys[arrangement] % numbers.size if len(keys) else keys,
        impacts=quantised(weights[arrangement], first_field == NEIGHBOURS),
        words=reader.words(),
        title_words=frozenset(reader.title_words()),
        papers=len(corpus.papers),
        slots=numbers.slots,
        size=numbers.size,
        is_english=is_english,
    )


def quantised(weights: NDArray[np.float64], is_weak: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Saturated weights in `TOP_IMPACT` steps, on the side of `WEAK` where they belong."""
    steps = (weights / (SATURATION + weights) * TOP_IMPACT + 0.5).astype(np.int64)
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
    reader: _Reader, order: NDArray[np.int64], of: NDArray[np.int64], numbers: Numbers
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Keys (term * size + number), each paper's weight for a term, and the first field with it."""
    terms, papers, fields, counts = reader.occurrences()
    lengths = np.array(reader.lengths, dtype=np.float64).reshape(-1, len(FIELDS))
    scale = np.empty_like(lengths)
    for position, field in enumerate(FIELDS):
        filled = lengths[:, position][lengths[:, position] > 0]
        mean = steady(float(filled.mean())) if len(filled) else 1.0
        norm = 1 - field.discount + field.discount * lengths[:, position] / mean
        scale[:, position] = field.weight / norm
    amounts = counts * scale[papers, fields]
    keys = order[terms] * numbers.size + of[papers]
    arrangement = np.lexsort((fields, keys))
    keys, first = np.unique(keys[arrangement], return_index=True)
    if not len(keys):
        return keys, amounts, fields
    weights = np.add.reduceat(amounts[arrangement], first)
    return keys, weights, fields[arrangement][first]


def _neighbours(corpus: Corpus, analysis: Analysis) -> dict[str, str]:
    """The titles of each paper's similar papers."""
    titles = {paper.id: paper.title_text for paper in corpus.papers}
    return {
        found.paper: "\n".join(titles.get(similar.paper, "") for similar in found.similar)
        for found in analysis.papers
    }


class _Runs(dict[str, int]):
    """Runs of one kind of text and their places in a list of the terms of each."""

    def __init__(self, terms: list[tuple[int, ...]], terms_of: Callable[[str], tuple[int, ...]]):
        super().__init__()
        self._terms = terms
        self._terms_of = terms_of

    def __missing__(self, run: str) -> int:
        place = self[run] = len(self._terms)
        self._terms.append(self._terms_of(run))
        return place


class _Reader:
    """Gathers the papers' occurrences; a run is taken apart once, however often it occurs.

    Loops over occurrences are the price of the index: they run inside `extend` and numpy alone.
    """

    def __init__(self, is_english: bool) -> None:
        self.ids: dict[str, int] = {}
        self.lengths: list[list[int]] = []
        self._is_english = is_english
        self._stop_terms = stop_terms(is_english)
        self._terms: list[tuple[int, ...]] = []
        self._titles = _Runs(self._terms, self._title_terms)
        self._bodies = _Runs(self._terms, self._body_terms)
        self._names = _Runs(self._terms, self._name_terms)
        self._lent = _Runs(self._terms, self._body_terms)  # neighbours' words complete nothing
        self._runs: list[int] = []
        self._counts: list[int] = []
        self._blocks: list[tuple[int, int, int]] = []

    def read(self, position: int, paper: Paper, neighbours: str) -> None:
        """Count one paper's terms in each field."""
        lengths = []
        for field, text in enumerate(texts(paper, neighbours)):
            found = runs(text) if text else []
            lengths.append(len(found))
            self._count(position, field, Counter(found), self._known(field))
            if field == AUTHORS:
                self._count(position, field, dict.fromkeys(found, 1), self._names)
        self.lengths.append(lengths)

    def occurrences(self) -> tuple[NDArray[np.int64], ...]:
        """Parallel arrays: term, paper, field, count."""
        sizes = np.array([len(terms) for terms in self._terms], dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum(sizes)))
        flat = np.fromiter(chain.from_iterable(self._terms), dtype=np.int64, count=int(starts[-1]))
        seen = np.array(self._runs, dtype=np.int64)
        times = sizes[seen]
        before = np.concatenate(([0], np.cumsum(times)))[:-1]
        places = np.repeat(starts[seen] - before, times) + np.arange(int(times.sum()))
        blocks = np.array(self._blocks, dtype=np.int64).reshape(-1, 3)
        papers, fields = (
            np.repeat(np.repeat(blocks[:, column], blocks[:, 2]), times) for column in (0, 1)
        )
        return flat[places], papers, fields, np.repeat(np.array(self._counts, np.int64), times)

    def words(self) -> dict[str, int]:
        """Every word of titles, abstracts and authors with a rough count of its papers."""
        papers = np.bincount(np.array(self._runs, dtype=np.int64), minlength=len(self._terms))
        totals: Counter[str] = Counter()
        for run, place in chain(self._titles.items(), self._bodies.items(), self._names.items()):
            for word in words_of(run):
                totals[word] += int(papers[place])
        return {word: count for word, count in totals.items() if word not in STOP_WORDS}

    def title_words(self) -> set[str]:
        """Words that occur in any title."""
        return {word for run in self._titles for word in words_of(run)}

    def _known(self, field: int) -> _Runs:
        if field == TITLE:
            return self._titles
        return self._bodies if field == ABSTRACT else self._lent

    def _count(self, position: int, field: int, counts: Mapping[str, int], known: _Runs) -> None:
        if counts:
            self._runs.extend(map(known.__getitem__, counts))
            self._counts.extend(counts.values())
            self._blocks.append((position, field, len(counts)))

    def _title_terms(self, run: str) -> tuple[int, ...]:
        return self._numbered(token(run, self._is_english).terms)

    def _body_terms(self, run: str) -> tuple[int, ...]:
        terms = token(run, self._is_english).terms
        return self._numbered(term for term in terms if term not in self._stop_terms)

    def _name_terms(self, run: str) -> tuple[int, ...]:
        return self._numbered(AUTHOR + word for word in words_of(run))

    def _numbered(self, terms: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.ids.setdefault(term, len(self.ids)) for term in terms)
