"""The interpreter as the analysis needs it: one thread of numbers, nobody looking for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS and OpenMP to one thread within: sums in one order, whatever the machine has."""
    # Loaded before the limit is set, or their pools would escape it.
    import scipy.linalg  # noqa: F401
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


@contextmanager
def without_collector() -> Iterator[None]:
    """Let nobody look for cycles among millions of strings and tuples, which have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
