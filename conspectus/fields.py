"""YAML text in; its nodes, each with its place, and values typed by their fields' own readers out.

Every scalar is the text that stands there: `no`, `2502.12150` and `2025-03-17` are words until a
field's reader says what they mean. Empty, `~` and `null` mean absent. Anchors, aliases and tags
are refused: a list of papers needs none, and aliases can explode.
"""

from __future__ import annotations

import bisect
import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import yaml

from conspectus.model import characters
from conspectus.model.papers import PartialDate
from conspectus.problems import Location, Problem, error, warning

_DEEPEST = 12
_MOST_UNKNOWN = 20
"""Keys that are named one by one: a file of another program's may hold thousands."""
_ABSENT = frozenset(("", "~", "null"))
_UNREADABLE = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_KEY_AND_VALUE = re.compile(r"\s*([\w-]+):\s+(\S.*?)\s*")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_TRUE = frozenset(("true", "yes", "on"))
_FALSE = frozenset(("false", "no", "off"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NO_URL = re.compile(r"[\s\x00-\x1f\x7f-\xa0<>\"\\^`{|}\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


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


def decode(content: bytes, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    """UTF-8 text with even line ends and no byte order mark, or None and why not."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start]
        column = fault.start - (before.rfind(b"\n") + 1)
        place = Location(path, before.count(b"\n") + 1, column + 1)
        return None, (error(place, "the file is not UTF-8", _encoding_remedy(content)),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        at = text.index("\0")
        column = at - (text.rfind("\n", 0, at) + 1)
        place = Location(path, text.count("\n", 0, at) + 1, column + 1)
        return None, (error(place, "the file holds a NUL character", "save it as UTF-8 text"),)
    return text, ()


def read(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document of a YAML text, or None and what is wrong with it.

    `first_line` is the line of the file on which the text begins.
    """
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


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, or empty."""
    close = difflib.get_close_matches(word.lower().replace("_", " "), sorted(known), 1, 0.7)
    return close[0] if close else ""


def is_url(url: str) -> bool:
    """Whether it is a whole http or https address without anything that a page could mistake."""
    if _NO_URL.search(url):
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises where the port is not a number)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


class Fields:
    """A table's fields, taken one by one, each by its own reader.

    A value that is not what its field says becomes a problem in `problems` and counts as absent.
    """

    def __init__(self, found: Table, problems: list[Problem]) -> None:
        self.location = found.location
        self.problems = problems
        self._keys = {key.text: key for key, _ in found.nodes}
        self._nodes = {
            key.text: node
            for key, node in found.nodes
            if not (isinstance(node, Scalar) and node.is_absent)
        }

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def node(self, key: str) -> Node | None:
        """The value as it stands, or None where it is absent."""
        return self._nodes.get(key)

    def at(self, key: str) -> Location:
        """Where the field's value stands; the table's place where it is absent."""
        node = self._nodes.get(key)
        return node.location if node else self.location

    def refuse(self, key: str, message: str, remedy: str) -> None:
        """Add an error at the field's value."""
        self.problems.append(error(self.at(key), message, remedy))

    def scalar(self, key: str, expected: str = "line of text") -> Scalar | None:
        """The value where it is a single one."""
        node = self._nodes.get(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.refuse(key, f"{key} is a list or a mapping", f"write one {expected}")
        return None

    def text(self, key: str) -> str:
        """One line of text, spaces evened; empty where absent."""
        node = self.scalar(key)
        return " ".join(node.text.split()) if node else ""

    def lines(self, key: str) -> str:
        """Text that may run over several lines."""
        node = self.scalar(key)
        return node.text.strip() if node else ""

    def items(self, key: str) -> tuple[Node, ...]:
        """The entries of a list; a single value is a list of one."""
        node = self._nodes.get(key)
        if node is None:
            return ()
        entries = node.nodes if isinstance(node, Items) else (node,)
        return tuple(e for e in entries if not (isinstance(e, Scalar) and e.is_absent))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one line with commas is a list as well."""
        node = self._nodes.get(key)
        if isinstance(node, Scalar) and node.is_plain:
            return tuple(part for part in (p.strip() for p in node.text.split(",")) if part)
        found: list[str] = []
        for entry in self.items(key):
            if isinstance(entry, Scalar):
                found.append(" ".join(entry.text.split()))
            else:
                self.problems.append(
                    error(
                        entry.location, f"{key} holds more than texts", f"write {key}: [one, two]"
                    )
                )
        return tuple(found)

    def fields(self, key: str) -> Fields:
        """The fields of a mapping; none where it is absent."""
        node = self._nodes.get(key)
        if isinstance(node, Table):
            return Fields(node, self.problems)
        if node is not None:
            self.refuse(key, f"{key} is no mapping", "write its keys and values, indented below it")
        return Fields(Table((), self.at(key)), self.problems)

    def date(self, key: str) -> datetime.date | None:
        """A whole day."""
        node = self.scalar(key, "date")
        found = parse_date(node.text) if node else None
        if node and (found is None or not (found.month and found.day)):
            self.refuse(key, f'{key}: "{shown(node.text)}" is not a day', _date_remedy(node.text))
            return None
        return datetime.date(found.year, found.month or 1, found.day or 1) if found else None

    def partial_date(self, key: str) -> PartialDate | None:
        """A date of which the day, or month and day, may be unknown."""
        node = self.scalar(key, "date")
        found = parse_date(node.text) if node else None
        if node and found is None:
            self.refuse(key, f'{key}: "{shown(node.text)}" is not a date', _date_remedy(node.text))
        return found

    def whole(self, key: str, least: int = 0) -> int | None:
        """A whole number of at least `least`."""
        node = self.scalar(key, "whole number")
        if node is None:
            return None
        number = int(node.text) if _WHOLE.fullmatch(node.text) else -1
        if number < least:
            self.refuse(
                key,
                f'{key}: "{shown(node.text)}" is not a whole number of at least {least}',
                f"write it in digits, such as {key}: {max(least, 5)}",
            )
            return None
        return number

    def flag(self, key: str, *, default: bool) -> bool:
        """Yes or no."""
        node = self.scalar(key, "true or false")
        if node is None:
            return default
        word = node.text.lower()
        if word not in _TRUE | _FALSE:
            self.refuse(
                key, f'{key}: "{shown(node.text)}" is neither true nor false', "write true or false"
            )
            return default
        return word in _TRUE

    def url(self, key: str) -> str:
        """A whole http or https address, or empty."""
        url = self.text(key)
        if url and not is_url(url):
            self.refuse(key, f'{key}: "{shown(url)}" is not a web address', _url_remedy(url))
            return ""
        return url

    def inner_path(self, key: str) -> str:
        """A file's path that does not leave the folder it is relative to, or empty."""
        path = self.text(key)
        if path and (
            path.startswith(("/", "~")) or "\\" in path or ":" in path or ".." in path.split("/")
        ):
            self.refuse(
                key, f'{key}: "{shown(path)}" leaves the folder', "write a path inside of it"
            )
            return ""
        return path

    def language(self, key: str, default: str) -> str:
        """A language tag, such as en or pt-BR."""
        tag = self.text(key)
        if tag and not _LANGUAGE.fullmatch(tag):
            self.refuse(
                key,
                f'{key}: "{shown(tag)}" is not a language tag',
                "write a tag such as en or pt-BR",
            )
            return default
        return tag or default

    def only(self, known: Iterable[str], instead: Mapping[str, str] | None = None) -> None:
        """Warn of every key that is not among the known ones; `instead` names usual mix-ups."""
        names = tuple(known)
        unknown = [scalar for key, scalar in self._keys.items() if key not in names]
        for scalar in unknown[:_MOST_UNKNOWN]:
            key = scalar.text
            meant = (instead or {}).get(key.lower()) or nearest(key, names)
            remedy = f'did you mean "{meant}"?' if meant else f"known keys: {', '.join(names)}"
            self.problems.append(warning(scalar.location, f'unknown key "{shown(key)}"', remedy))
        if len(unknown) > _MOST_UNKNOWN:
            message = f"{len(unknown) - _MOST_UNKNOWN} more unknown keys from here on"
            place = unknown[_MOST_UNKNOWN].location
            self.problems.append(warning(place, message, f"known keys: {', '.join(names)}"))


def parse_date(text: str) -> PartialDate | None:
    """2025, 2025-02 or 2025-02-17, or None where it is anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        datetime.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year or 0, month, day)


def shown(text: str) -> str:
    """A user's text inside a message: one line, cut, nothing in it that a terminal would obey."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return line if len(line) <= 60 else line[:59] + "…"


def _encoding_remedy(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "it looks like UTF-16: save it as UTF-8"
    return "save it as UTF-8; it may be Windows-1252 or Latin-1 now"


def _date_remedy(text: str) -> str:
    digits = re.findall("[0-9]+", text)
    if len(digits) == 3 and len(digits[0]) == 4:
        proposal = f"{digits[0]}-{digits[1]:0>2}-{digits[2]:0>2}"
        if parse_date(proposal):
            return f"write it as {proposal}"
    return "write it as YYYY-MM-DD, such as 2021-05-03"


def _url_remedy(url: str) -> str:
    proposal = f"https://{url}"
    if "://" not in url and "." in url and ":" not in url and is_url(proposal):
        return f"write it as {proposal}"
    return "begin it with https:// or http://, and leave no space in it"


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


def moved(problem: Problem, folder: str) -> Problem:
    """The same problem with its path below a folder."""
    place = problem.location
    path = f"{folder}/{place.path}" if place.path else folder
    return replace(problem, location=replace(place, path=path))
