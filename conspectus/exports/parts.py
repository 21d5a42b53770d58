"""Many papers or topics in; the parts of a large file out, so that none grows too large.

A part follows from an id alone, so that one insertion changes one part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from conspectus.siteplan.lookup import paper_key


class Identified(Protocol):
    """A paper or a topic."""

    @property
    def id(self) -> str:
        """Its name for good."""


Item = TypeVar("Item", bound=Identified)
Naming = Callable[[str], str]
"""The id of a paper or topic in; the part in which it stands out."""


def coarse(name: str) -> str:
    """One of 256 parts, for what few others change: two hex digits."""
    return hashlib.blake2b(name.encode(), digest_size=1).hexdigest()


def fine(paper: str) -> str:
    """One of 1,024 parts, for what other papers change too: two base-32 digits of its key."""
    return paper_key(paper)[:2]


def parts(items: Iterable[Item], naming: Naming) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The parts that are not empty: names and the papers or topics, in order."""
    by_name: dict[str, list[Item]] = {}
    for item in items:
        by_name.setdefault(naming(item.id), []).append(item)
    return tuple((name, tuple(by_name[name])) for name in sorted(by_name))
