"""What a YAML text holds, each part with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from conspectus.problems import Location

_ABSENT = frozenset(("", "~", "null"))


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file."""

    text: str
    location: Location
    is_plain: bool = True
    """Without quotes."""

    @property
    def is_absent(self) -> bool:
        """Empty, `~` or `null`; in quotes these two are words."""
        return not self.text.strip() or (self.is_plain and self.text in _ABSENT)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values, in the file's order; no key stands twice."""

    nodes: tuple[tuple[Scalar, Node], ...]
    location: Location


Node: TypeAlias = Scalar | Items | Table
