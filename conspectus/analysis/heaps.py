"""Groups and their names in; which are mere heaps, and where the papers of these belong, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.labels import Name
from conspectus.analysis.space import Floats
from conspectus.analysis.termsets import AIMED_AT, COVERED
from conspectus.analysis.tfidf import Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

COHERENT = 1.2
"""How much more alike a topic's papers must be than the corpus's, or it is a heap."""
_USED = 0.1
"""How much nearer a paper is to a group whose terms it uses, in cosines."""


def common_likeness(weights: Weights) -> float:
    """The mean cosine between two papers of the corpus."""
    return inner_likeness(weights.matrix)


def inner_likeness(rows: csr_matrix) -> float:
    """The mean cosine between two of these papers, rounded."""
    total = np.bincount(rows.indices, weights=rows.data, minlength=rows.shape[1])
    filled = int(np.count_nonzero(np.diff(rows.indptr)))
    pairs = max(1, rows.shape[0] * (rows.shape[0] - 1))
    return round((float(total @ total) - filled) / float(pairs), 6)


def is_heap(name: Name, inner: float, common: float) -> bool:
    """Whether a name says too little of a group, or its papers are hardly more alike than any."""
    return name.coverage < COVERED or inner < COHERENT * common


def cleared(labels: Ints, heaps: Flags, likeness: Floats, uses: Flags, given: float) -> Ints:
    """Deal papers of heaps out to the named groups that they are most like.

    `heaps` is by group; `likeness` and `uses` are papers × groups: how near a paper is, and
    whether it uses one of the group's terms. Papers that use none join only as long as the
    group's name still reaches enough, and only where they are as near as some of its own. A
    paper goes where it is nearer than in its heap, or farther by no more than is `given`.
    """
    if not heaps.any() or heaps.all():
        return labels
    found = labels.copy()
    own = likeness[np.arange(len(labels)), labels]
    room, least = _room(labels, heaps, own, uses)
    papers = np.flatnonzero(heaps[labels])
    score = np.round(likeness + _USED * uses, 9)
    score[:, heaps] = -9.0
    for i in np.lexsort((papers, own[papers] - score[papers].max(axis=1))).tolist():
        paper = int(papers[i])
        fits = uses[paper] | ((room > 0) & (likeness[paper] >= least))
        fits &= ~heaps & (score[paper] >= own[paper] - given)
        if fits.any():
            group = int(np.argmax(np.where(fits, score[paper], -9.0)))
            found[paper] = group
            room[group] -= not uses[paper, group]
    return found


def cored(labels: Ints, heaps: Flags, likeness: Floats, uses: Flags) -> Ints:
    """Leave in each heap only what its own name holds; all others form one more group."""
    found = labels.copy()
    for group in np.flatnonzero(heaps).tolist():
        members = np.flatnonzero(labels == group)
        is_named = uses[members, group]
        kept = int(is_named.sum() / AIMED_AT)
        order = np.lexsort((members, -likeness[members, group], ~is_named))
        found[members[order[kept:]]] = len(heaps)
    return found


def _room(labels: Ints, heaps: Flags, own: Floats, uses: Flags) -> tuple[Ints, Floats]:
    """How many papers each group may take that do not use its terms, and how near they must be."""
    room = np.zeros(len(heaps), dtype=np.int64)
    least = np.full(len(heaps), 9.0)
    for group in np.flatnonzero(~heaps).tolist():
        members = labels == group
        least[group] = own[members].min()
        room[group] = int(uses[members, group].sum() / AIMED_AT) - members.sum()
    return room, least
