"""Rows in; a point of the plane for each out, so that near rows lie near each other.

t-SNE (van der Maaten and Hinton, "Visualizing data using t-SNE", 2008), computed over all pairs:
for the few hundred rows that are laid out, quicker than to load a library that approximates it.
"""

from __future__ import annotations

import numpy as np

from conspectus.analysis.space import Floats

_EXAGGERATED = 60
_EXAGGERATION = 12.0
_ROUNDS = 300
_BISECTIONS = 50
_LEAST = 1e-12


def embed(rows: Floats, start: Floats, perplexity: float) -> Floats:
    """Move `start`, a point for each row, until the points' distances suit those of the rows."""
    near = _affinities(_distances(rows), perplexity)
    points, velocity, gains = start.copy(), np.zeros_like(start), np.ones_like(start)
    rate = max(len(rows) / _EXAGGERATION / 4, 50.0)
    for step in range(_ROUNDS):
        is_early = step < _EXAGGERATED
        slope = _slope(points, near * _EXAGGERATION if is_early else near)
        is_turning = slope * velocity >= 0
        gains = np.maximum(np.where(is_turning, gains * 0.8, gains + 0.2), 0.01)
        velocity = (0.5 if is_early else 0.8) * velocity - rate * gains * slope
        points += velocity
    return points


def _slope(points: Floats, near: Floats) -> Floats:
    """The gradient of the Kullback-Leibler divergence by the points."""
    closeness = 1.0 / (1.0 + _distances(points))
    np.fill_diagonal(closeness, 0.0)
    pull = (near - closeness / closeness.sum()) * closeness
    return np.asarray(4.0 * (pull.sum(axis=1)[:, None] * points - pull @ points))


def _distances(rows: Floats) -> Floats:
    """Squared, between all pairs."""
    lengths = (rows * rows).sum(axis=1)
    found = lengths[:, None] + lengths[None, :] - 2.0 * (rows @ rows.T)
    return np.asarray(np.maximum(found, 0.0))


def _affinities(distances: Floats, perplexity: float) -> Floats:
    """How near two rows are, summing to 1: each row has about `perplexity` neighbours.

    The widths of the Gaussian kernels are found by bisection, for all rows at once.
    """
    wanted = np.log(perplexity)
    low, high = np.zeros(len(distances)), np.full(len(distances), np.inf)
    narrowness = np.ones(len(distances))
    for _ in range(_BISECTIONS):
        near = np.exp(-distances * narrowness[:, None])
        np.fill_diagonal(near, 0.0)
        total = np.maximum(near.sum(axis=1), _LEAST)
        entropy = np.log(total) + narrowness * (distances * near).sum(axis=1) / total
        is_wide = entropy > wanted
        low, high = np.where(is_wide, narrowness, low), np.where(is_wide, high, narrowness)
        narrowness = np.where(np.isinf(high), narrowness * 2, (low + high) / 2)
    near /= total[:, None]
    both = near + near.T
    return np.asarray(np.maximum(both / max(both.sum(), _LEAST), _LEAST))
