"""A table's nodes in; values typed by the readers of their fields, and what is wrong, out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from conspectus.fields.nodes import Items, Node, Scalar, Table
from conspectus.fields.texts import is_url, nearest, shown
from conspectus.model.papers import PartialDate
from conspectus.problems import Location, Problem, error, warning

_MOST_UNKNOWN = 20
"""Keys that are named one by one: a file of another program's may hold thousands."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_TRUE = frozenset(("true", "yes", "on"))
_FALSE = frozenset(("false", "no", "off"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


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
