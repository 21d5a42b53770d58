"""Lines with tags in; records of fields out: what RIS, PubMed, Web of Science and EndNote share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Field:
    """A tag's value; lines that went on are parted by line ends, empty ones kept."""

    tag: str
    text: str
    line: int


@dataclass(slots=True)
class Record:
    """A record's fields in their order; tags may stand several times."""

    line: int
    fields: list[Field] = field(default_factory=list)

    def add(self, tag: str, text: str, line: int) -> None:
        """A new field."""
        self.fields.append(Field(tag, text, line))

    def go_on(self, text: str) -> None:
        """A line more of the last field."""
        if self.fields:
            self.fields[-1].text += f"\n{text}"

    def all(self, *tags: str) -> Iterator[str]:
        """The values that hold anything: all of the first tag, then all of the next."""
        for tag in tags:
            yield from (f.text.strip() for f in self.fields if f.tag == tag and f.text.strip())

    def first(self, *tags: str) -> str:
        """The first of them, or empty."""
        return next(self.all(*tags), "")

    def one(self, *tags: str) -> str:
        """The same on one line."""
        return " ".join(self.first(*tags).split())

    def line_of(self, *tags: str) -> int:
        """The line of the first field that holds anything; the record's where there is none."""
        for tag in tags:
            for found in self.fields:
                if found.tag == tag and found.text.strip():
                    return found.line
        return self.line
