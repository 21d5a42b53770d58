"""One program at a time: a lock beside what is written, waited for a bounded time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from conspectus.problems import Location, ProblemsError, error
from conspectus.publishing.faults import described

WAIT = 30.0
"""Seconds: some builds of a small survey, and no longer than one watches a still screen."""


@contextmanager
def held(lock: Path, *, guarded: str, wait: float = WAIT) -> Iterator[None]:
    """Hold `lock` for the body; a problem of `guarded` where another program keeps it too long.

    The system drops the lock of a program that dies. The file is removed on the way out while it
    is still held: who waits for a removed file starts over with a new one.
    """
    hold = FileLock(lock, timeout=wait)
    try:
        hold.acquire()
    except Timeout as refusal:
        raise ProblemsError(
            [
                error(
                    Location(guarded),
                    f"another build or preview has been writing here for {wait:g} s",
                    "wait until it ends, or end it, and build again",
                )
            ]
        ) from refusal
    except OSError as refusal:
        raise ProblemsError([described(refusal, guarded)]) from refusal
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps an open file; filelock removes it there
            lock.unlink()
        hold.release()
