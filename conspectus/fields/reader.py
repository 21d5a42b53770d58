"""YAML text in; its one document as nodes, and everything that is wrong with it, out.

Anchors, aliases and tags are refused: a list of papers needs none, and aliases can explode.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from conspectus.fields import plain
from conspectus.fields.nodes import Items, Node, Scalar, Table
from conspectus.fields.texts import shown
from conspectus.model import characters
from conspectus.problems import Location, Problem, error, warning

_DEEPEST = 12
_UNREADABLE = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_KEY_AND_VALUE = re.compile(r"\s*([\w-]+):\s+(\S.*?)\s*")


def read(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document of a YAML text, or None and what is wrong with it.

    `first_line` is the line of the file on which the text begins.
    """
    if found := plain.table(text, path, first_line):
        return found, ()
    reading = _Reading(text, path, first_line, [])
    node: Node | None
    try:
        node = reading.document()
    except _BrokenError as broken:
        node = None
        reading.problems.append(broken.problem)
    return node, tuple(reading.problems)


def table(text: str, path: str, first_line: int = 1) -> tuple[Table | None, tuple[Problem, ...]]:
    """The same where keys and values are expected; an empty text is an empty table."""
    node, problems = read(text, path, first_line)
    if isinstance(node, Table) or problems:
        return (node if isinstance(node, Table) else None), problems
    if node is None or (isinstance(node, Scalar) and node.is_absent):
        return Table((), Location(path, first_line, 1)), ()
    return None, (
        error(node.location, "keys and values are expected here", 'write lines such as "title: …"'),
    )


class _BrokenError(Exception):
    """The text cannot be read any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class _Reading:
    """A walk over the parser's events, which unlike its nodes never follows an alias."""

    text: str
    path: str
    first_line: int
    problems: list[Problem]
    line_starts: list[int] = field(default_factory=list)
    _events: Any = None

    def document(self) -> Node | None:
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        unreadable = _UNREADABLE.search(self.text)
        if unreadable:
            raise self._broken(
                self._at(unreadable.start()),
                f"the character U+{ord(unreadable[0]):04X} cannot stand in YAML",
                "delete it, or write it as an escape in double quotes",
            )
        self._events = yaml.parse(self.text, Loader=yaml.CBaseLoader)
        try:
            return self._stream()
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            said = fault.problem or "it cannot be read"
            place = self._at(mark.index if mark else 0)
            remedy = (
                'keep one document: delete the line "..."'
                if "document start" in said
                else self._remedy(place.line - self.first_line)
            )
            raise self._broken(place, f"broken YAML: {said}", remedy) from fault

    def _stream(self) -> Node | None:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        node = self._node(next(self._events), 0)
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._broken(
                self._of(after),
                "a second YAML document begins here",
                "keep one, and delete the line",
            )
        return node

    def _node(self, event: Any, depth: int) -> Node:
        location = self._of(event)
        self._refuse_cleverness(event, location)
        if depth > _DEEPEST:
            raise self._broken(location, "lists lie too deep in one another", "flatten them")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, location)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._entries(yaml.SequenceEndEvent, depth)), location)
        return Table(tuple(self._pairs(depth)), location)

    def _scalar(self, event: Any, location: Location) -> Scalar:
        text = characters.cleaned(event.value)
        if text != event.value:
            self.problems.append(warning(location, characters.FOUND, characters.REMEDY))
        return Scalar(text, location, event.style in (None, ""))

    def _entries(self, end: Any, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), end):
            yield self._node(event, depth + 1)

    def _pairs(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Location] = {}
        nodes = self._entries(yaml.MappingEndEvent, depth)
        for key in nodes:
            value = next(nodes)
            if not isinstance(key, Scalar):
                raise self._broken(key.location, "a key is no single word", "write key: value")
            if key.text in seen:
                self.problems.append(
                    error(
                        key.location,
                        f'"{shown(key.text)}" stands twice, first on line {seen[key.text].line}',
                        "keep one of them",
                    )
                )
                continue
            seen[key.text] = key.location
            yield key, value

    def _refuse_cleverness(self, event: Any, location: Location) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            is_alias = isinstance(event, yaml.AliasEvent)
            written = f"*{event.anchor}" if is_alias else f"&{event.anchor}"
            raise self._broken(
                location,
                f'"{shown(written)}" is YAML\'s sign for an {"alias" if is_alias else "anchor"}, '
                "which is not read here",
                "put the value in quotes, or write it out",
            )
        if event.tag and event.tag != "!":
            raise self._broken(
                location,
                f'"{shown(event.tag.replace("tag:yaml.org,2002:", "!!"))}" is a tag of YAML, '
                "which is not read here",
                "put the value in quotes, or delete the tag",
            )

    def _of(self, event: Any) -> Location:
        return self._at(event.start_mark.index)

    def _at(self, index: int) -> Location:
        """The place of a character: the parser's own lines also break at rarer characters."""
        row = bisect.bisect_right(self.line_starts, index) - 1
        column = index - self.line_starts[row]
        return Location(self.path, self.first_line + row, column + 1)

    def _remedy(self, index: int) -> str:
        """The line with its value in quotes, which is what most broken lines lack."""
        lines = self.text.split("\n")
        match = _KEY_AND_VALUE.fullmatch(lines[index]) if index < len(lines) else None
        if match is None or match[2][0] in "[{\"'":
            return "close every bracket and quote, and indent with spaces"
        quoted = match[2].replace("'", "''")
        return f"put the value in quotes: {match[1]}: '{shown(quoted)}'"

    def _broken(self, location: Location, message: str, remedy: str) -> _BrokenError:
        return _BrokenError(error(location, message, remedy))
