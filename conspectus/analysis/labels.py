"""Groups of papers in; for each group the terms that set it apart, and those that name it, out.

Terms are scored by the log-likelihood ratio (Dunning 1993) of the papers that use them inside
the group and outside. Where two groups want the same term, or one a part of the other's, the one
that is named nearly as well without it gives way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

COVERED = 0.65
"""The share of a topic's papers that its label's terms must reach."""
TIMES_AS_FREQUENT = 2.0
_CANDIDATES = 10
_WIDEST = 6
_SHOWN = 12
_PLAIN = 0.5
_BROAD = 20
_RAREST = 2_500
_BEYOND_CHANCE = 3.84
"""The log-likelihood ratio that chance exceeds once in twenty terms."""
_PHRASE = 0.15
"""How much better a phrase reads than a single word."""
_SHARE = 0.4
"""The share of a group's papers below which a term names a minority of it."""
_MINORITY = 0.8
_BY_LENGTH = np.array([0.0, 0.7, 1.15, 1.1, 1.0])


@dataclass(frozen=True, slots=True)
class Name:
    """What a group is called and by what evidence."""

    terms: tuple[int, ...]
    """Term numbers, best first."""
    coverage: float
    """The share of the group's papers that use any of them."""
    precision: float
    """The share of the papers that use any of them that are in the group."""
    focus: float
    """The agreement (F2) of the group with the papers of its best single term."""
    evidence: tuple[tuple[int, float], ...]
    """Terms that set the group apart, with a weight from 0 to 1, best first."""

    @property
    def agreement(self) -> float:
        """The harmonic mean of coverage and precision: F1."""
        total = self.coverage + self.precision
        return 2 * self.coverage * self.precision / total if total else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Uses:
    """Who uses which term that may name a topic."""

    matrix: csr_matrix
    """Papers × terms, of ones."""
    terms: Ints
    """The terms' numbers in the vocabulary."""
    words: tuple[tuple[str, ...], ...]
    lengths: Ints
    """In words."""
    weight: Floats
    is_label: Flags
    """Whether a term is a good name; the others are plainer words for want of a better."""

    @classmethod
    def of(cls, vocabulary: Vocabulary, phrases: Phrases) -> Uses:
        """The terms of at least two papers (one, where there are no more; four of 10,000)."""
        plain = phrases.is_shared & ~phrases.is_name
        papers = vocabulary.counts.shape[0]
        fewest = max(min(2, papers), papers // _RAREST)
        terms = np.flatnonzero((phrases.is_label | plain) & (vocabulary.frequency >= fewest))
        matrix = vocabulary.counts[:, terms].tocsr().astype(np.float32)
        matrix.data[:] = 1.0
        return cls(
            matrix,
            terms,
            tuple(vocabulary.terms[term] for term in terms.tolist()),
            vocabulary.lengths()[terms],
            phrases.weight[terms],
            phrases.is_label[terms],
        )


_NAMELESS = Name((), 0.0, 0.0, 0.0, ())


def name(
    groups: Sequence[Ints], uses: Uses, taken: Sequence[tuple[str, ...]] = ()
) -> tuple[Name, ...]:
    """Name sibling groups without the phrases in `taken`, their parts and what holds them.

    A group that good terms do not reach is named by plainer words too, where these do.
    """
    if not groups:
        return ()
    counted = _Counted.of(groups, uses)
    found = list(_name(counted, uses.is_label[counted.columns], taken))
    missed = [group for group, name in enumerate(found) if name.coverage < COVERED]
    if missed:
        number = {int(term): column for column, term in enumerate(uses.terms)}
        used = [
            uses.words[number[term]]
            for group, name in enumerate(found)
            if group not in missed
            for term in name.terms
        ]
        every = np.ones(len(counted.columns), dtype=np.bool_)
        second = _name(counted, every, [*taken, *used], missed)
        for group in missed:
            if second[group].coverage >= COVERED or not found[group].terms:
                found[group] = second[group]
        found = _apart(found, missed, uses, number)
    return tuple(found)


def _apart(
    found: list[Name], missed: Sequence[int], uses: Uses, number: dict[int, int]
) -> list[Name]:
    """Take from heaps that kept their first name what another's second name now holds."""
    for group in missed:
        if found[group].coverage >= COVERED:
            continue
        others = [
            uses.words[number[term]]
            for other, name in enumerate(found)
            if other != group
            for term in name.terms
        ]
        kept = tuple(
            term
            for term in found[group].terms
            if not any(overlaps(uses.words[number[term]], words) for words in others)
        )
        found[group] = replace(found[group], terms=kept)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """The terms that some of these papers share, and how often each group uses them."""

    sizes: list[int]
    rows: csr_matrix
    """Papers, group after group, × terms."""
    columns: Ints
    """The terms' columns in `uses`."""
    uses: Uses
    inside: Floats
    """Groups × terms: papers."""

    @classmethod
    def of(cls, groups: Sequence[Ints], uses: Uses) -> _Counted:
        from scipy.sparse import csr_matrix

        sizes = [len(papers) for papers in groups]
        rows = uses.matrix[np.concatenate(groups)]
        total = np.bincount(rows.indices, minlength=rows.shape[1])
        columns = np.flatnonzero(total >= min(2, rows.shape[0]))
        if len(columns) < rows.shape[1]:
            rows = rows[:, columns]
        owners = np.repeat(np.arange(len(sizes)), sizes)
        join = csr_matrix(
            (np.ones(len(owners)), (owners, np.arange(len(owners)))), (len(sizes), len(owners))
        )
        return cls(sizes, rows, columns, uses, np.asarray((join @ rows).toarray(), np.float64))

    def words(self, place: int) -> tuple[str, ...]:
        return self.uses.words[self.columns[place]]


def _name(
    counted: _Counted,
    allowed: Flags,
    taken: Sequence[tuple[str, ...]],
    wished: Sequence[int] | None = None,
) -> tuple[Name, ...]:
    """Names for the groups wished, or all."""
    if not allowed.any():
        return tuple(_NAMELESS for _ in counted.sizes)
    held = _by_word(taken)
    scores = _scores(counted) * (counted.uses.weight[counted.columns] * allowed)
    hopeful = [
        _hopeful(scores[g], counted, held) if wished is None or g in wished else []
        for g in range(len(counted.sizes))
    ]
    wanted = sorted({place for places in hopeful for place in places})
    hits = counted.rows[:, wanted].toarray() > 0
    column = {place: i for i, place in enumerate(wanted)}

    def choose(group: int, refused: Collection[int]) -> _Choice:
        places = [place for place in hopeful[group] if place not in refused]
        columns = hits[:, [column[place] for place in places]]
        return _choice(group, counted, places, scores[group], columns)

    chosen = _parted(choose, len(counted.sizes), counted)
    return tuple(choice.name for choice in chosen)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A name, what it is worth, and its terms' places among the counted terms."""

    name: Name
    value: float = 0.0
    places: tuple[int, ...] = ()


def _parted(
    choose: Callable[[int, Collection[int]], _Choice], groups: int, counted: _Counted
) -> list[_Choice]:
    """A name for each group, no term of one being, holding or standing in a term of another's.

    Where two groups want the same term, the one that is named nearly as well without it gives
    way; of equals, the later one.
    """
    refused: list[set[int]] = [set() for _ in range(groups)]
    chosen = [choose(group, ()) for group in range(groups)]
    while (clash := _clash(chosen, counted)) is not None:
        options = []
        for group, place in clash:
            without = choose(group, refused[group] | {place})
            options.append((round(chosen[group].value - without.value, 9), -group, place, without))
        _, group, place, without = min(options, key=lambda option: option[:3])
        refused[-group].add(place)
        chosen[-group] = without
    return chosen


def _clash(
    chosen: Sequence[_Choice], counted: _Counted
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first two groups, each with its place, whose terms overlap."""
    by_word: dict[str, list[tuple[int, int]]] = {}
    for group, choice in enumerate(chosen):
        for place in choice.places:
            words = counted.words(place)
            for word in words:
                for there, other in by_word.get(word, ()):
                    if there != group and overlaps(words, counted.words(other)):
                        return (there, other), (group, place)
            for word in words:
                by_word.setdefault(word, []).append((group, place))
    return None


def _scores(counted: _Counted) -> Floats:
    """Groups × terms; 0 where a term is not at least twice as frequent inside as outside."""
    total = sum(counted.sizes)
    everywhere: Floats = counted.inside.sum(axis=0)
    lengths = counted.uses.lengths[counted.columns]
    bonus = _BY_LENGTH[lengths]
    scores = [
        bonus * _log_likelihood(inside, everywhere, size, total, lengths)
        for inside, size in zip(counted.inside, counted.sizes, strict=True)
    ]
    return np.asarray(np.round(np.array(scores), 6), dtype=np.float64)


def _log_likelihood(
    inside: Floats, everywhere: Floats, size: int, total: int, lengths: Ints
) -> Floats:
    # A single word has to speak for more of the group than a phrase does.
    fewest = np.where(lengths == 1, np.minimum(max(3.0, 0.12 * size), size), min(2, size))
    fits = inside >= fewest
    score = np.zeros(len(inside))
    if total == size:
        score[fits] = 2 * inside[fits]
        return score
    fits &= inside / size >= TIMES_AS_FREQUENT * (everywhere - inside) / (total - size)
    within, around = inside[fits], everywhere[fits]
    outside = around - within
    found = within * np.log(within * total / (around * size))
    found += outside * np.log(np.maximum(outside, 1e-9) * total / (around * (total - size)))
    score[fits] = np.where(2 * found >= _BEYOND_CHANCE, 2 * found, 0.0)
    return score


def _hopeful(
    scores: Floats, counted: _Counted, taken: Mapping[str, Sequence[tuple[str, ...]]]
) -> list[int]:
    """Candidates, best first: places among the counted terms."""
    places = np.flatnonzero(scores > 0)
    order = places[np.argsort(-scores[places], kind="stable")].tolist()
    free = (p for p in order if not _is_taken(counted.words(p), taken))
    return list(islice(free, 2 * _CANDIDATES))


def _is_taken(words: tuple[str, ...], taken: Mapping[str, Sequence[tuple[str, ...]]]) -> bool:
    return any(overlaps(words, other) for word in words for other in taken.get(word, ()))


def _by_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in phrases:
        for word in words:
            found.setdefault(word, []).append(words)
    return found


def overlaps(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one phrase stands inside the other."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return short[0] in long and any(
        long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)
    )


def _choice(
    group: int, counted: _Counted, candidates: list[int], scores: Floats, hits: Flags
) -> _Choice:
    """`scores` are by place; `hits` are papers × candidates."""
    if not candidates:
        return _Choice(_NAMELESS)
    start, size = sum(counted.sizes[:group]), counted.sizes[group]
    inside = hits[start : start + size].sum(axis=0)
    wide = np.argsort(-inside, kind="stable")[:_WIDEST].tolist()
    best = sorted({*range(min(_CANDIDATES, len(candidates))), *wide})
    everywhere = hits[:, best]
    worth = np.sqrt(scores[candidates] / scores[candidates[0]])
    reached, used = inside[best], everywhere.sum(axis=0)
    alone = _f2(reached / size, reached / np.maximum(1, used))
    words = [counted.words(candidates[i]) for i in best]
    is_phrase = np.array([len(term) > 1 for term in words])
    minority = np.maximum(0.0, _SHARE - reached / size) / _SHARE
    value = worth[best] + alone + _PHRASE * is_phrase - _MINORITY * minority
    columns = [counted.columns[candidates[i]] for i in best]
    value = value - _PLAIN * ~counted.uses.is_label[columns]
    worth_of_set, chosen, coverage, precision = _best_set(
        everywhere[start : start + size], everywhere[everywhere.any(axis=1)], value, words
    )
    # The term that names the group best on its own stands first.
    chosen = tuple(sorted(chosen, key=lambda i: (-round(float(value[i]), 9), i)))
    terms = counted.uses.terms[counted.columns]
    evidence = tuple(
        (int(terms[p]), round(float(w), 2))
        for p, w in zip(candidates[:_SHOWN], worth[:_SHOWN].tolist(), strict=False)
    )
    places = tuple(candidates[best[i]] for i in chosen)
    named = Name(
        tuple(int(terms[place]) for place in places),
        round(coverage, 4),
        round(precision, 4),
        round(float(alone.max()), 4),
        evidence,
    )
    return _Choice(named, worth_of_set, places)


def _best_set(
    inside: Flags, everywhere: Flags, worth: Floats, words: Sequence[tuple[str, ...]]
) -> tuple[float, tuple[int, ...], float, float]:
    """One to three candidates: good ones that together reach the group's papers, and no others.

    Gives their value, places, coverage and precision.
    """
    size, count = inside.shape
    free = np.ones((count, count), dtype=np.bool_)
    for a, b in combinations(range(count), 2):
        if overlaps(words[a], words[b]):
            free[a, b] = free[b, a] = False
    near, far = _Unions.of(inside), _Unions.of(everywhere)
    best: tuple[float, tuple[int, ...], float, float] = (-9.0, (), 0.0, 0.0)
    for length in range(1, min(3, count) + 1):
        sets = _sets(count, length)
        sets = sets[np.all([free[sets[:, a], sets[:, b]] for a, b in _PAIRS[length]], axis=0)]
        if not len(sets):
            continue
        reached = near.of_sets(sets)
        coverage, precision = reached / size, reached / np.maximum(1, far.of_sets(sets))
        value = np.round(_value(coverage, precision, worth[sets].mean(axis=1), length), 9)
        i = int(np.argmax(value))
        if value[i] > best[0]:
            found = tuple(int(place) for place in sets[i])
            best = (float(value[i]), found, float(coverage[i]), float(precision[i]))
    if best[2] < COVERED and size >= _BROAD:
        return (best[0], *_with_fourth(best[1], inside, everywhere, free))
    return best


_PAIRS = {1: [(0, 0)], 2: [(0, 1)], 3: [(0, 1), (0, 2), (1, 2)]}


@lru_cache(maxsize=128)
def _sets(count: int, length: int) -> Ints:
    """All sets of so many of `count` places, a row each."""
    return np.array(list(combinations(range(count), length)), dtype=np.int64).reshape(-1, length)


@dataclass(frozen=True, slots=True, eq=False)
class _Unions:
    """Sizes of unions by inclusion and exclusion: no loop over sets."""

    hits: NDArray[np.float32]
    both: NDArray[np.float32]

    @classmethod
    def of(cls, hits: Flags) -> _Unions:
        counted = hits.astype(np.float32)
        return cls(counted, counted.T @ counted)

    def of_sets(self, sets: Ints) -> Floats:
        alone = np.diag(self.both)
        union = alone[sets].sum(axis=1)
        if sets.shape[1] > 1:
            union = union - sum(self.both[sets[:, a], sets[:, b]] for a, b in _PAIRS[sets.shape[1]])
        if sets.shape[1] == 3:
            union = union + self._threefold()[sets[:, 0], sets[:, 1], sets[:, 2]]
        return np.asarray(np.rint(union), dtype=np.float64)

    def _threefold(self) -> NDArray[np.float32]:
        """Papers that use all three, for each three places."""
        count = self.hits.shape[1]
        found = np.empty((count, count, count), dtype=np.float32)
        for place in range(count):
            mine = self.hits[self.hits[:, place] > 0, place:]
            found[place, place:, place:] = mine.T @ mine
        return found


def _with_fourth(
    chosen: tuple[int, ...], inside: Flags, everywhere: Flags, free: Flags
) -> tuple[tuple[int, ...], float, float]:
    """A broad group may need a fourth term to reach 65 % of its papers."""
    size = len(inside)
    reached = inside[:, list(chosen)].any(axis=1)
    others = [
        i for i in range(inside.shape[1]) if i not in chosen and all(free[i, j] for j in chosen)
    ]
    more = [int((reached | inside[:, i]).sum()) for i in others]
    if more and max(more) >= COVERED * size:
        chosen = (*chosen, others[int(np.argmax(more))])
    both = int(inside[:, list(chosen)].any(axis=1).sum())
    used = int(everywhere[:, list(chosen)].any(axis=1).sum())
    return chosen, both / size, both / max(1, used)


def _value(coverage: Floats, precision: Floats, worth: Floats, length: int) -> Floats:
    """Reaching 65 % comes first; then strong terms that hold the group and little else."""
    shortfall = np.maximum(0.0, COVERED + 0.03 - coverage)
    agreement = _f2(coverage, precision)
    return np.asarray(-3.0 * shortfall + 0.6 * worth + 0.4 * agreement + _BY_COUNT[length])


def _f2(coverage: Floats, precision: Floats) -> Floats:
    """Agreement in which holding the group counts twice as much as holding nothing else.

    F-beta with beta 2 (van Rijsbergen 1979): a term of which the group has most papers names it
    better than a rare one that no other group has; that terms set it apart is asked for already.
    """
    return np.asarray(5 * coverage * precision / np.maximum(coverage + 4 * precision, 1e-9))


_BY_COUNT = (0.0, 0.0, 0.3, 0.3)
