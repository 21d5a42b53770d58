"""YAML text in; its table where every line is plain, or None where the parser must read it, out.

Most front matter is a key and a value a line, without anything that YAML reads in a second way. To
see that it is so, and to read it, takes a tenth of the parser's time. Whatever is read here is what
the parser would have made of it, places included; all else, however common, is left to it.
"""

from __future__ import annotations

import re

from conspectus.fields.nodes import Items, Node, Scalar, Table
from conspectus.model import characters
from conspectus.problems import Location

_KEY = "[A-Za-z_][A-Za-z0-9_]{0,60}"
_INDICATORS = r"\-?:,\[\]{}#&*!|>'\"%@`"
_PLAIN = rf"[^\s{_INDICATORS}][^:#\n]*(?:(?::(?=[^ \n])|(?<! )\#)[^:#\n]*)*(?<! )"
"""A value without quotes: no `: ` or ` #` in it, no blank or colon at its end."""
_QUOTED = r'"[^"\\\n]*"' + r"|'[^'\n]*'"
_ITEM = rf"[^\s{_INDICATORS}][^:,\[\]{{}}#\n]*(?<! )"
_LINE = re.compile(
    rf"({_KEY}): (?:(?P<plain>{_PLAIN})|(?P<quoted>{_QUOTED})|\[(?P<items>{_ITEM}(?:, {_ITEM})*)\])"
)
_OTHERWISE = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What the parser refuses, or takes for a blank or the end of a line."""


def table(text: str, path: str, first_line: int) -> Table | None:
    """The table, if this is one that can be read line by line."""
    if _OTHERWISE.search(text) or characters.cleaned(text) != text:
        return None
    pairs: list[tuple[Scalar, Node]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), first_line):
        match = _LINE.fullmatch(line)
        if match is None or match[1] in seen:
            return None
        seen.add(match[1])
        pairs.append((Scalar(match[1], Location(path, number, 1)), _value(match, path, number)))
    return Table(tuple(pairs), Location(path, first_line, 1))


def _value(found: re.Match[str], path: str, number: int) -> Node:
    place = Location(path, number, found.end(1) + len(": ") + 1)
    if text := found["plain"]:
        return Scalar(text, place)
    if text := found["quoted"]:
        return Scalar(text[1:-1], place, is_plain=False)
    return _items(found["items"], place)


def _items(text: str, place: Location) -> Items:
    items: list[Node] = []
    column = place.column + 1
    for item in text.split(", "):
        items.append(Scalar(item, Location(place.path, place.line, column)))
        column += len(item) + len(", ")
    return Items(tuple(items), place)
