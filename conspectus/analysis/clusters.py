"""Rows of a space in; a partition of the papers out.

Ward's method on at most 3,000 seeds, then k-means from its centroids with one start.
Every distance is rounded before it decides, so that the same papers give the same clusters.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis.documents import Ints
from conspectus.analysis.space import Floats, unit

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_MOST_SEEDS = 3_000
_ROUNDS = 100
_STILL = 1_000
"""One paper of so many may still be moving when k-means stops."""


def automatic_count(papers: int) -> int:
    """Topmost topics for this many papers: 1 below 8, 8 at 100, 15 at 1,000, 22 at 10,000."""
    if papers < 8:
        return min(papers, 1)
    return max(2, round(2 * math.log2(papers) - 5))


def seeds(rows: Floats) -> Ints:
    """At most 3,000 papers, evenly spaced in the order of their ids."""
    if len(rows) <= _MOST_SEEDS:
        return np.arange(len(rows))
    return np.unique(np.linspace(0, len(rows) - 1, _MOST_SEEDS).astype(np.int64))


def merges(rows: Floats) -> Floats:
    """Ward's merges of the seeds, as scipy writes them; cut them with `partition`."""
    from scipy.cluster.hierarchy import ward

    return np.asarray(ward(np.round(rows[seeds(rows)], 9)))


def partition(rows: Floats, tree: Floats, count: int) -> Ints:
    """The cluster of each paper, from 0, the largest first."""
    from scipy.cluster.hierarchy import fcluster

    chosen = seeds(rows)
    first = fcluster(tree, count, criterion="maxclust") - 1
    centroids = means(rows[chosen], first, int(first.max()) + 1)
    return by_size(settle(rows, centroids))


def settle(rows: Floats, centroids: Floats) -> Ints:
    """Lloyd's k-means on the sphere, from these centroids."""
    labels = np.full(len(rows), -1, dtype=np.int64)
    for _ in range(_ROUNDS):
        found = np.argmax(np.round(rows @ unit(centroids).T, 9), axis=1)
        moving = np.count_nonzero(found != labels)
        labels = found
        if moving <= len(rows) // _STILL:
            break
        kept = np.unique(labels)
        labels = np.searchsorted(kept, labels)
        centroids = means(rows, labels, len(kept))
    return labels


def means(rows: Floats, labels: Ints, count: int) -> Floats:
    """The mean row of each cluster."""
    from scipy.sparse import csr_matrix

    join = csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), (count, len(rows)))
    sums: Floats = join @ rows
    return sums / np.maximum(1, np.bincount(labels, minlength=count))[:, None]


def sums(matrix: csr_matrix, papers: Ints, labels: Ints, count: int) -> csr_matrix:
    """The sum of the rows of each cluster of some papers, sparse."""
    from scipy.sparse import csr_matrix

    join = csr_matrix((np.ones(len(papers)), (labels, papers)), shape=(count, matrix.shape[0]))
    return (join @ matrix).tocsr()


def by_size(labels: Ints) -> Ints:
    """Number the clusters anew: largest first, ties by their first paper."""
    kept, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(kept), dtype=np.int64)
    number[order] = np.arange(len(kept))
    return number[np.searchsorted(kept, labels)]


def members(labels: Ints) -> list[Ints]:
    """The papers of each cluster, ascending."""
    count = int(labels.max()) + 1 if len(labels) else 0
    return [np.flatnonzero(labels == number) for number in range(count)]


def compact(labels: Ints) -> Ints:
    """The same clusters, numbered without gaps."""
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
