"""A few signs, repeated to 100 KB: no reader is kept busy by them.

Time is the process's own, not the wall's. The limit of `make test` is far above what a busy machine
needs and far below what growth by the square takes; `make fuzz` holds readers to one second, and to
half a millisecond for each entry or problem that they return.
"""

from __future__ import annotations

import random
import time

import pytest

from tests.fuzz.readers import ALL, FRAGMENTS, problems_of
from tests.support.depth import IS_FULL, depth
from tests.support.figures import note

LENGTH = 100_000
LIMIT = 1.0 if IS_FULL else 8.0
"""Seconds."""
AN_ENTRY = 0.0005
"""Seconds."""


def heaps(name: str) -> list[str]:
    """The same ones for a reader in every run."""
    chance = random.Random(name)
    units = ["".join(chance.choices(FRAGMENTS, k=chance.choice([1, 2, 3]))) for _ in range(400)]
    return [(unit * LENGTH)[:LENGTH] for unit in units[: depth(5, 400)]]


@pytest.mark.parametrize("name", ALL)
def test_a_heap_of_signs_keeps_no_reader_busy(name: str) -> None:
    slow = {}
    for heap in heaps(name):
        before = time.process_time()
        found = ALL[name](heap)
        spent = time.process_time() - before
        told = len(getattr(found, "entries", ())) + len(problems_of(found))
        if spent > LIMIT + AN_ENTRY * told:
            slow[heap[:40]] = round(spent, 2)

    assert slow == {}
    note("heaps", heaps=len(heaps(name)))
