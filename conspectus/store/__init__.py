"""Working state on disk: the topics' lock, the permalinks."""

from __future__ import annotations

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


def write(folder: Path, lock: Lock, permalinks: tuple[Permalink, ...]) -> None:
    """Write both, each in one step and only where it has changed; permalinks first.

    A build that dies between the two has then lost stability at most, never a URL.
    """
    slugs.write(folder, permalinks)
    locks.write(folder, lock)
