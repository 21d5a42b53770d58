"""JSON text in; its objects with the lines on which they begin out."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from conspectus.fields import shown
from conspectus.problems import Location, Problem, warning

_BLANK = re.compile(r"[ \t\r\n]*")
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
"""Half of a pair of surrogates is no letter, and no file can hold it."""
_MARK = re.compile(r"[ \t\r\n]*([,:\]}]?)")


@dataclass(frozen=True, slots=True)
class Located:
    """A value of JSON and its line, from 1."""

    value: Any
    line: int


_MOST_FAULTS = 1000
"""Broken values after which a text is not taken for JSON any longer."""


class BrokenJsonError(Exception):
    """The text is not JSON from some place on."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line

    def problem(self, path: str) -> Problem:
        """What to tell the user."""
        return warning(
            Location(path, self.line, 1),
            f"not imported: {self.message}",
            "export the file again; it may have been cut off",
        )


@dataclass(slots=True)
class Json:
    """A text of JSON, read as far down as one asks, so that each entry keeps its line.

    A list that breaks off half-way yields what stood before the break, then raises.
    """

    text: str
    _decoder: json.JSONDecoder = field(default_factory=lambda: json.JSONDecoder(strict=False))
    _lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if _HALF.search(self.text):
            self.text = _ESCAPE.sub(lambda m: r"\ufffd" if m["lone"] else m[0], self.text)
        self._lines = [match.start() for match in re.finditer("\n", self.text)]

    def begins_with(self, sign: str, at: int = 0) -> bool:
        """Whether the value at a place begins with `[` or `{`."""
        return self.text.startswith(sign, self.start(at))

    def start(self, at: int = 0) -> int:
        """Where the next value begins."""
        match = _BLANK.match(self.text, at)
        return match.end() if match else at

    def entries(self, at: int = 0) -> Iterator[Located]:
        """The values of the list that begins at a place."""
        for place, value, _ in self._elements(at):
            yield Located(value, self.line(place))

    def member(self, name: str, at: int = 0) -> int | None:
        """Where the value of an object's key begins, or None."""
        if not self.begins_with("{", at):
            return None
        at = self.start(at) + 1
        while not self.text.startswith("}", self.start(at)):
            key, at = self._value(self.start(at))
            at = self._after(at, ":")
            if key == name:
                return self.start(at)
            _, at = self._value(self.start(at))
            at = self._after(at, ",", "}")
            if self.text[at - 1] == "}":
                break
        return None

    def whole(self, at: int = 0) -> Located:
        """The value at a place."""
        at = self.start(at)
        return Located(self._value(at)[0], self.line(at))

    def has_more(self) -> bool:
        """Whether another value follows the first one."""
        _, end = self._value(self.start())
        return bool(self.text[end:].strip(" \t\n,"))

    def stream(self) -> Iterator[Located | BrokenJsonError]:
        """Values one after another, as in JSON Lines; lines that are none of them as their fault.

        After a broken line reading goes on with the next one that begins an object.
        """
        at, is_broken, faults = 0, False, 0
        while (match := _BETWEEN.match(self.text, at)) and match.end() < len(self.text):
            place = match.end()
            try:
                value, at = self._value(place)
                is_broken = False
                yield Located(value, self.line(place))
            except BrokenJsonError as broken:
                faults += 1
                if faults > _MOST_FAULTS:
                    message = f"more than {_MOST_FAULTS} lines are broken; the rest is not read"
                    yield BrokenJsonError(message, self.line(place))
                    return
                end = self.text.find("\n", place)
                at = end if end >= 0 else len(self.text)
                if not is_broken or self.text[place] == "{":
                    yield BrokenJsonError(broken.message, self.line(place))
                is_broken = True

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return bisect.bisect_left(self._lines, at) + 1

    def _elements(self, at: int) -> Iterator[tuple[int, Any, int]]:
        at = self.start(at) + 1
        while not self.text.startswith("]", self.start(at)):
            place = self.start(at)
            value, at = self._value(place)
            yield place, value, at
            at = self._after(at, ",", "]")
            if self.text[at - 1] == "]":
                break

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            value, end = self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as fault:
            raise BrokenJsonError(
                f"broken JSON ({shown(fault.msg)})", self.line(fault.pos)
            ) from fault
        except (RecursionError, ValueError) as fault:
            raise BrokenJsonError(f"broken JSON ({shown(str(fault))})", self.line(at)) from fault
        return value, end

    def _after(self, at: int, *signs: str) -> int:
        match = _MARK.match(self.text, at)
        if match is None or match[1] not in signs:
            said = " or ".join(f'"{sign}"' for sign in signs)
            raise BrokenJsonError(f"broken JSON (expected {said})", self.line(at))
        return match.end()


def text_of(value: object) -> str:
    """A JSON value as text: itself where it is one, else empty."""
    return value if isinstance(value, str) else ""


def table_of(value: object) -> dict[str, Any]:
    """A JSON value as an object: itself where it is one, else empty."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """A JSON value as a list: itself where it is one, else empty."""
    return value if isinstance(value, list) else []
