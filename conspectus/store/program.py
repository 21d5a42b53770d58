"""Which program this is: what it reads and writes follows from these files and no others."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def fingerprint() -> str:
    """A hash of the program's files (by name, size and time), of Python's and its libraries'."""
    found = hashlib.blake2b(digest_size=8)
    found.update(f"{sys.version} {platform.machine()}".encode())
    for line in sorted((*_files(_PACKAGE), *_libraries())):
        found.update(line.encode())
    return found.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            if name.endswith(".py"):
                stat = Path(here, name).stat()
                yield f"{here}/{name} {stat.st_size} {stat.st_mtime_ns}\n"


def _libraries() -> Iterator[str]:
    """Installed distributions, by the names of their records, which hold the versions."""
    for place in {Path(path) for path in sys.path if path.endswith("site-packages")}:
        if place.is_dir():
            yield from (f"{path.name}\n" for path in place.glob("*.dist-info"))
