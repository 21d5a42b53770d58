"""Papers in; a tree of groups out: how topics are found anew.

Several cuts of one Ward tree are tried near the automatic count. Each is settled by its own
labels: a paper that uses another group's terms, and lies nearly as close to it, goes there.
The cut whose labels tell its groups apart best wins, so that the count falls where a larger
one would only make heaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from conspectus.analysis import clusters, labels
from conspectus.analysis.documents import Ints
from conspectus.analysis.labels import Name, Uses
from conspectus.analysis.space import Floats, embed, unit
from conspectus.analysis.tfidf import Weights

SUBDIVIDED_ABOVE = 60
UNITED_BELOW = 45
_FEW_MIXED = 0.12
_PULLS = (0.02, 0.04, 0.06)
"""How much a group's terms in a paper draw it, in cosines; the stronger one against heaps."""
_ROUNDS = 3
_FEW_ROUNDS = 1
_MANY = 5_000
_TRIED_UP_TO = 20_000
_FINER = 0.3
"""How much more groups are worth at the same quality: it grows with this power of their count."""
_FOCUS = 0.5
_PARTS = 20
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What groups are found in."""

    weights: Weights
    uses: Uses
    alike: Ints
    """For each paper those most like it by the weights, best first; -1 where there are no more."""
    rows: Floats | None = None
    """The user's own vectors in place of the space found here."""
    found: list[Floats] = field(default_factory=list)
    """The space of all papers, once it was asked for."""


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
    rows = space_of(ground, papers)
    if wanted == 1:
        return Division(rows, np.zeros(len(papers), dtype=np.int64), 1.0, 0.0)
    counts = (
        [wanted]
        if count is not None or len(papers) > _TRIED_UP_TO
        else _around(wanted, len(papers))
    )
    return _best(ground, papers, rows, counts, _PULLS)


def subdivide(ground: Ground, papers: Ints) -> Division:
    """Divide a large group into two to eight parts."""
    wanted = parts_of(len(papers))
    return _best(ground, papers, space_of(ground, papers), [wanted], _PULLS[:1])


def parts_of(papers: int) -> int:
    """Sub-topics for a topic of so many papers."""
    return int(np.clip(round(papers / _PARTS), 2, _MOST_PARTS))


def space_of(ground: Ground, papers: Ints) -> Floats:
    """Rows for these papers: the user's own, or those found in their own words."""
    if ground.rows is not None:
        return unit(ground.rows[papers])
    matrix = ground.weights.matrix
    if len(papers) == matrix.shape[0]:
        if not ground.found:
            ground.found.append(embed(matrix, ground.alike))
        return ground.found[0]
    return embed(matrix[papers], _among(ground.alike, papers))


def _among(alike: Ints, papers: Ints) -> Ints:
    """Those of the papers' likes that are among them, by their place there; best first."""
    place = np.full(len(alike), -1, dtype=np.int64)
    place[papers] = np.arange(len(papers))
    near = alike[papers]
    inner = np.where(near >= 0, place[near], -1)
    order = np.argsort(inner < 0, axis=1, kind="stable")
    return np.take_along_axis(inner, order, axis=1)


def _around(wanted: int, papers: int) -> list[int]:
    """Counts near the automatic one, up to a fifth away, the fewest first."""
    step = max(1, round(0.1 * wanted))
    far = 1 if papers > _MANY else 2
    counts = range(wanted - far * step, wanted + far * step + 1, step)
    return [count for count in counts if count >= 2]


def _best(
    ground: Ground, papers: Ints, rows: Floats, counts: Sequence[int], pulls: Sequence[float]
) -> Division:
    tree = clusters.merges(rows)
    found: list[Division] = []
    for count in counts:
        start = clusters.partition(rows, tree, count)
        for pull in pulls:
            found.append(_settled(ground, papers, rows, start, pull))
            if found[-1].mixed <= _FEW_MIXED:
                break
    # The first of equals is taken: the fewest groups.
    return max(found, key=lambda division: _value(division, counts[-1]))


def _value(division: Division, wanted: int) -> float:
    excess = max(0.0, division.mixed - _FEW_MIXED)
    finer = (int(division.labels.max()) + 1) / wanted
    return float(round(division.quality * finer**_FINER - 2 * excess, 9))


def _settled(ground: Ground, papers: Ints, rows: Floats, start: Ints, pull: float) -> Division:
    """Let labels and groups agree: name the groups, let papers follow the names, again."""
    found = start
    for _ in range(_ROUNDS if len(start) <= _MANY else _FEW_ROUNDS):
        names = _names(ground, papers, found)
        moved = clusters.compact(_followed(ground, papers, rows, found, names, pull))
        if np.array_equal(moved, found):
            break
        found = moved
    found = clusters.by_size(found)
    names = _names(ground, papers, found)
    together = _nameless_together(found, names)
    if not np.array_equal(together, found):
        found, names = together, _names(ground, papers, together)
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
    return labels.name(groups, ground.uses)


def _followed(
    ground: Ground, papers: Ints, rows: Floats, found: Ints, names: Sequence[Name], pull: float
) -> Ints:
    scores = rows @ unit(clusters.means(rows, found, len(names))).T
    terms = np.array([term for name in names for term in name.terms], dtype=np.int64)
    owners = np.repeat(np.arange(len(names)), [len(name.terms) for name in names])
    columns = np.searchsorted(ground.uses.terms, terms)
    uses = ground.uses.matrix[:, columns][papers].toarray()
    owned = np.zeros((len(terms), len(names)))
    owned[np.arange(len(terms)), owners] = 1.0
    counts = uses @ owned
    scores += pull * ((counts > 0) + 0.3 * counts)
    return np.asarray(np.argmax(np.round(scores, 9), axis=1), dtype=np.int64)


def _quality(names: Sequence[Name], sizes: Ints) -> float:
    """How well labels tell their groups: by all their terms, and by the best of them alone.

    A heap can be covered by three terms that have nothing in common, but by no single one.
    """
    told = [(1 - _FOCUS) * name.agreement + _FOCUS * name.focus for name in names]
    return float((np.average(told, weights=sizes) + np.mean(told)) / 2)


def _mixed(names: Sequence[Name], sizes: Ints) -> float:
    return float(np.average([name.coverage < labels.COVERED for name in names], weights=sizes))
