"""What the papers say, in the forms in which groups of them are sought."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from conspectus.analysis.documents import Ints
from conspectus.analysis.space import Floats, embed, smooth, unit
from conspectus.analysis.tfidf import Weights
from conspectus.analysis.uses import Uses


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
    found: list[Floats] = field(default_factory=list)
    """The space of all papers, once it was asked for."""


def space_of(ground: Ground, papers: Ints) -> Floats:
    """Rows for these papers: the user's own, or those found in their own words; smoothed."""
    if len(papers) < ground.weights.matrix.shape[0]:
        return _found(ground, papers)
    if not ground.found:
        ground.found.append(_found(ground, papers))
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
