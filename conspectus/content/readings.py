"""Papers' files in; what they read as out: remembered where they are unchanged, read side by side.

A reading depends on one file and on the interface's language alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import msgspec

from conspectus.content.folder import File, read_text
from conspectus.content.papers import ReadPaper, read_any
from conspectus.model.identifiers import fault_of_id
from conspectus.words import Words
from conspectus.workers import Alone, Task, Workers, chunks


class Memory(Protocol):
    """What earlier builds read."""

    def recall(self) -> Mapping[str, tuple[str, bytes]]:
        """By path, the stamp of the file and its reading."""

    def remember(self, fresh: Mapping[str, tuple[str, bytes]], gone: Sequence[str]) -> None:
        """Keep these readings, and forget those of files that are gone."""

    def note(self, read: Sequence[str]) -> None:
        """Take note of the files that were read anew, whether or not they can be kept."""


class Forgetful:
    """Remembers nothing."""

    def recall(self) -> Mapping[str, tuple[str, bytes]]:
        """Nothing."""
        return {}

    def remember(self, fresh: Mapping[str, tuple[str, bytes]], gone: Sequence[str]) -> None:
        """Nothing is kept."""

    def note(self, read: Sequence[str]) -> None:
        """Nobody asks."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what is remembered."""

    workers: Workers = field(default_factory=Alone)
    memory: Memory = field(default_factory=Forgetful)

    def read(self, files: Sequence[File], interface: Words | None) -> Iterator[ReadPaper]:
        """The readings, in the order of the files."""
        language = interface.language if interface else ""
        known = self.memory.recall()
        found: dict[str, ReadPaper] = {}
        unread: list[File] = []
        for file in files:
            stamp, body = known.get(file.path, ("", b""))
            remembered = _decoded(body) if file.stamp and stamp == _told(file, language) else None
            if remembered is None:
                unread.append(file)
            else:
                found[file.path] = remembered
        self.memory.note([file.path for file in unread])
        fresh = self._read_anew(unread, interface, found)
        stamps = {file.path: _told(file, language) for file in unread if file.stamp}
        gone = sorted(known.keys() - {file.path for file in files})
        kept = {path: (stamps[path], body) for path, body in fresh.items() if path in stamps}
        if kept or gone:
            self.memory.remember(kept, gone)
        return (found[file.path] for file in files)

    def _read_anew(
        self, files: Sequence[File], interface: Words | None, found: dict[str, ReadPaper]
    ) -> dict[str, bytes]:
        """Read files into `found`; returns what memory can keep of it."""
        tasks: list[Task[tuple[str, bytes | ReadPaper]]] = [
            partial(_read_all, chunk, interface) for chunk in chunks(map(_placed, files))
        ]
        fresh: dict[str, bytes] = {}
        for path, reading in self.workers.run(tasks):
            if isinstance(reading, bytes):
                fresh[path] = reading
                found[path] = _DECODER.decode(reading)
            else:
                found[path] = reading
        return fresh


def _placed(file: File) -> File:
    """The file under a name that holds in other processes too, wherever they were started."""
    return replace(file, source=file.source.absolute())


def _read_all(
    files: Sequence[File], interface: Words | None
) -> Iterator[tuple[str, bytes | ReadPaper]]:
    """Each file's path with its reading, as bytes where it can be written as such."""
    for file in files:
        reading = _read(file, interface)
        try:
            yield file.path, _ENCODER.encode(reading)
        except (UnicodeEncodeError, OverflowError):  # half a character, a number beyond 64 bits
            yield file.path, reading


def _read(file: File, interface: Words | None) -> ReadPaper:
    text, problems = read_text(file)
    if text is None:
        return ReadPaper(None, False, problems)
    found = read_any(text, file.path, interface)
    if found.paper and fault_of_id(found.paper.id):
        return replace(found, paper=None)
    return found


def _told(file: File, language: str) -> str:
    return f"{file.stamp} {language}"


def _decoded(body: bytes) -> ReadPaper | None:
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError:
        return None


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ReadPaper)
