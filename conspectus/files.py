"""A survey's own file in; its bytes, or why they are not read, out."""

from __future__ import annotations

import stat
from pathlib import Path

from conspectus.problems import Location, Problem, error

LARGEST = 5_000_000
"""Bytes of one file; a paper of 50,000 words has a tenth of it."""


def read(
    folder: Path, name: str, largest: int = LARGEST
) -> tuple[bytes | None, tuple[Problem, ...]]:
    """The bytes of `name` in a content folder; None where there is none, or none to be read.

    A problem's place is `name` alone. Nothing is followed out of the folder or waited for.
    """
    path = folder / name
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or not path.resolve().is_relative_to(folder.resolve()):
            message = "this is no file of the folder"
            return None, (error(Location(name), message, "put the file itself here"),)
        if found.st_size > largest:
            return None, (too_large(name, largest, "shorten it, or restore it from its history"),)
        return path.read_bytes(), ()
    except FileNotFoundError:
        return None, ()
    except OSError as fault:
        reason = fault.strerror or "it cannot be read"
        return None, (
            error(Location(name), f"unreadable: {reason}", "make it a readable file, or remove it"),
        )


def too_large(path: str, largest: int, remedy: str) -> Problem:
    """What is said of a file that holds more than anyone writes."""
    message = f"the file is larger than {largest // 1_000_000} MB"
    return error(Location(path), message, remedy)
