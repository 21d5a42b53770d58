"""What earlier builds worked out, in one file below .conspectus: safe to delete at any time.

    reading  path, stamp of the file, what it read as
    page     permalink, what it was drawn from, what it came out as
    past     by name: the whole of the last build, by which one that changes nothing is known

The cache belongs to one program on one machine: written by other code or another Python, or copied
from elsewhere (its own inode tells), it is emptied. What it holds is data and is never run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from conspectus.store.program import fingerprint

FOLDER = ".conspectus"
_FORMAT = 1
_WAIT = 5.0
"""Seconds for another program to end its writing; then this one goes without."""
_TABLES = """
    CREATE TABLE IF NOT EXISTS owner (name TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS reading
        (path TEXT PRIMARY KEY, stamp TEXT, sum BLOB, body BLOB);
    CREATE TABLE IF NOT EXISTS page
        (permalink TEXT PRIMARY KEY, key BLOB, size INTEGER, digest TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS past (name TEXT PRIMARY KEY, sum BLOB, body BLOB);
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read."""

    path: str
    """Below the content folder."""
    stamp: str
    """What told the file from other states of it."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn."""

    key: bytes
    """A hash of all that it shows."""
    size: int
    digest: str
    """Of the finished file, as a site's manifest has it."""


@dataclass(slots=True)
class Cache:
    """An open cache; one that cannot be opened remembers nothing, and says why in `note`."""

    note: str = ""
    _file: sqlite3.Connection | None = None
    _trusted: set[str] = field(default_factory=set)

    def readings(self) -> Iterator[Reading]:
        """Every reading that is whole."""
        for path, stamp, total, body in self._rows("SELECT path, stamp, sum, body FROM reading"):
            if _sum(body) == total:
                yield Reading(path, stamp, body)

    def remember_readings(self, fresh: Iterable[Reading], gone: Iterable[str]) -> None:
        """Keep new readings and forget those of files that are gone."""
        self._write("DELETE FROM reading WHERE path = ?", ((path,) for path in gone))
        self._write(
            "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)",
            ((each.path, each.stamp, _sum(each.body), each.body) for each in fresh),
        )

    def pages(self) -> dict[str, Drawn]:
        """By permalink, what pages were drawn from and came out as."""
        rows = self._rows("SELECT permalink, key, size, digest FROM page")
        return {permalink: Drawn(key, size, digest) for permalink, key, size, digest in rows}

    def remember_pages(self, drawn: Mapping[str, Drawn], gone: Iterable[str]) -> None:
        """Keep new pages and forget those that are gone."""
        self._write("DELETE FROM page WHERE permalink = ?", ((permalink,) for permalink in gone))
        self._write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)",
            ((permalink, each.key, each.size, each.digest) for permalink, each in drawn.items()),
        )

    def past(self, name: str) -> bytes:
        """What was kept under this name; empty where nothing was."""
        for total, body in self._rows("SELECT sum, body FROM past WHERE name = ?", name):
            if _sum(body) == total:
                return bytes(body)
        return b""

    def remember_past(self, name: str, body: bytes) -> None:
        """Keep this, instead of what was there."""
        self._write("INSERT OR REPLACE INTO past VALUES (?, ?, ?)", [(name, _sum(body), body)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        mistake: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()

    def _rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        if self._file is None:
            return
        try:
            yield from self._file.execute(query, values)
        except sqlite3.Error as refusal:
            self._give_up(refusal)

    def _write(self, command: str, rows: Iterable[tuple[object, ...]]) -> None:
        if self._file is None:
            return
        try:
            with self._file:
                self._file.executemany(command, rows)
        except sqlite3.Error as refusal:
            self._give_up(refusal)

    def _give_up(self, refusal: sqlite3.Error) -> None:
        self.note = f"the cache is left aside: {refusal}"
        self._file = None


def opened(survey: Path, content: Path) -> Cache:
    """The cache of a content folder, kept in the survey's folder; empty where it is not ours."""
    name = hashlib.blake2b(os.fsencode(content.resolve()), digest_size=4).hexdigest()
    path = survey / FOLDER / f"cache-{name}.db"
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as refusal:
        return Cache(f"no cache: {refusal.strerror}")
    try:
        return Cache(_file=_connection(path))
    except sqlite3.Error:
        with suppress(OSError):
            path.unlink()
        return Cache("the cache was damaged and is begun anew", _anew(path))


def _anew(path: Path) -> sqlite3.Connection | None:
    try:
        return _connection(path)
    except sqlite3.Error:
        return None


def _connection(path: Path) -> sqlite3.Connection:
    """The file as a database with our tables, emptied where its owner is another."""
    file = sqlite3.connect(path, timeout=_WAIT)
    try:
        # What a crash costs here is a rebuild: the disk need not be waited for.
        file.execute("PRAGMA synchronous = OFF")
        file.executescript(_TABLES)
        owner = _owner(path)
        if file.execute("SELECT name FROM owner").fetchall() != [(owner,)]:
            with file:
                for table in ("owner", "reading", "page", "past"):
                    file.execute(f"DELETE FROM {table}")
                file.execute("INSERT INTO owner VALUES (?)", (owner,))
    except sqlite3.Error:
        file.close()
        raise
    return file


def _owner(path: Path) -> str:
    found = path.stat()
    return f"{_FORMAT} {fingerprint()} {found.st_dev} {found.st_ino}"


def _sum(body: object) -> bytes:
    return hashlib.blake2b(body if isinstance(body, bytes) else b"", digest_size=8).digest()
