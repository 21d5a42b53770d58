"""A curator's list in; a reading group's schedule out (RFC 5545): one event a paper with a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from conspectus.feeds.entries import entry_id
from conspectus.model.papers import ListedPaper, Paper, ReadingList
from conspectus.settings import Settings
from conspectus.siteplan import urls

LONGEST_LINE = 75
"""Octets, the line's end not counted; what is longer is folded."""
_UNWRITABLE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPED = re.compile(r"([\\;,])")


def calendar(
    reading_list: ReadingList, papers: Mapping[str, Paper], survey: str, settings: Settings
) -> bytes:
    """The calendar, its events by day; nothing where no paper of the list has a day.

    An event is a whole day, since lists give no hour, and its stamp is that day too: a build prints
    no "now".
    """
    dated = [entry for entry in reading_list.entries if entry.date]
    if not dated:
        return b""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Conspectus//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(f'{reading_list.title} · {settings.title}')}",
    ]
    for entry in sorted(dated, key=lambda entry: (entry.date or datetime.date.min, entry.paper)):
        lines += _event(entry, papers[entry.paper], f"{survey}:{reading_list.slug}", settings)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: ListedPaper, paper: Paper, owner: str, settings: Settings) -> Iterator[str]:
    assert entry.date
    uid = entry_id(owner, entry.paper).removeprefix("urn:uuid:")
    url = urls.absolute(settings.base_url, urls.paper_permalink(paper.id))
    words = ". ".join(text.rstrip(".") for text in (entry.person, entry.note) if text)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{entry.date:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{entry.date:%Y%m%d}"
    yield f"SUMMARY:{_text(paper.title_text)}"
    if words:
        yield f"DESCRIPTION:{_text(words)}"
    if url:
        yield f"URL:{url}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A value of type TEXT."""
    escaped = _ESCAPED.sub(r"\\\1", _UNWRITABLE.sub("", text.replace("\r\n", "\n")))
    return escaped.replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of 75 octets; no character is cut, and each further piece is indented."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
