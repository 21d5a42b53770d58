"""Who uses which of a few terms in; the set of them that names a group best out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Flags, Ints

Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]

COVERED = 0.65
"""The share of a topic's papers that its label's terms must reach."""
AIMED_AT = 0.68
"""The share at which nothing more is gained: some room for papers that are yet to come."""
_SHORTFALL = 3.0
_WORTH, _AGREEMENT = 0.6, 0.4
_BY_COUNT = (0.0, 0.0, 0.3, 0.3)
_PAIRS = {1: [(0, 0)], 2: [(0, 1)], 3: [(0, 1), (0, 2), (1, 2)]}


@dataclass(frozen=True, slots=True)
class TermSet:
    """One to four terms, by their places among the candidates, and what they reach."""

    value: float = 0.0
    places: tuple[int, ...] = ()
    coverage: float = 0.0
    """The share of the group's papers that use any of them."""
    precision: float = 0.0
    """The share of the papers that use any of them that are in the group."""

    @property
    def covers(self) -> bool:
        """Whether it reaches enough of the group."""
        return self.coverage >= COVERED


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Who uses which of some candidates, in the group and everywhere: a bit for each paper."""

    size: int
    """Papers of the group."""
    near: Bits
    """Candidates × the group's papers."""
    far: Bits
    """Candidates × all papers that use any of them."""

    @classmethod
    def of(cls, hits: Flags, group: Ints) -> Reach:
        """For a group of the papers that are the rows of `hits`, whose columns are candidates."""
        return cls(len(group), _packed(hits[group]), _packed(hits[hits.any(axis=1)]))

    def best(self, among: Ints, worth: Floats, free: Flags, broad: int) -> TermSet:
        """One to three candidates: good ones that reach the group's papers, and no others.

        `worth` is by candidate; `free` says which two may stand together. A group of `broad`
        papers and more may take a fourth where three do not reach enough of it.
        """
        best = TermSet(-9.0)
        for length in range(1, min(3, len(among)) + 1):
            sets = among[_sets(len(among), length)]
            if not free.all():
                apart = [free[sets[:, a], sets[:, b]] for a, b in _PAIRS[length]]
                sets = sets[np.all(apart, axis=0)]
            if len(sets):
                best = max(best, self._best_of(sets, worth), key=lambda found: found.value)
        if not best.covers and self.size >= broad:
            return self._with_fourth(best, among, free)
        return best

    def reached(self) -> Ints:
        """For each candidate, the group's papers that use it."""
        return _counted(self.near)

    def used(self) -> Ints:
        """For each candidate, all papers that use it."""
        return _counted(self.far)

    def _best_of(self, sets: Ints, worth: Floats) -> TermSet:
        reached, used = _counted(_united(self.near, sets)), _counted(_united(self.far, sets))
        coverage, precision = reached / self.size, reached / np.maximum(1, used)
        # Reaching 65 % comes first; then strong terms that hold the group and little else.
        value = _WORTH * worth[sets].mean(axis=1) + _AGREEMENT * f2(coverage, precision)
        value -= _SHORTFALL * np.maximum(0.0, AIMED_AT - coverage)
        value = np.round(value + _BY_COUNT[sets.shape[1]], 9)
        i = int(np.argmax(value))
        places = tuple(int(place) for place in sets[i])
        return TermSet(float(value[i]), places, float(coverage[i]), float(precision[i]))

    def _with_fourth(self, best: TermSet, among: Ints, free: Flags) -> TermSet:
        """Three terms and the one that reaches most of the papers that these do not."""
        others = [i for i in among.tolist() if free[i, list(best.places)].all()]
        sets = np.array([(*best.places, other) for other in others], dtype=np.int64)
        if not others:
            return best
        reached = _counted(_united(self.near, sets))
        i = int(np.argmax(reached))
        if reached[i] < COVERED * self.size:
            return best
        used = int(_counted(_united(self.far, sets[i : i + 1]))[0])
        places = (*best.places, others[i])
        return TermSet(best.value, places, int(reached[i]) / self.size, int(reached[i]) / used)


def _packed(hits: Flags) -> Bits:
    """Papers × candidates turned into candidates × papers, sixty-four papers a number."""
    padded = np.zeros((hits.shape[1], -(-len(hits) // 64) * 64), dtype=np.bool_)
    padded[:, : len(hits)] = hits.T
    return np.packbits(padded, axis=1).view(np.uint64)


def _united(bits: Bits, sets: Ints) -> Bits:
    """For each set of candidates, the papers that use any of them."""
    union = bits[sets[:, 0]]
    for column in range(1, sets.shape[1]):
        union |= bits[sets[:, column]]
    return union


def _counted(bits: Bits) -> Ints:
    return np.asarray(np.bitwise_count(bits).sum(axis=1, dtype=np.int64))


@lru_cache(maxsize=128)
def _sets(count: int, length: int) -> Ints:
    """All sets of so many of `count` places, a row each."""
    return np.array(list(combinations(range(count), length)), dtype=np.int64).reshape(-1, length)


def f2(coverage: Floats, precision: Floats) -> Floats:
    """Agreement in which holding the group counts twice as much as holding nothing else.

    F-beta with beta 2 (van Rijsbergen 1979): a term of which the group has most papers names it
    better than a rare one that no other group has; that terms set it apart is asked for already.
    """
    return np.asarray(5 * coverage * precision / np.maximum(coverage + 4 * precision, 1e-9))


def standing_together(words: Sequence[tuple[str, ...]]) -> Flags:
    """Candidates × candidates: whether neither is a part of the other."""
    free = np.ones((len(words), len(words)), dtype=np.bool_)
    users: dict[str, list[int]] = {}
    for a, phrase in enumerate(words):
        for word in phrase:
            for b in users.setdefault(word, []):
                if overlaps(phrase, words[b]):
                    free[a, b] = free[b, a] = False
        for word in phrase:
            users[word].append(a)
    return free


def overlaps(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one phrase stands inside the other."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return short[0] in long and any(
        long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)
    )
