"""An Atom feed of arXiv's interface in; entries out.

A recorded answer, a JSON object whose `body` is the feed, is read as well. arXiv answers a wrong
question with a feed of one entry that is titled "Error": that is reported, and never a paper.
"""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree
from xml.parsers import expat

from conspectus.fields import shown
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering
from conspectus.model.papers import Author

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ID = re.compile(r"https?://(?:[a-z]+\.)?arxiv\.org/abs/(?P<id>.+)", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")


def read(text: str, path: str) -> Reading:
    """The feed's entries; the lines are those on which the feed has them."""
    gathering = Gathering(path)
    try:
        feed, lines = _parsed(_body(text))
    except _RefusedError as refused:
        gathering.report(refused.line, str(refused), "fetch the feed again")
        return gathering.reading()
    for element in feed.iter(f"{_ATOM}entry"):
        line = lines.get(element, 0)
        fault = _error(element)
        if fault:
            gathering.report(line, f'arXiv answers: "{shown(fault)}"', "ask for another identifier")
        else:
            gathering.take(_entry(element, line))
    return gathering.reading()


class _RefusedError(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _body(text: str) -> str:
    if not text.lstrip().startswith("{"):
        return text
    try:
        recorded = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise _RefusedError("broken JSON around the feed", 1) from fault
    body = recorded.get("body") if isinstance(recorded, dict) else None
    return body if isinstance(body, str) else ""


def _parsed(text: str) -> tuple[ElementTree.Element, dict[ElementTree.Element, int]]:
    """The feed and the line of each entry; a document type could hold entities and is refused."""
    builder = ElementTree.TreeBuilder()
    lines: dict[ElementTree.Element, int] = {}
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _RefusedError("the feed declares a document type", parser.CurrentLineNumber)

    def begin(name: str, attributes: dict[str, str]) -> None:
        element = builder.start(_qualified(name), attributes)
        lines[element] = parser.CurrentLineNumber

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: builder.end(_qualified(name))
    parser.CharacterDataHandler = builder.data
    try:
        # Text is read already: what the declaration says of its encoding is no longer so.
        parser.Parse(re.sub(r"\A\s*<\?xml[^<>]*\?>", "", text).encode("utf-8", "replace"), True)
        return builder.close(), lines
    except expat.ExpatError as fault:
        raise _RefusedError(f"broken XML ({fault})", fault.lineno) from fault


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _error(element: ElementTree.Element) -> str:
    """What arXiv says against the question, where the entry is no paper."""
    identifier = _text(element, f"{_ATOM}id")
    if "/api/errors" in identifier:
        return _text(element, f"{_ATOM}summary") or identifier
    return ""


def _entry(element: ElementTree.Element, line: int) -> Entry:
    match = _ID.match(_text(element, f"{_ATOM}id"))
    arxiv = values.arxiv_bare(match["id"]) if match else ""
    doi = values.doi(_text(element, f"{_ARXIV}doi"))
    address = _text(element, f"{_ATOM}id")
    return Entry(
        title=markup.title(_raw(element, f"{_ATOM}title"), line),
        abstract=markup.prose(_raw(element, f"{_ATOM}summary"), line),
        authors=values.unique(
            author for node in element.iter(f"{_ATOM}author") for author in _author(node)
        ),
        published=values.date(_text(element, f"{_ATOM}published")[:10]),
        venue=_text(element, f"{_ARXIV}journal_ref"),
        doi=doi,
        arxiv=arxiv,
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else values.url(address),
        pdf=f"https://arxiv.org/pdf/{arxiv}" if arxiv else "",
        keywords=values.keywords(
            term
            for node in element.iter(f"{_ATOM}category")
            if _CATEGORY.fullmatch(term := node.get("term", ""))
        ),
        begins=line,
    )


def _author(node: ElementTree.Element) -> tuple[Author, ...]:
    affiliations = [
        values.line("".join(found.itertext())) for found in node.iter(f"{_ARXIV}affiliation")
    ]
    return tuple(
        Author(author.family, author.given, affiliation="; ".join(filter(None, affiliations)))
        for author in values.authors([_text(node, f"{_ATOM}name")])
    )


def _raw(element: ElementTree.Element, name: str) -> str:
    found = element.find(name)
    return "".join(found.itertext()) if found is not None else ""


def _text(element: ElementTree.Element, name: str) -> str:
    return values.line(_raw(element, name))
