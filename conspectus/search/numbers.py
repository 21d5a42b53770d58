"""Ids in; document numbers out, which stay when other papers come and go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

ROOM = 2
"""Numbers kept for each paper: the more, the fewer papers must give way to a new one, and the
longer is the index."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every paper's number. Ids in the order of their numbers."""

    slots: int
    """The range that numbers are hashed into: a power of two, or one and a half of one."""
    size: int
    """One more than the highest number."""
    of: dict[str, int]


def numbered(ids: Iterable[str]) -> Numbers:
    """Numbers by hash; where two would meet, the second takes the next free one.

    A count of papers would shift with every insertion and rewrite the whole index; a hash into
    at least twice as many slots moves a fraction of one paper.
    """
    unique = sorted(ids)
    slots = _slots(len(unique))
    wanted = sorted((_hash(id_) % slots, id_) for id_ in unique)
    of: dict[str, int] = {}
    last = -1
    for slot, id_ in wanted:
        last = max(slot, last + 1)
        of[id_] = last
    return Numbers(slots, last + 1, of)


def _slots(papers: int) -> int:
    power = 2
    while power < ROOM * papers:
        power *= 2
    return power * 3 // 4 if power > 2 and power * 3 // 4 >= ROOM * papers else power


def _hash(id_: str) -> int:
    return int.from_bytes(hashlib.blake2b(id_.encode(), digest_size=6).digest(), "big")
