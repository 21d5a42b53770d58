"""Groups of papers in; for each group the terms that set it apart, and those that name it, out.

Terms are scored by the log-likelihood ratio (Dunning 1993) of the papers that use them inside
the group and outside. A term belongs to the one group that it speaks for most; no chosen term
is a part of another group's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Ints
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix, csr_matrix

Floats = NDArray[np.float64]

COVERED = 0.65
"""The share of a topic's papers that its label's terms must reach."""
TIMES_AS_FREQUENT = 2.0
_CANDIDATES = 16
_WIDEST = 8
_SHOWN = 12
_BROAD = 40
_BEYOND_CHANCE = 3.84
"""The log-likelihood ratio that chance exceeds once in twenty terms."""
_PHRASE = 0.1
"""How much better a phrase reads than a single word."""
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
    """The agreement (F1) of the group with the papers of its best single term."""
    evidence: tuple[tuple[int, float], ...]
    """Terms that set the group apart, with a weight from 0 to 1, best first."""

    @property
    def agreement(self) -> float:
        """The harmonic mean of coverage and precision: F1."""
        total = self.coverage + self.precision
        return 2 * self.coverage * self.precision / total if total else 0.0


def name(
    groups: Sequence[Ints],
    vocabulary: Vocabulary,
    phrases: Phrases,
    taken: Sequence[tuple[str, ...]] = (),
) -> tuple[Name, ...]:
    """Name sibling groups without the phrases in `taken`, their parts and what holds them.

    A group for which no good term is left is named by plainer words, if any.
    """
    found = list(_name(groups, vocabulary, phrases, phrases.is_label, taken))
    nameless = [group for group, name in enumerate(found) if not name.terms]
    if nameless:
        used = [vocabulary.terms[term] for name in found for term in name.terms]
        plain = phrases.is_shared & ~phrases.is_name
        second = _name(groups, vocabulary, phrases, plain, [*taken, *used])
        for group in nameless:
            found[group] = second[group]
    return tuple(found)


def _name(
    groups: Sequence[Ints],
    vocabulary: Vocabulary,
    phrases: Phrases,
    allowed: NDArray[np.bool_],
    taken: Sequence[tuple[str, ...]],
) -> tuple[Name, ...]:
    sizes = [len(papers) for papers in groups]
    if not groups:
        return ()
    uses, usable = _used(groups, vocabulary, allowed)
    if not len(usable):
        return tuple(Name((), 0.0, 0.0, 0.0, ()) for _ in groups)
    scores = _scores(sizes, uses, vocabulary.terms, usable) * phrases.weight[usable]
    owner = np.argmax(scores, axis=0)
    owned = [
        _owned(scores[g], owner == g, vocabulary.terms, usable, taken) for g in range(len(groups))
    ]
    owned = _without_parts_of_others(owned, scores, vocabulary.terms, usable)
    columns = uses.tocsc()
    return tuple(
        _named(g, sizes, candidates, scores[g], columns, vocabulary.terms, usable)
        for g, candidates in enumerate(owned)
    )


def _used(
    groups: Sequence[Ints], vocabulary: Vocabulary, allowed: NDArray[np.bool_]
) -> tuple[csr_matrix, list[int]]:
    """Who uses which allowed term: papers, group after group, × terms; and the terms' numbers."""
    rows = vocabulary.counts[np.concatenate(groups)]
    inside = np.bincount(rows.indices, minlength=len(vocabulary.terms))
    usable = np.flatnonzero(allowed & (inside >= min(2, rows.shape[0])))
    uses = rows[:, usable]
    uses.data = np.ones_like(uses.data)
    return uses, [int(term) for term in usable]


def _scores(
    sizes: Sequence[int],
    uses: csr_matrix,
    terms: Sequence[tuple[str, ...]],
    usable: list[int],
) -> Floats:
    """Groups × terms; 0 where a term is not at least twice as frequent inside as outside."""
    from scipy.sparse import csr_matrix

    total = sum(sizes)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    join = csr_matrix((np.ones(total), (owners, np.arange(total))), shape=(len(sizes), total))
    inside: Floats = (join @ uses).toarray()
    everywhere: Floats = inside.sum(axis=0)
    lengths = np.array([len(terms[i]) for i in usable], dtype=np.int64)
    bonus = _BY_LENGTH[lengths]
    scores = [
        bonus * _log_likelihood(inside[g], everywhere, size, total, lengths)
        for g, size in enumerate(sizes)
    ]
    return np.asarray(np.round(np.array(scores), 6), dtype=np.float64)


def _log_likelihood(
    inside: Floats, everywhere: Floats, size: int, total: int, lengths: Ints
) -> Floats:
    # A single word has to speak for more of the group than a phrase does.
    fewest = np.where(lengths == 1, np.minimum(max(3.0, 0.12 * size), size), min(2, size))
    outside = everywhere - inside
    rest = max(1, total - size)
    expected_in = everywhere * size / total
    expected_out = everywhere * (total - size) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(inside > 0, inside * np.log(inside / expected_in), 0.0)
        if total > size:
            score += np.where(outside > 0, outside * np.log(outside / expected_out), 0.0)
        else:
            score = inside
    fits = (inside >= fewest) & (inside / size >= TIMES_AS_FREQUENT * outside / rest)
    fits &= 2 * score >= _BEYOND_CHANCE
    if total == size:
        fits = inside >= fewest
    return np.where(fits, 2 * score, 0.0)


def _owned(
    scores: Floats,
    is_owned: NDArray[np.bool_],
    terms: Sequence[tuple[str, ...]],
    usable: list[int],
    taken: Sequence[tuple[str, ...]],
) -> list[int]:
    """Candidates, best first: places in `usable`."""
    places = np.flatnonzero(is_owned & (scores > 0))
    order = sorted(places.tolist(), key=lambda p: (-scores[p], terms[usable[p]]))
    free = (p for p in order if not any(overlaps(terms[usable[p]], words) for words in taken))
    return list(islice(free, 4 * _CANDIDATES))


def _without_parts_of_others(
    owned: list[list[int]],
    scores: Floats,
    terms: Sequence[tuple[str, ...]],
    usable: list[int],
) -> list[list[int]]:
    """Where one group's candidate is a part of another's, the better one stays."""
    ranked = sorted(
        (
            (float(scores[g, p]), g, p)
            for g, places in enumerate(owned)
            for p in places[:_CANDIDATES]
        ),
        key=lambda entry: (-entry[0], terms[usable[entry[2]]]),
    )
    kept: list[tuple[int, int]] = []
    for _, group, place in ranked:
        words = terms[usable[place]]
        if all(
            group == other or not overlaps(words, terms[usable[there]]) for other, there in kept
        ):
            kept.append((group, place))
    return [[place for group, place in kept if group == g] for g in range(len(owned))]


def overlaps(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one phrase stands inside the other."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return short[0] in long and any(
        long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)
    )


def _named(
    group: int,
    sizes: Sequence[int],
    candidates: list[int],
    scores: Floats,
    uses: csc_matrix,
    terms: Sequence[tuple[str, ...]],
    usable: list[int],
) -> Name:
    if not candidates:
        return Name((), 0.0, 0.0, 0.0, ())
    start, size = sum(sizes[:group]), sizes[group]
    columns_of = uses[:, candidates].toarray() > 0
    inside = columns_of[start : start + size]
    wide = np.argsort(-inside.sum(axis=0), kind="stable")[:_WIDEST].tolist()
    best = sorted({*range(min(_CANDIDATES, len(candidates))), *wide})
    everywhere = columns_of[:, best]
    worth = scores[candidates] / scores[candidates[0]]
    columns = _bits(inside[:, best])
    reached = [bits.bit_count() for bits in columns]
    used = everywhere.sum(axis=0).tolist()
    agreements = [2 * hit / (size + hits) for hit, hits in zip(reached, used, strict=True)]
    worth_of = worth[best].tolist()
    chosen, coverage, precision = _best_set(
        columns,
        _bits(everywhere),
        size,
        [
            value + alone + (_PHRASE if len(terms[usable[candidates[i]]]) > 1 else 0.0)
            for i, value, alone in zip(best, worth_of, agreements, strict=True)
        ],
        [terms[usable[candidates[i]]] for i in best],
    )
    evidence = tuple(
        (int(usable[p]), round(float(w), 2))
        for p, w in zip(candidates[:_SHOWN], worth[:_SHOWN].tolist(), strict=False)
    )
    names = tuple(int(usable[candidates[best[i]]]) for i in chosen)
    return Name(names, round(coverage, 4), round(precision, 4), round(max(agreements), 4), evidence)


def _bits(hits: NDArray[np.bool_]) -> list[int]:
    """Each column as one number, a bit a paper: unions are then a single operation."""
    packed = np.packbits(hits, axis=0)
    return [int.from_bytes(packed[:, i].tobytes(), "big") for i in range(hits.shape[1])]


def _best_set(
    inside: list[int],
    everywhere: list[int],
    size: int,
    worth: list[float],
    words: Sequence[tuple[str, ...]],
) -> tuple[tuple[int, ...], float, float]:
    """One to three candidates: good ones that together reach the group's papers, and no others."""
    places = range(len(words))
    clash = {(a, b) for a in places for b in places if a < b and overlaps(words[a], words[b])}
    best: tuple[float, tuple[int, ...], float, float] = (-9.0, (), 0.0, 0.0)
    for length in (1, 2, 3):
        for chosen in combinations(places, length):
            if any(pair in clash for pair in combinations(chosen, 2)):
                continue
            reached = _union(inside, chosen)
            coverage = reached / size
            precision = reached / max(1, _union(everywhere, chosen))
            value = _value(coverage, precision, sum(worth[i] for i in chosen) / length, length)
            if value > best[0] + 1e-9:
                best = (value, chosen, coverage, precision)
    if best[2] < COVERED and size >= _BROAD:
        return _with_fourth(best[1], inside, everywhere, size, clash)
    return best[1:]


def _with_fourth(
    chosen: tuple[int, ...],
    inside: list[int],
    everywhere: list[int],
    size: int,
    clash: set[tuple[int, int]],
) -> tuple[tuple[int, ...], float, float]:
    """A broad group may need a fourth term to reach 65 % of its papers."""
    free = [
        i
        for i in range(len(inside))
        if i not in chosen and not any((min(i, j), max(i, j)) in clash for j in chosen)
    ]
    longer = max(((*chosen, i) for i in free), key=lambda c: _union(inside, c), default=chosen)
    if _union(inside, longer) >= COVERED * size:
        chosen = longer
    reached = _union(inside, chosen)
    return chosen, reached / size, reached / max(1, _union(everywhere, chosen))


def _union(bits: list[int], chosen: tuple[int, ...]) -> int:
    union = 0
    for i in chosen:
        union |= bits[i]
    return union.bit_count()


def _value(coverage: float, precision: float, worth: float, length: int) -> float:
    """Reaching 65 % comes first; then strong terms that hold the group and little else."""
    shortfall = max(0.0, COVERED + 0.03 - coverage)
    agreement = 2 * coverage * precision / (coverage + precision) if coverage else 0.0
    return -3.0 * shortfall + 0.5 * worth + 0.8 * agreement + (0.0, 0.3, 0.3)[length - 1]
