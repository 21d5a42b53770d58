"""Groups of papers in; for each group the terms that set it apart, and those that name it, out.

Where two groups want the same term, or one a part of the other's, the one that is named nearly
as well without it gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.termsets import (
    COVERED,
    Floats,
    Reach,
    TermSet,
    f2,
    overlaps,
    standing_together,
)
from conspectus.analysis.uses import Counts, Uses

_GOOD, _PLAINER = 14, 8
"""Candidates of a group: good terms, and plainer words for want of them."""
_LOOKED_AT = 1_000
_BEST, _WIDEST = 10, 6
"""Of these, how many are tried together: the best, and those that reach most papers."""
_TOLD = 24
"""Terms that are told as evidence of a group; some are then left out for its siblings' sake."""
_BROAD = 12
"""Papers from which on a group may need a fourth term."""
_PLAIN = 0.5
_PHRASE = 0.15
"""How much better a phrase reads than a single word."""
_SHARE = 0.4
"""The share of a group's papers below which a term names a minority of it."""
_MINORITY = 0.8


Evidence = tuple[tuple[int, float], ...]
"""Terms and their weights."""


class Taken:
    """Phrases that other groups have: no name may use them, their parts or what holds them."""

    def __init__(self, phrases: Iterable[tuple[str, ...]] = ()) -> None:
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._known: dict[tuple[str, ...], bool] = {}
        for phrase in phrases:
            self.add(phrase)

    def add(self, phrase: tuple[str, ...]) -> None:
        """Take one more."""
        self._known.clear()
        for word in phrase:
            self._by_word.setdefault(word, []).append(phrase)

    def clashes(self, phrase: tuple[str, ...]) -> bool:
        """Whether this phrase overlaps one that is taken."""
        if phrase not in self._known:
            self._known[phrase] = any(
                overlaps(phrase, other) for word in phrase for other in self._by_word.get(word, ())
            )
        return self._known[phrase]


@dataclass(frozen=True, slots=True)
class Name:
    """What a group is called and by what evidence."""

    terms: tuple[int, ...]
    """Term numbers, best first."""
    coverage: float
    """The share of the group's papers that use any of them."""
    precision: float = 0.0
    """The share of the papers that use any of them that are in the group."""
    focus: float = 0.0
    """The agreement (F2) of the group with the papers of its best single term."""
    evidence: Evidence = ()
    """Terms that set the group apart, with a weight from 0 to 1, best first."""

    @property
    def agreement(self) -> float:
        """The harmonic mean of coverage and precision: F1."""
        total = self.coverage + self.precision
        return 2 * self.coverage * self.precision / total if total else 0.0

    @property
    def covers(self) -> bool:
        """Whether it reaches enough of the group."""
        return self.coverage >= COVERED


NAMELESS = Name((), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Namer:
    """Names groups of the same papers, again and again: what was counted of a group is kept."""

    counts: Counts
    taken: Taken
    known: dict[bytes, _Candidates] = field(default_factory=dict)

    @classmethod
    def of(cls, papers: Ints, uses: Uses, taken: Taken | None = None) -> Namer:
        """For groups of these papers."""
        return cls(Counts.of(papers, uses), taken or Taken())

    def names(self, groups: Sequence[Ints]) -> tuple[Name, ...]:
        """Name groups that have no paper in common; each holds papers by their place."""
        found = [self._candidates(group) for group in groups]
        return tuple(choice.name for choice in _parted(found, self.counts.words))

    def evidence(self, group: Ints) -> Evidence:
        """The terms that set a group apart, with a weight from 0 to 1, best first."""
        scores = self.counts.scores(group)
        able, is_label = _ranked(scores, self.counts)
        best = able[is_label][:_TOLD]
        worth = np.round(np.sqrt(scores[best] / scores[best].max(initial=1e-9)), 2).tolist()
        numbers = self.counts.uses.terms[self.counts.places[best]].tolist()
        return tuple(zip(numbers, worth, strict=True))

    def _candidates(self, group: Ints) -> _Candidates:
        key = group.tobytes()
        if key not in self.known:
            self.known[key] = _Candidates.of(group, self.counts, self.taken)
        return self.known[key]


@dataclass(frozen=True, slots=True)
class Choice:
    """A name, what it is worth, and its terms' places among the counted terms."""

    name: Name = NAMELESS
    value: float = 0.0
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The terms that may name a group, the best first; good ones stand before plainer ones."""

    places: Ints
    terms: Ints
    worth: Floats
    """What each says of the group, from 0 to 1."""
    alone: Floats
    """The agreement of the group with the papers of each."""
    is_good: Flags
    is_wide: Ints
    """Candidates by the number of papers that they reach, most first."""
    value: Floats
    free: Flags
    reach: Reach
    made: dict[frozenset[int], Choice] = field(default_factory=dict)

    @classmethod
    def of(cls, group: Ints, counts: Counts, taken: Taken) -> _Candidates:
        scores = counts.scores(group)
        able, is_label = _ranked(scores, counts)
        good = _free(able[is_label], counts, taken, _GOOD)
        places = good + _free(able[~is_label], counts, taken, _PLAINER)
        hits = counts.hits(places)
        reach = Reach.of(hits, group)
        reached, used = reach.reached(), reach.used()
        share = reached / max(1, len(group))
        alone = f2(share, reached / np.maximum(1, used))
        best = scores[places].max(initial=1e-9)
        worth = np.sqrt(scores[places] / best)
        words = [counts.words(place) for place in places]
        is_good = np.arange(len(places)) < len(good)
        value = worth + alone - _MINORITY * np.maximum(0.0, _SHARE - share) / _SHARE
        value += _PHRASE * np.array([len(term) > 1 for term in words]) - _PLAIN * ~is_good
        return cls(
            np.array(places, dtype=np.int64),
            counts.uses.terms[counts.places[places]],
            worth,
            alone,
            is_good,
            np.argsort(-reached, kind="stable"),
            value,
            standing_together(words),
            reach,
        )

    def without(self, refused: Collection[int]) -> Choice:
        """The best name without some places: of good terms, or of plainer ones if these do."""
        key = frozenset(refused)
        if key not in self.made:
            is_open = np.array([place not in key for place in self.places.tolist()], dtype=np.bool_)
            good = self._chosen(is_open & self.is_good)
            plainer = good if good.covers else self._chosen(is_open)
            found = plainer if plainer.covers or not good.places else good
            self.made[key] = self._named(found, is_open)
        return self.made[key]

    def _chosen(self, is_open: Flags) -> TermSet:
        best = np.flatnonzero(is_open)[:_BEST]
        wide = self.is_wide[is_open[self.is_wide]][:_WIDEST]
        among = np.union1d(best, wide)
        return self.reach.best(among, self.value, self.free, _BROAD) if len(among) else TermSet()

    def _named(self, found: TermSet, is_open: Flags) -> Choice:
        # The term that names the group best on its own stands first.
        order = sorted(found.places, key=lambda i: (-round(float(self.value[i]), 9), i))
        named = Name(
            tuple(int(self.terms[i]) for i in order),
            round(found.coverage, 4),
            round(found.precision, 4),
            round(float(self.alone[is_open].max(initial=0.0)), 4),
        )
        return Choice(named, found.value, tuple(int(self.places[i]) for i in order))


def _ranked(scores: Floats, counts: Counts) -> tuple[Ints, Flags]:
    """The terms that set a group apart, the best first, and which of them are good names."""
    able = np.flatnonzero(scores)
    if len(able) > _LOOKED_AT:  # a group of thousands has as many, of which the first are asked for
        able = able[scores[able] >= np.partition(scores[able], -_LOOKED_AT)[-_LOOKED_AT]]
    able = able[np.argsort(-scores[able], kind="stable")]
    return able, counts.uses.is_label[counts.places[able]]


def _free(places: Ints, counts: Counts, taken: Taken, most: int) -> list[int]:
    """The first of these terms that nobody has taken."""
    order = (place for place in places.tolist() if not taken.clashes(counts.words(place)))
    return list(islice(order, most))


def _parted(groups: Sequence[_Candidates], words: Callable[[int], tuple[str, ...]]) -> list[Choice]:
    """A name for each group, no term of one being, holding or standing in a term of another's.

    Where two groups want the same term, the one that is named nearly as well without it gives
    way; of equals, the later one.
    """
    refused: list[set[int]] = [set() for _ in groups]
    chosen = [group.without(()) for group in groups]
    while (clash := _clash(chosen, words)) is not None:
        options = []
        for group, place in clash:
            without = groups[group].without(refused[group] | {place})
            options.append((round(chosen[group].value - without.value, 9), -group, place, without))
        _, group, place, without = min(options, key=lambda option: option[:3])
        refused[-group].add(place)
        chosen[-group] = without
    return chosen


def _clash(
    chosen: Sequence[Choice], words: Callable[[int], tuple[str, ...]]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first two groups, each with its place, whose terms overlap."""
    by_word: dict[str, list[tuple[int, int]]] = {}
    for group, choice in enumerate(chosen):
        for place in choice.places:
            for word in words(place):
                for there, other in by_word.get(word, ()):
                    if there != group and overlaps(words(place), words(other)):
                        return (there, other), (group, place)
            for word in words(place):
                by_word.setdefault(word, []).append((group, place))
    return None
