"""Working state on disk: the topics' lock, the permalinks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from conspectus.model.topics import Lock, Permalink
from conspectus.problems import Problem
from conspectus.store import lock as locks
from conspectus.store import permalinks as slugs


@dataclass(frozen=True, slots=True)
class Saved:
    """What earlier builds left in the content folder."""

    lock: Lock | None = None
    """None where there is none yet."""
    permalinks: tuple[Permalink, ...] = ()
    problems: tuple[Problem, ...] = ()

    def topics_ever(self) -> frozenset[str]:
        """The ids of all topics that live or ever lived."""
        living = (topic.id for topic in self.lock.topics) if self.lock else ()
        return frozenset(living) | {permalink.slug for permalink in self.permalinks}


def read(folder: Path) -> Saved:
    """The lock and the permalinks of a content folder."""
    lock, wrong_lock = locks.read(folder)
    permalinks, wrong_permalinks = slugs.read(folder)
    return Saved(lock, permalinks, (*wrong_lock, *wrong_permalinks))


def paths(folder: Path) -> tuple[Path, ...]:
    """The files that hold both."""
    return folder / locks.NAME, folder / slugs.NAME


def digest(folder: Path) -> str:
    """A hash of both as they lie on disk; of nothing where they cannot be read."""
    found = hashlib.blake2b(digest_size=16)
    for path in paths(folder):
        body = path.read_bytes() if path.is_file() else b""
        found.update(b"%d " % len(body) + body)
    return found.hexdigest()


def write(folder: Path, lock: Lock, permalinks: tuple[Permalink, ...]) -> None:
    """Write both, each in one step and only where it has changed; permalinks first.

    A build that dies between the two has then lost stability at most, never a URL.
    """
    slugs.write(folder, permalinks)
    locks.write(folder, lock)
