"""Files of sorted lines: read with the place of every fault, written only when changed."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from conspectus import files
from conspectus.problems import Location, Problem, error

_MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


MOST_PROBLEMS = 100
"""A file with more wrong lines is another file; the rest would say the same."""
LARGEST = 20_000_000
"""Bytes: the lines of a quarter of a million papers."""


def read_text(folder: Path, file: str, remedy: str) -> tuple[str, tuple[Problem, ...]]:
    """The file's text; empty where there is none."""
    name = (folder / file).as_posix()
    body, unread = files.read(folder, file, LARGEST)
    if body is None:
        return "", tuple(error(Location(name), p.message, remedy) for p in unread)
    try:
        return body.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return "", (error(Location(name), "is not UTF-8 text", remedy),)


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers; comments and blank lines left out."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if line and not line.startswith("#"):
            yield number, line


def is_marker(line: str) -> bool:
    """Whether git left this line in an unfinished merge."""
    return bool(_MARKER.match(line))


def write_text(path: Path, text: str) -> bool:
    """Replace the file in one step, unless it says the same already; whether it was written."""
    body = text.encode()
    try:
        if path.read_bytes() == body:
            return False
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, staged = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(staged).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(staged).replace(path)
    except BaseException:
        Path(staged).unlink(missing_ok=True)
        raise
    return True
