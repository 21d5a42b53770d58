"""Papers in; a tree of groups out: how topics are found anew.

Several cuts of one Ward tree are tried near the automatic count. Each is settled by its own
labels: a paper that uses another group's terms, and lies nearly as close to it, goes there.
The cut whose labels tell its groups apart best wins, so that the count falls where a larger
one would only make heaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from conspectus.analysis import clusters, labels
from conspectus.analysis.documents import Ints
from conspectus.analysis.labels import Name
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.space import Floats, Shape, embed, unit
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.vocabulary import Vocabulary

SUBDIVIDED_ABOVE = 60
UNITED_BELOW = 45
MOST_MIXED = 0.15
_PULLS = (0.1, 0.2, 0.35)
_WEAK_PULLS = (0.06, 0.1, 0.2)
"""How much a group's terms in a paper draw it, in cosines: the weakest that leaves few heaps.

In a large corpus terms say less of a paper than its place does: 0.2 costs 0.03 of agreement
with given classes at 5,000 papers, and 0.06 nothing.
"""
_ROUNDS = 8
_FEW_ROUNDS = 3
_TRIED_UP_TO = 500
_NEAR = 2
_FINER = 0.15
"""How much more groups are worth at the same quality: it grows with this power of their count."""
_FOCUS = 0.5
_PARTS = 20
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What groups are found in."""

    vocabulary: Vocabulary
    phrases: Phrases
    weights: Weights
    rows: Floats | None = None
    """The user's own vectors in place of the space found here."""


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """A partition of some papers, and the space in which it was found."""

    rows: Floats
    labels: Ints
    """For each of the papers, its group from 0."""
    quality: float
    mixed: float
    """The share of the papers in groups that no label covers."""


def divide(ground: Ground, papers: Ints, count: int | None) -> Division:
    """Divide these papers into `count` groups, or as many as suit them."""
    wanted = max(1, min(count or clusters.automatic_count(len(papers)), len(papers)))
    if wanted == 1:
        rows = _space(ground, papers)
        return Division(rows, np.zeros(len(papers), dtype=np.int64), 1.0, 0.0)
    near = 0 if count is not None or len(papers) > _TRIED_UP_TO else _NEAR
    return _best(ground, papers, wanted, near)


def subdivide(ground: Ground, papers: Ints) -> Division:
    """Divide a large group into two to eight parts."""
    wanted = int(np.clip(round(len(papers) / _PARTS), 2, _MOST_PARTS))
    return _best(ground, papers, wanted, near=0)


def _space(ground: Ground, papers: Ints) -> Floats:
    if ground.rows is not None:
        return unit(ground.rows[papers])
    return embed(ground.weights.matrix[papers], Shape.of(len(papers)))


def _best(ground: Ground, papers: Ints, wanted: int, near: int) -> Division:
    counts = range(max(2, wanted - near), wanted + near + 1)
    # The first of equals is taken: the fewest groups.
    found = _cuts(ground, papers, _space(ground, papers), counts)
    return max(found, key=lambda division: _value(division, wanted))


def _cuts(ground: Ground, papers: Ints, rows: Floats, counts: Sequence[int]) -> Iterator[Division]:
    tree = clusters.merges(rows)
    is_large = len(papers) > _TRIED_UP_TO
    pulls, few = (_WEAK_PULLS, MOST_MIXED) if is_large else (_PULLS, MOST_MIXED / 2)
    for count in counts:
        start = clusters.partition(rows, tree, count)
        for pull in pulls:
            found = _settled(ground, papers, rows, start, pull)
            yield found
            if found.mixed <= few:
                break


def _value(division: Division, wanted: int) -> float:
    excess = max(0.0, division.mixed - MOST_MIXED / 2)
    finer = (int(division.labels.max()) + 1) / wanted
    return float(round(division.quality * finer**_FINER - 2 * excess, 9))


def _settled(ground: Ground, papers: Ints, rows: Floats, start: Ints, pull: float) -> Division:
    """Let labels and groups agree: name the groups, let papers follow the names, again."""
    found = start
    is_small = len(found) == ground.vocabulary.counts.shape[0] <= _TRIED_UP_TO
    rounds = _ROUNDS if is_small else _FEW_ROUNDS
    for _ in range(rounds):
        names = _names(ground, papers, found)
        moved = clusters.compact(_followed(ground, papers, rows, found, names, pull))
        if np.array_equal(moved, found):
            break
        found = moved
    found = clusters.by_size(found)
    found = _nameless_together(found, _names(ground, papers, found))
    names = _names(ground, papers, found)
    sizes = np.bincount(found)
    return Division(rows, found, _quality(names, sizes), _mixed(names, sizes))


def _nameless_together(found: Ints, names: Sequence[Name]) -> Ints:
    """One heap is better than several of which nothing can be said."""
    nameless = [group for group, name in enumerate(names) if not name.terms]
    if len(nameless) < 2:
        return found
    return clusters.by_size(np.where(np.isin(found, nameless), nameless[0], found))


def _names(ground: Ground, papers: Ints, found: Ints) -> tuple[Name, ...]:
    groups = [papers[group] for group in clusters.members(found)]
    return labels.name(groups, ground.vocabulary, ground.phrases)


def _followed(
    ground: Ground, papers: Ints, rows: Floats, found: Ints, names: Sequence[Name], pull: float
) -> Ints:
    scores = rows @ unit(clusters.means(rows, found, len(names))).T
    rows_of = ground.vocabulary.counts[papers]
    for group, name in enumerate(names):
        if name.terms:
            uses = rows_of[:, list(name.terms)].toarray() > 0
            scores[:, group] += pull * (uses.any(axis=1) + 0.3 * uses.sum(axis=1))
    return np.asarray(np.argmax(np.round(scores, 9), axis=1), dtype=np.int64)


def _quality(names: Sequence[Name], sizes: Ints) -> float:
    """How well labels tell their groups: by all their terms, and by the best of them alone.

    A heap can be covered by three terms that have nothing in common, but by no single one.
    """
    told = [(1 - _FOCUS) * name.agreement + _FOCUS * name.focus for name in names]
    return float((np.average(told, weights=sizes) + np.mean(told)) / 2)


def _mixed(names: Sequence[Name], sizes: Ints) -> float:
    return float(np.average([name.coverage < labels.COVERED for name in names], weights=sizes))
