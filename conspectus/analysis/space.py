"""Weights in; one short, smoothed vector a paper out: the space in which topics are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]

SEED = 0
_SMOOTHED_UP_TO = 20_000
_STEPS = 2
_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Shape:
    """Numbers that step with the size of the corpus; the lock keeps them between refreshes."""

    width: int
    """Dimensions of the space."""
    neighbours: int
    """Papers that a paper is smoothed over; 0 for none."""

    @classmethod
    def of(cls, papers: int) -> Shape:
        """What measured best for this many papers (docs/topics.md)."""
        width = int(np.clip(0.7 * np.sqrt(papers), 10, 100))
        return cls(width, 20 if papers <= _SMOOTHED_UP_TO else 0)


def embed(matrix: csr_matrix, shape: Shape) -> Floats:
    """Latent semantic analysis (Deerwester et al. 1990), then smoothing over near papers.

    Rows are of length one; papers without a feature are zero.
    """
    reduced = _reduced(matrix, shape.width)
    return _smoothed(unit(reduced), min(shape.neighbours, matrix.shape[0] // 4))


def unit(rows: Floats) -> Floats:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Floats = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 1e-12)
    return scaled


def _reduced(matrix: csr_matrix, width: int) -> Floats:
    rows, columns = matrix.shape
    if min(rows, columns) <= width + 1:
        return np.asarray(matrix.todense(), dtype=np.float64)
    from sklearn.utils.extmath import randomized_svd

    left, values, _ = randomized_svd(matrix, width, n_iter=4, random_state=SEED)
    return np.asarray(left * values, dtype=np.float64)


def _smoothed(rows: Floats, neighbours: int) -> Floats:
    if neighbours < 1:
        return rows
    near = nearest(rows, neighbours)
    for _ in range(_STEPS):
        rows = unit(rows + rows[near].sum(axis=1))
    return rows


def nearest(rows: Floats, count: int) -> NDArray[np.int64]:
    """For each row its nearest others by cosine, ties by number."""
    found = np.empty((len(rows), count), dtype=np.int64)
    for start in range(0, len(rows), _BLOCK):
        block = np.round(rows[start : start + _BLOCK] @ rows.T, 6)
        own = np.arange(len(block))
        block[own, start + own] = -2
        part = np.argpartition(-block, count - 1, axis=1)[:, :count] if count < len(rows) else None
        found[start : start + _BLOCK] = (
            np.argsort(-block, axis=1, kind="stable")[:, :count]
            if part is None or len(rows) <= _BLOCK
            else part
        )
    return found
