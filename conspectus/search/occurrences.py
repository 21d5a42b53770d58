"""Papers in; which terms occur in which of their fields, and how often, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from conspectus.model.papers import Corpus
from conspectus.search.fields import ABSTRACT, AUTHORS, FIELDS, TITLE, texts
from conspectus.search.pieces import pieces, runs_of
from conspectus.search.places import Places
from conspectus.search.stems import Stem
from conspectus.search.tokens import STOP_WORDS, stop_terms, terms_of, words_of

AUTHOR = "@"
"""Stands before a term that was read in an author's name."""

_BLOCK = 2048
"""Papers whose occurrences are held one by one; behind them, only their counts are kept."""
_MOST_TIMES = 255
"""What the occurrences of a run in one field count at most."""
_COMPLETED = (TITLE, ABSTRACT, AUTHORS)
"""Fields whose words are offered while one types."""
_NOTHING = np.empty(0, dtype=np.int64)

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Three parallel arrays, with an entry for each run of a field that stands for a term.

    In as little memory as will do: a survey of 100,000 papers has ten million of them.
    """

    terms: NDArray[np.int32]
    """Places in the vocabulary."""
    rows: NDArray[np.int32]
    """The paper's position times the number of fields, plus the field."""
    counts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """What was read."""

    blocks: tuple[Block, ...]
    vocabulary: tuple[str, ...]
    """Every term, in the order in which they came."""
    lengths: Integers
    """How many runs each paper has in each field; a row a paper."""
    words: dict[str, int]
    """Unstemmed words, and in how many titles, abstracts and lists of authors they occur."""
    title_words: frozenset[str]


def read(corpus: Corpus, neighbours: Mapping[str, Sequence[str]], stem: Stem) -> Occurrences:
    """Read every paper; `neighbours` holds the titles of the papers that are similar to each."""
    reader = _Reader(stem)
    for start in range(0, len(corpus.papers), _BLOCK):
        block = corpus.papers[start : start + _BLOCK]
        reader.read(start, [(texts(paper), neighbours.get(paper.id, ())) for paper in block])
    return reader.occurrences()


class _Reader:
    """Takes a text's pieces apart once, however often they occur, and counts in whole arrays."""

    def __init__(self, stem: Stem) -> None:
        self._stem = stem
        self._stop_terms = stop_terms(stem)
        self._terms: defaultdict[str, int] = defaultdict(count().__next__)
        self._runs: Places[str] = Places(self._terms_of)
        self._names: Places[str] = Places(self._names_of)
        self._pieces: Places[bytes] = Places(self._runs_of)
        self._title_places: dict[str, list[int]] = {}
        self._blocks: list[Block] = []
        self._lengths: list[Integers] = [_NOTHING]
        self._completed: list[Integers] = [_NOTHING]
        self._titles: list[Integers] = [_NOTHING]

    def read(self, start: int, papers: list[tuple[tuple[str, ...], Sequence[str]]]) -> None:
        """Count the terms of one block's texts and of the titles of similar papers; its first paper
        stands at position `start`."""
        found: list[int] = []
        ends = [0]
        for fields, titles in papers:
            for text in fields:
                if text:
                    found.extend(self._pieces.of(pieces(text)))
                ends.append(len(found))
            for title in titles:
                found.extend(self._places_in(title))
            ends.append(len(found))
        of, runs = self._pieces.expanded(np.array(found, dtype=np.int64))
        rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))[of]
        self._lengths.append(np.bincount(rows, minlength=len(ends) - 1))
        keys, counts = np.unique(rows << 32 | runs, return_counts=True)
        self._count(keys >> 32, keys & 0xFFFF_FFFF, counts, start * len(FIELDS))

    def occurrences(self) -> Occurrences:
        """Everything that was read."""
        words = [words_of(run) for run in self._runs]
        in_titles = np.unique(np.concatenate(self._titles)).tolist()
        return Occurrences(
            blocks=tuple(self._blocks),
            vocabulary=tuple(self._terms),
            lengths=np.concatenate(self._lengths).reshape(-1, len(FIELDS)),
            words=self._totals(words),
            title_words=frozenset(chain.from_iterable(words[place] for place in in_titles)),
        )

    def _places_in(self, title: str) -> list[int]:
        """The places of a title's pieces, looked up once: it is similar to several papers."""
        if title not in self._title_places:
            self._title_places[title] = list(self._pieces.of(pieces(title)))
        return self._title_places[title]

    def _count(self, rows: Integers, runs: Integers, counts: Integers, first_row: int) -> None:
        fields = rows % len(FIELDS)
        self._completed.append(runs[np.isin(fields, _COMPLETED)])
        self._titles.append(np.unique(runs[fields == TITLE]))
        of, terms = self._runs.expanded(runs)
        stays = (fields[of] == TITLE) | ~self._stops()[terms]
        of, terms = of[stays], terms[stays]
        self._blocks.append(_block(terms, rows[of] + first_row, counts[of]))

        is_name = fields == AUTHORS
        texts_of = list(self._runs)
        places = self._names.of(texts_of[run] for run in runs[is_name].tolist())
        of, terms = self._names.expanded(np.array(list(places), dtype=np.int64))
        self._blocks.append(_block(terms, rows[is_name][of] + first_row, np.ones_like(of)))

    def _totals(self, words: list[tuple[str, ...]]) -> dict[str, int]:
        """How often each word of a run is offered, from the words of each run."""
        totals: defaultdict[str, int] = defaultdict(int)
        counts = np.bincount(np.concatenate(self._completed), minlength=len(words))
        for parts, times in zip(words, counts.tolist(), strict=True):
            for word in parts:
                totals[word] += times
        return {word: total for word, total in totals.items() if total and word not in STOP_WORDS}

    def _stops(self) -> NDArray[np.bool_]:
        """Of each term, whether it counts in titles only."""
        places = [self._terms[term] for term in self._stop_terms if term in self._terms]
        is_stop = np.zeros(len(self._terms), dtype=bool)
        is_stop[places] = True
        return is_stop

    def _terms_of(self, runs: Sequence[str]) -> list[list[int]]:
        terms, stem = self._terms, self._stem
        return [[terms[term] for term in terms_of(run, stem)] for run in runs]

    def _names_of(self, runs: Sequence[str]) -> list[list[int]]:
        return [[self._terms[AUTHOR + word] for word in words_of(run)] for run in runs]

    def _runs_of(self, pieces: Sequence[bytes]) -> list[list[int]]:
        return [list(self._runs.of(runs_of(piece))) for piece in pieces]


def _block(terms: Integers, rows: Integers, counts: Integers) -> Block:
    return Block(
        terms.astype(np.int32),
        rows.astype(np.int32),
        np.minimum(counts, _MOST_TIMES).astype(np.uint8),
    )
