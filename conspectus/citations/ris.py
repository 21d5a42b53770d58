"""A paper in; its RIS record out, with the line ends that the format asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.citations import facts
from conspectus.model.papers import Author, Paper

END = "\r\n"
_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "article": "UNPB",
    "paper-conference": "CPAPER",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "software": "COMP",
    "webpage": "ELEC",
}
_FROM_CSL = (("VL", "volume"), ("IS", "issue"), ("PB", "publisher"), ("SN", "ISSN"))
_PAGES = re.compile(r"\s*(.+?)\s*[-–—]+\s*(.+)")


def ris(paper: Paper, url: str, *, with_abstract: bool = False) -> str:
    """The record, ended by `ER`."""
    lines = [*_lines(paper, url)]
    if with_abstract and paper.abstract.text:
        lines.append(("AB", paper.abstract.text))
    return "".join(f"{tag}  - {facts.one_line(text)}{END}" for tag, text in (*lines, ("ER", "")))


def _lines(paper: Paper, url: str) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(facts.csl_type(paper), "GEN")
    yield "ID", facts.key(paper)
    yield "TI", paper.title_text
    yield from (("AU", _author(author)) for author in paper.authors)
    if published := paper.published:
        yield "PY", f"{published.year:04}"
        if published.month is not None:
            yield "DA", f"{published.year:04}/{published.month:02}/{_day(published.day)}/"
    if paper.venue:
        yield "T2", paper.venue
    yield from _passed_through(paper)
    if paper.doi:
        yield "DO", paper.doi
    if address := facts.address(paper, url):
        yield "UR", address
    if paper.pdf:
        yield "L1", paper.pdf
    yield from (("KW", keyword) for keyword in paper.keywords)
    if paper.language:
        yield "LA", paper.language
    if note := facts.note(paper):
        yield "N1", note


def _passed_through(paper: Paper) -> Iterator[tuple[str, str]]:
    variables = facts.passed_through(paper)
    for tag, name in _FROM_CSL:
        if text := facts.text_of(variables.get(name)):
            yield tag, text
    page = facts.text_of(variables.get("page"))
    if pages := _PAGES.fullmatch(page):
        yield "SP", pages[1]
        yield "EP", pages[2]
    elif page:
        yield "SP", page


def _author(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given else author.family


def _day(day: int | None) -> str:
    return "" if day is None else f"{day:02}"
