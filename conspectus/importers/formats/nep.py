"""A report of RePEc's New Economics Papers, an e-mail, in; entries out.

Each title stands twice, in the contents and above its abstract; only the second makes an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering

_RULE = re.compile(r"-{20,}")
_TITLE = re.compile(r"[0-9]{1,4}\.\s+(\S.*)")
_FIELD = re.compile(r"(Keywords|JEL|Date|URL|By):\s*(.*)", re.IGNORECASE)
_Lines = list[tuple[int, str]]


def read(text: str, path: str) -> Reading:
    """The entries below the contents."""
    gathering = Gathering(path)
    lines = list(enumerate(text.split("\n"), start=1))
    rules = [index for index, (_, line) in enumerate(lines) if _RULE.fullmatch(line.strip())]
    start = rules[-1] if rules else 0
    for block in _blocks(lines[start:]):
        gathering.take(_entry(block))
    return gathering.reading()


def _blocks(lines: _Lines) -> Iterator[_Lines]:
    block: _Lines = []
    for number, line in lines:
        if _TITLE.match(line):
            if block:
                yield block
            block = []
        if block or _TITLE.match(line):
            block.append((number, line))
    if block:
        yield block


def _entry(block: _Lines) -> Entry:
    number, first = block[0]
    match = _TITLE.match(first)
    title = [match[1] if match else first]
    names: list[str] = []
    prose: list[str] = []
    fields: dict[str, str] = {}
    begins = number
    for at, line in block[1:]:
        if found := _FIELD.match(line.strip()):
            fields[found[1].lower()] = found[2]
        elif line[:1].isspace() and line.strip() and not prose:
            names.append(line.strip())
        elif not line.strip() and not names and not prose:
            continue
        elif not names and line.strip() and not prose and at == number + len(title):
            title.append(line.strip())
        elif line.strip() or prose:
            begins = at if not prose else begins
            prose.append(line.strip())
    return Entry(
        title=markup.title(" ".join(title), number),
        abstract=markup.prose("\n".join(prose), begins),
        authors=values.authors(values.split_names([*names, fields.get("by", "")])),
        published=values.date(fields.get("date", "")),
        url=values.url(fields.get("url", "")),
        keywords=values.split_keywords(fields.get("keywords", "")),
        begins=number,
    )
