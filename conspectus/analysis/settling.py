"""A partition of some papers in; one whose groups and names agree out.

A paper that uses another group's terms, and lies nearly as close to it, goes there; the papers
of a heap go wherever a name holds for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis import clusters, heaps
from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.ground import Ground, space_of
from conspectus.analysis.labels import Name, Namer, Taken
from conspectus.analysis.space import Floats, unit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ROUNDS = 3
ONE_ROUND = 1
_MANY = 5_000
_FOCUS = 0.5
FEW_MIXED = 0.12
"""The share of papers in heaps up to which these may stay."""
MOST_MIXED = 0.15
"""The share above which a division is no good."""
_SMALL = 4
_STEPS = ((0.1, False), (0.3, False), (2.0, False), (0.0, True), (2.0, False))
"""How much nearer its heap a paper may be, in cosines, and still leave it; and whether heaps are
cut down to what their names hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """A partition of some papers, and the space in which it was found."""

    rows: Floats
    labels: Ints
    """For each of the papers, its group from 0."""
    quality: float
    """How well names tell the groups."""
    mixed: float
    """The share of the papers in heaps."""
    nameless: int = 0
    """Groups for which there is no name at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Settler:
    """Lets groups of the same papers agree with their names."""

    rows: Floats
    namer: Namer
    common: float
    """How alike two papers of the corpus are."""
    weights: csr_matrix
    """The papers' rows of the weights."""
    smallest: float = _SMALL
    """Papers below which a group is no topic, where there are many more."""
    inner: dict[bytes, float] = field(default_factory=dict)
    """How alike two papers of a group are, once that was asked."""

    @classmethod
    def of(
        cls, ground: Ground, papers: Ints, taken: Taken | None = None, smallest: float = _SMALL
    ) -> Settler:
        """For groups of these papers, whose names may not use what is `taken`."""
        return cls(
            space_of(ground, papers),
            Namer.of(papers, ground.uses, taken),
            ground.common,
            ground.weights.matrix[papers],
            min(smallest, len(papers) / _SMALL),
        )

    def settled(self, start: Ints, pull: float, rounds: int = _ROUNDS) -> Division:
        """Name the groups, let papers follow the names, again; once only where there are many.

        They are drawn from where the groups began: had these moved along with their papers, names
        would draw ever more of them.
        """
        found, likeness = start, self._likeness(start)
        for _ in range(rounds if len(start) <= _MANY else ONE_ROUND):
            moved = self._followed(found, likeness, pull)
            is_same = np.array_equal(moved, found)
            found = moved
            if is_same or len(np.unique(moved)) < likeness.shape[1]:
                break
        return self.judged(self._without_small(clusters.by_size(found)))

    def judged(self, labels: Ints) -> Division:
        """This partition and what its names are worth."""
        names, sizes = self._names(labels), np.bincount(labels)
        mixed = float(sizes[self._heaps(names, labels)].sum() / len(labels))
        nameless = sum(not name.terms for name in names)
        return Division(self.rows, labels, _quality(names, sizes), mixed, nameless)

    def _names(self, labels: Ints) -> tuple[Name, ...]:
        return self.namer.names(clusters.members(labels))

    def _followed(self, labels: Ints, likeness: Floats, pull: float) -> Ints:
        counts = self._term_counts(self._names(labels))
        scores = likeness + pull * ((counts > 0) + 0.3 * counts)
        return np.asarray(np.argmax(np.round(scores, 9), axis=1), dtype=np.int64)

    def cleared(self, division: Division, hopeless: float = 1.0) -> Division:
        """Deal out the papers of heaps, the willing ones first, until few are left.

        Where the willing ones leave more than is `hopeless`, the others are not asked.
        """
        best = division
        for number, step in enumerate(_STEPS):
            if division.mixed <= FEW_MIXED:
                return division
            if number == 1 and division.mixed > hopeless:
                break
            dealt = clusters.by_size(self._dealt(division.labels, *step))
            division = self.judged(self._without_small(dealt))
            best = min(best, division, key=lambda each: each.mixed)
        return best

    def _dealt(self, labels: Ints, given: float, to_core: bool) -> Ints:
        names = self._names(labels)
        is_heap = self._heaps(names, labels)
        likeness = np.round(self._likeness(labels), 9)
        uses = self._term_counts(names) > 0
        if to_core:
            return heaps.cored(labels, is_heap, likeness, uses)
        return heaps.cleared(labels, is_heap, likeness, uses, given)

    def _without_small(self, labels: Ints) -> Ints:
        """Let the papers of groups that are hardly topics go where they are nearest."""
        is_small = np.bincount(labels) < self.smallest
        if not is_small.any() or is_small.all():
            return labels
        likeness = np.where(is_small, -9.0, np.round(self._likeness(labels), 9))
        return clusters.by_size(
            np.where(is_small[labels], np.argmax(likeness, axis=1), labels).astype(np.int64)
        )

    def _heaps(self, names: Sequence[Name], labels: Ints) -> Flags:
        groups = clusters.members(labels)
        return np.array(
            [
                heaps.is_heap(name, self._inner(group), self.common)
                for name, group in zip(names, groups, strict=True)
            ],
            dtype=np.bool_,
        )

    def _inner(self, group: Ints) -> float:
        key = group.tobytes()
        if key not in self.inner:
            self.inner[key] = heaps.inner_likeness(self.weights[group])
        return self.inner[key]

    def _likeness(self, labels: Ints) -> Floats:
        return self.rows @ unit(clusters.means(self.rows, labels, int(labels.max()) + 1)).T

    def _term_counts(self, names: Sequence[Name]) -> Floats:
        """Papers × groups: how many of the group's terms each paper uses."""
        counts = self.namer.counts
        owners = [group for group, name in enumerate(names) for _ in name.terms]
        hits = counts.hits([counts.place_of(term) for name in names for term in name.terms])
        owned = np.zeros((len(owners), len(names)))
        owned[np.arange(len(owners)), owners] = 1.0
        return hits @ owned


def _quality(names: Sequence[Name], sizes: Ints) -> float:
    """How well names tell their groups: by all their terms, and by the best of them alone.

    A heap can be covered by three terms that have nothing in common, but by no single one.
    """
    told = [(1 - _FOCUS) * name.agreement + _FOCUS * name.focus for name in names]
    return float((np.average(told, weights=sizes) + np.mean(told)) / 2)
