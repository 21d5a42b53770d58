"""Whom a digest was sent to, on disk: so that no crash makes a reader get it twice.

A line is written, and forced to the disk, before the one moment from which a server may hold a
message to be its own (the final dot), and another when it has answered. Whoever has a first line
without a second may or may not have got the letter, and is never written to again: at most once.
Before that moment nothing is written, so whoever was certainly not reached is tried again.

Lines are only ever added, and their order does not count: two branches merge by union. Addresses
stand as hashes, since the file belongs into the repository, where a run of continuous integration
finds it again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from filelock import FileLock, Timeout

from conspectus.fields import decode
from conspectus.model.mailboxes import Mailbox
from conspectus.problems import Location, Problem, ProblemsError, error

State = Literal["open", "sent", "uncertain", "refused"]

HEAD = (
    "# Whom this digest was sent to, by hashes of their addresses. Commit it.\n"
    "# Without it everybody is written to anew. See docs/digest.md.\n"
)
_WORDS = ("trying", "sent", "open", "refused")
_ENDED = ("run", "ended")
_LINE = re.compile(
    r"(?P<name>[0-9a-f]{32}) (?P<word>trying|sent|open|refused)"
    r"|(?P<run>run) (?P<ended>ended)|key (?P<check>[0-9a-f]{16})"
)
_REMEDY = "restore the file from the repository; delete a line only to write to that reader anew"


@dataclass(slots=True)
class Ledger:
    """The ledger of one digest. Made by `held`; readers are known by their hashes."""

    path: Path
    key: bytes
    _states: Counter[tuple[str, str]] = field(default_factory=Counter)
    _file: IO[bytes] | None = None

    def state(self, reader: Mailbox) -> State:
        """What is known of this reader."""
        name = self.name(reader)
        lines = {word: self._states[name, word] for word in _WORDS}
        if lines["sent"]:
            return "sent"
        if lines["trying"] > lines["open"]:
            return "uncertain"
        return "refused" if lines["refused"] else "open"

    def has_answer(self, reader: Mailbox) -> bool:
        """Whether the server has ever said anything about this reader, or may have."""
        name = self.name(reader)
        return any(self._states[name, word] for word in _WORDS)

    def is_begun(self) -> bool:
        """Whether anybody was ever tried."""
        return bool(self._states)

    def is_ended(self) -> bool:
        """Whether a run has tried everybody whom it knew."""
        return bool(self._states[_ENDED])

    def end(self) -> None:
        """Everybody was tried; readers who come later keep no new digest waiting."""
        if not self.is_ended():
            self._add(*_ENDED)

    def trying(self, reader: Mailbox) -> None:
        """From the next moment on the server may have the letter."""
        self._write(reader, "trying")

    def sent(self, reader: Mailbox) -> None:
        """The server has taken it."""
        self._write(reader, "sent")

    def open_again(self, reader: Mailbox) -> None:
        """The server has said that it did not take it, or does not take it now."""
        self._write(reader, "open")

    def refused(self, reader: Mailbox) -> None:
        """The server takes nothing for this address, now or later."""
        self._write(reader, "refused")

    def _write(self, reader: Mailbox, word: str) -> None:
        self._add(self.name(reader), word)

    def _add(self, name: str, word: str) -> None:
        file = self._file or self._opened()
        file.write(f"{name} {word}\n".encode())
        _force(file)
        self._states[name, word] += 1

    def _opened(self) -> IO[bytes]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = file = self.path.open("ab")
        whole = self.path.read_bytes().rfind(b"\n") + 1
        file.truncate(whole)  # a line that a crash has cut: nothing had followed from it yet
        if not whole:
            file.write(f"{HEAD}key {_check(self.key)}\n".encode())
            _force(file)
            _force_folder(self.path.parent)
        return file

    def name(self, reader: Mailbox) -> str:
        """What stands for the reader in the file."""
        address = reader.address.casefold().encode()
        return hashlib.blake2b(address, key=self.key, digest_size=16, person=b"reader").hexdigest()

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
            self._file = None


@contextmanager
def held(path: Path, secret: str = "") -> Iterator[Ledger]:
    """The ledger at `path`, for one program at a time; written only once somebody is tried.

    `secret` keeps whoever reads the file from telling whether an address is on the list. Raises
    ProblemsError where another program sends, or where the file cannot be trusted.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    hold = FileLock(lock, timeout=0)
    try:
        hold.acquire()
    except Timeout as refusal:
        remedy = "wait until it ends; what is left then is sent by the same command"
        raise ProblemsError(
            [error(Location(path.as_posix()), "this digest is just being sent", remedy)]
        ) from refusal
    try:
        with closing(read(path, secret)) as ledger:
            yield ledger
    finally:
        with suppress(OSError):
            lock.unlink()
        hold.release()


def read(path: Path, secret: str = "") -> Ledger:
    """The ledger as it stands, to be looked at; an empty one where there is no file yet.

    Raises ProblemsError where lines are no lines of ours: who has got the letter is then unknown.
    """
    key = hashlib.blake2b(secret.encode(), digest_size=32).digest() if secret else b""
    ledger = Ledger(path, key)
    try:
        text, problems = decode(path.read_bytes(), path.as_posix())
    except FileNotFoundError:
        return ledger
    found = list(problems)
    lines = (text or "").split("\n")
    for number, line in enumerate(lines[:-1], start=1):  # behind the last end nothing is whole
        found.extend(_read_line(line, Location(path.as_posix(), number, 1), ledger))
    if found:
        raise ProblemsError(found)
    return ledger


def _read_line(line: str, place: Location, ledger: Ledger) -> Iterator[Problem]:
    if not line or line.startswith("#"):
        return
    match = _LINE.fullmatch(line)
    if match is None:
        yield error(place, "is no line of a ledger", _REMEDY)
        return
    if match["name"] or match["run"]:
        ledger._states[match["name"] or match["run"], match["word"] or match["ended"]] += 1
    elif match["check"] != _check(ledger.key):
        yield error(
            place,
            "the ledger was begun with another secret, so that nobody in it can be told",
            "set CONSPECTUS_LEDGER_KEY to what it was when this digest was first sent",
        )


def _check(key: bytes) -> str:
    return hashlib.blake2b(b"", key=key, digest_size=8, person=b"ledger").hexdigest()


def _force(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _force_folder(folder: Path) -> None:
    """Make the file's name as lasting as its bytes, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
