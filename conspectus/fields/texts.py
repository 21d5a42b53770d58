"""Bytes and words of files that people write."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from conspectus.problems import Location, Problem, error

_NO_URL = re.compile(r"[\s\x00-\x1f\x7f-\xa0<>\"\\^`{|}\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


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


def shown(text: str) -> str:
    """A user's text inside a message: one line, cut, nothing in it that a terminal would obey."""
    line = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return line if len(line) <= 60 else line[:59] + "…"


def _encoding_remedy(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "it looks like UTF-16: save it as UTF-8"
    return "save it as UTF-8; it may be Windows-1252 or Latin-1 now"


def moved(problem: Problem, folder: str) -> Problem:
    """The same problem with its path below a folder."""
    place = problem.location
    path = f"{folder}/{place.path}" if place.path else folder
    return replace(problem, location=replace(place, path=path))
