"""What the papers say, in the forms in which groups of them are sought."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from conspectus.analysis.documents import Ints
from conspectus.analysis.space import Floats, embed, smooth, unit
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.uses import Uses

_OWN_SPACE_FROM = 200
"""Papers from which on a group is told apart in a space of its own; fewer span it poorly."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Rows for some papers."""

    papers: Ints
    """Ascending."""
    rows: Floats

    def of(self, papers: Ints) -> Floats:
        """The rows of some of them."""
        return self.rows[np.searchsorted(self.papers, papers)]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What groups are found in."""

    weights: Weights
    uses: Uses
    alike: Ints
    """For each paper those most like it by the weights, best first; -1 where there are no more."""
    common: float = 0.0
    """How alike two papers are, on the mean."""
    rows: Floats | None = None
    """The user's own vectors in place of the space found here."""
    above: Space | None = None
    """The space in which groups are sought, where it is not that of all papers."""
    found: list[Space] = field(default_factory=list)
    """The space of all papers, once it was asked for."""

    def within(self, papers: Ints) -> Ground:
        """The same, for groups among these papers: a large group's are sought in its own space."""
        if len(papers) < _OWN_SPACE_FROM:
            return self
        return replace(self, above=Space(papers, space_of(self, papers)))


def space_of(ground: Ground, papers: Ints) -> Floats:
    """Rows for these papers: their own, or where they are few, those of the larger group's space.

    In the latter they are seen from their middle, or all would lie in one direction.
    """
    above = ground.above
    if above is not None and len(papers) == len(above.papers):
        return above.rows
    if _OWN_SPACE_FROM <= len(papers) < len(ground.alike):
        return _found(ground, papers)
    if above is None:
        above = _whole(ground)
    if len(papers) == len(above.papers):
        return above.rows
    rows = above.of(papers)
    return unit(rows - rows.mean(axis=0))


def _whole(ground: Ground) -> Space:
    """The space of all papers."""
    if not ground.found:
        everyone = np.arange(len(ground.alike))
        ground.found.append(Space(everyone, _found(ground, everyone)))
    return ground.found[0]


def _found(ground: Ground, papers: Ints) -> Floats:
    alike = _among(ground.alike, papers)
    if ground.rows is not None:
        return smooth(unit(ground.rows[papers]), alike)
    return embed(ground.weights.matrix[papers], alike)


def _among(alike: Ints, papers: Ints) -> Ints:
    """Those of the papers' likes that are among them, by their place there; best first."""
    place = np.full(len(alike), -1, dtype=np.int64)
    place[papers] = np.arange(len(papers))
    near = alike[papers]
    inner = np.where(near >= 0, place[near], -1)
    order = np.argsort(inner < 0, axis=1, kind="stable")
    return np.take_along_axis(inner, order, axis=1)
