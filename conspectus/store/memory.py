"""The cache as the stages ask for it: papers read before, pages drawn before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from conspectus.model.site import Made, Output
from conspectus.store.cache import Cache, Drawn, Reading


@dataclass(frozen=True, slots=True)
class Readings:
    """Papers as earlier builds read them."""

    cache: Cache
    fresh: set[str] = field(default_factory=set)
    """The files that were read anew."""

    def recall(self) -> Mapping[str, tuple[str, bytes]]:
        """By path, the stamp of the file and its reading."""
        return {each.path: (each.stamp, each.body) for each in self.cache.readings()}

    def remember(self, fresh: Mapping[str, tuple[str, bytes]], gone: Sequence[str]) -> None:
        """Keep these readings, and forget those of files that are gone."""
        rows = (Reading(path, stamp, body) for path, (stamp, body) in fresh.items())
        self.cache.remember_readings(rows, gone)

    def note(self, read: Sequence[str]) -> None:
        """Remember, until the build ends, which files were read anew."""
        self.fresh.update(read)


class Published(Protocol):
    """A file of a site."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def digest(self) -> str:
        """The hash of its content."""


@dataclass(slots=True)
class Drawings:
    """Pages as earlier builds drew them, as far as the site that stands still has them so."""

    cache: Cache
    standing: Mapping[str, Published]
    keys: Mapping[str, bytes] = field(init=False)
    """By permalink, the key of each page that stands as it was drawn."""
    _before: Mapping[str, Drawn] = field(init=False)
    _fresh: dict[str, bytes] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._before = self.cache.pages()
        self.keys = {
            permalink: drawn.key
            for permalink, drawn in self._before.items()
            if permalink in self.standing and _is_as(drawn, self.standing[permalink])
        }

    def noted(self, made: Iterable[Made]) -> Iterator[Made]:
        """The same files, their keys noted as they pass."""
        for each in made:
            if isinstance(each, Output):
                if each.key:
                    self._fresh[each.path] = each.key
            else:
                self._kept.add(each.path)
            yield each

    def remember(self, published: Mapping[str, Published]) -> None:
        """Keep what was drawn, now that it is published."""
        drawn = {
            path: Drawn(key, published[path].size, published[path].digest)
            for path, key in self._fresh.items()
        }
        fresh = {path: each for path, each in drawn.items() if self._before.get(path) != each}
        gone = sorted(self._before.keys() - self._fresh.keys() - self._kept)
        self.cache.remember_pages(fresh, gone)


def _is_as(drawn: Drawn, stands: Published) -> bool:
    return (drawn.size, drawn.digest) == (stands.size, stands.digest)
