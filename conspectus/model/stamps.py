"""What the system says of a file; whether a later change of it would show."""

from __future__ import annotations

import os

FINE = 50_000_000
"""Nanoseconds: some ticks of a clock that counts in thousandths of a second."""
COARSE = 2_000_000_000
"""Nanoseconds: one tick of the coarsest file systems in use."""


def stamp(found: os.stat_result) -> str:
    """What tells one state of a file from another: its size, its times, its place on the disk."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def is_settled(found: os.stat_result, now: int) -> bool:
    """Whether a change after `now` (in nanoseconds) would show in the stamp.

    A file written within the clock's last tick may be written again without another time.
    """
    latest = max(found.st_mtime_ns, found.st_ctime_ns)
    tick = FINE if found.st_ctime_ns % 1_000_000 else COARSE
    return now - latest > tick
