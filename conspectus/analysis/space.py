"""Weights in; one short, smoothed vector a paper out: the space in which topics are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.documents import Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

SEED = 0
_SMOOTHED_UP_TO = 20_000
_STEPS = 3
_OWN = 8.0
"""How much of a paper's own stays at each step, beside a link."""
_FEW = 300
_POWERS = 3
_OVERSAMPLED = 10
_NOISE = 1e-6
_EXACT = 6_000
_BLOCK = 1_000
_PROBED = 15


@dataclass(frozen=True, slots=True)
class Shape:
    """Numbers that step with the size of the corpus."""

    width: int
    """Dimensions of the space."""
    neighbours: int
    """Papers of each kind that a paper is smoothed over."""

    @classmethod
    def of(cls, papers: int) -> Shape:
        """What measured best for this many papers (docs/topics.md)."""
        width = int(np.clip(np.sqrt(papers), 10, 70))
        return cls(width, min(15 if papers > _FEW else 10, papers // 4))


def embed(matrix: csr_matrix, alike: Ints) -> Floats:
    """Latent semantic analysis (Deerwester et al. 1990), then smoothing over near papers.

    `alike` holds for each paper those most like it by the weights, best first and -1 where there
    are no more. Rows are of length one; papers without a feature are where their likes are.
    """
    return smooth(unit(_reduced(matrix, Shape.of(matrix.shape[0]).width)), alike)


def smooth(rows: Floats, alike: Ints) -> Floats:
    """Draw papers towards those near them; two that are near each other count for more.

    Near are those of this space and those of the weights themselves (`alike`): each finds what
    the other misses. Rows are of length one.
    """
    count = Shape.of(len(rows)).neighbours
    if count < 1:
        return rows
    near = [alike[:, :count]]
    if len(rows) <= _SMOOTHED_UP_TO:
        near.append(nearest(rows, count))
    links = _links(np.hstack(near))
    for _ in range(_STEPS):
        rows = unit(_OWN * rows + links @ rows)
    return rows


def unit(rows: Floats) -> Floats:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 1e-12)
    return scaled


def _reduced(matrix: csr_matrix, width: int) -> Floats:
    """The main components of the features that two papers share."""
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    shared = np.flatnonzero(frequency >= 2)
    if len(shared) < 0.8 * matrix.shape[1]:
        matrix = matrix[:, shared]
    rows, columns = matrix.shape
    if min(rows, columns) <= width + 1:
        return np.asarray(matrix.todense(), dtype=np.float64)
    return _main_components(matrix.astype(np.float32), width)


def _main_components(matrix: csr_matrix, width: int) -> Floats:
    """After Halko, Martinsson and Tropp, "Finding structure with randomness" (2011).

    Between the powers only the papers' side is orthonormalised: there are many more features.
    """
    chance = np.random.RandomState(SEED)  # whose stream no release of numpy may change
    across = matrix.T.tocsr()
    papers = chance.normal(size=(matrix.shape[0], width + _OVERSAMPLED)).astype(np.float32)
    for _ in range(_POWERS):
        papers = np.linalg.qr(matrix @ (across @ papers))[0]
    features = across @ papers
    squares, axes = np.linalg.eigh(_products(features))
    # Papers that repeat each other span fewer dimensions than were asked for.
    kept = squares > _NOISE * squares[-1]
    rows = (matrix @ features) @ (axes[:, kept] / np.sqrt(squares[kept]))
    axes = np.linalg.eigh(_products(rows))[1]
    return np.asarray(rows @ axes[:, : -width - 1 : -1])


def _products(rows: Singles | Floats) -> Floats:
    """The inner products of the columns."""
    return np.asarray((rows.T @ rows).astype(np.float64))


def _links(near: Ints) -> csr_matrix:
    """Papers × papers: how often one of two is near the other, halved."""
    from scipy.sparse import csr_matrix

    owners, places = np.nonzero(near >= 0)
    links = csr_matrix(
        (np.full(len(owners), 0.5), (owners, near[owners, places])), shape=(len(near), len(near))
    )
    return (links + links.T).tocsr()


def nearest(rows: Floats, count: int) -> Ints:
    """For each row its nearest others by cosine, ties by number.

    Above 6,000 rows they are sought among the cells of the space next to a row's own.
    """
    found = np.full((len(rows), count), -1, dtype=np.int64)
    everyone = np.arange(len(rows))
    if len(rows) <= _EXACT:
        for start in range(0, len(rows), _BLOCK):
            papers = everyone[start : start + _BLOCK]
            found[papers] = _nearest_of(rows, papers, everyone, count)
        return found
    centres = unit(rows[np.linspace(0, len(rows) - 1, int(np.sqrt(len(rows)))).astype(np.int64)])
    cells = np.argmax(np.round(rows @ centres.T, 6), axis=1)
    members = [np.flatnonzero(cells == cell) for cell in range(len(centres))]
    order = np.argsort(-np.round(centres @ centres.T, 6), axis=1, kind="stable")
    for cell, papers in enumerate(members):
        if len(papers):
            around = np.sort(np.concatenate([members[other] for other in order[cell, :_PROBED]]))
            found[papers] = _nearest_of(rows, papers, around, count)
    return found


def _nearest_of(rows: Floats, papers: Ints, around: Ints, count: int) -> Ints:
    likeness = np.round(rows[papers] @ rows[around].T, 6)
    likeness[around[None, :] == papers[:, None]] = -2
    width = min(count, max(0, len(around) - 1))
    found = np.full((len(papers), count), -1, dtype=np.int64)
    if width:
        # Ties that the partition would break by chance are broken by number.
        likeness -= 1e-9 * np.arange(len(around))
        best = np.argpartition(-likeness, width - 1, axis=1)[:, :width]
        order = np.argsort(-np.take_along_axis(likeness, best, axis=1), axis=1, kind="stable")
        found[:, :width] = around[np.take_along_axis(best, order, axis=1)]
    return found
