"""An entry in; the fields and the Markdown of a paper's file, and every repair, out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conspectus import prose
from conspectus.content.authors import author_of
from conspectus.importers import frontmatter, markdown, tex
from conspectus.importers.entries import Entry, Piece, PieceKind, SourceText
from conspectus.importers.frontmatter import Field
from conspectus.model.papers import Author, Link


@dataclass(frozen=True, slots=True)
class LoggedRepair:
    """One repair of a source's text."""

    source: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        """`listing.txt:197: na\\"{\\i}ve → naïve`, on one line."""
        before = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in self.before)
        return f"{self.source}:{self.line}: {before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry, ready to be written once it has an id and a citation key."""

    entry: Entry
    title: str
    """Markdown."""
    title_text: str
    """Plain text, as the paper's own will be."""
    title_words: str
    """The same with math as TeX, whose names make better ids than its signs."""
    abstract: str
    """Markdown, a line a paragraph."""
    repairs: tuple[LoggedRepair, ...]


def draft(entry: Entry, source: str) -> Draft:
    """Repair and escape the entry's texts; `source` names the file in the log."""
    pieces, title_repairs = _pieces(entry.title, 0, len(entry.title.text))
    abstract, abstract_repairs = _abstract(entry.abstract)
    logged = (
        *_logged(source, entry.title, title_repairs),
        *_logged(source, entry.abstract, abstract_repairs),
    )
    title = " ".join(markdown.write(pieces, is_inline=True).split())
    return Draft(entry, title, prose.inline(title)[0].text, tex.plain(pieces), abstract, logged)


def fields(found: Draft, *, citekey: str = "", added: str = "") -> dict[str, Field]:
    """The front matter's fields in the order in which a file has them; some may be empty."""
    entry = found.entry
    return {
        "title": found.title,
        "authors": [_author(author) for author in entry.authors],
        "published": str(entry.published or ""),
        "listed": str(entry.listed or ""),
        "position": str(entry.position or ""),
        "venue": entry.venue,
        "added": added,
        "doi": entry.doi,
        "arxiv": entry.arxiv,
        "url": entry.url,
        "pdf": entry.pdf,
        "links": [_link(link) for link in entry.links],
        "citekey": citekey,
        "csl": json.loads(entry.csl),
        "keywords": list(entry.keywords),
        "language": entry.language,
        "upvotes": "" if entry.upvotes is None else str(entry.upvotes),
    }


def written(found: Draft, *, citekey: str, added: str) -> str:
    """The text of a new paper's file."""
    return frontmatter.write(fields(found, citekey=citekey, added=added), found.abstract)


def _abstract(source: SourceText) -> tuple[str, tuple[tex.Repair, ...]]:
    paragraphs: list[str] = []
    repairs: list[tex.Repair] = []
    offset = 0
    for paragraph in source.text.split("\n\n"):
        pieces, found = _pieces(source, offset, offset + len(paragraph))
        paragraphs.append(markdown.write(pieces))
        repairs.extend(found)
        offset += len(paragraph) + 2
    return "\n\n".join(part for part in paragraphs if part.strip()), tuple(repairs)


def _pieces(source: SourceText, start: int, end: int) -> tuple[list[Piece], list[tex.Repair]]:
    """A part of a text: what is marked as the source says, what lies between repaired."""
    pieces: list[Piece] = []
    repairs: list[tex.Repair] = []
    for first, last, kind in _stretches(source, start, end):
        text = source.text[first:last]
        if kind:
            pieces.append(Piece(kind, text))
            continue
        found, repaired = tex.read(text)
        pieces.extend(found)
        repairs.extend(tex.Repair(first + r.offset, r.before, r.after) for r in repaired)
    return pieces, repairs


def _stretches(
    source: SourceText, start: int, end: int
) -> Iterator[tuple[int, int, PieceKind | None]]:
    at = start
    for mark in source.marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first >= last:
            continue
        if at < first:
            yield at, first, None
        yield first, last, mark.kind
        at = last
    if at < end:
        yield at, end, None


def _logged(source: str, text: SourceText, repairs: Iterable[tex.Repair]) -> Iterable[LoggedRepair]:
    """The repairs with the rest of the words in which they stand, so that a log can be read."""
    for repair in repairs:
        end = repair.offset + len(repair.before)
        before = re.search(r"\S{0,20}\Z", text.text[: repair.offset])
        after = re.match(r"\S{0,20}", text.text[end:])
        head, tail = before[0] if before else "", after[0] if after else ""
        yield LoggedRepair(
            source,
            text.line_at(repair.offset),
            f"{head}{repair.before}{tail}",
            f"{head}{repair.after}{tail}",
        )


def _author(author: Author) -> Field:
    """The shortest form that reads back as the same author."""
    if author.orcid or author.affiliation:
        named = {"name": author.name} if author_of(author.name) == _bare(author) else _parts(author)
        return {**named, "orcid": author.orcid, "affiliation": author.affiliation}
    inverted = f"{author.family}, {author.given}" if author.given else ""
    for form in filter(None, (author.name, inverted, f"{{{author.family}}}")):
        if author_of(form) == author:
            return form
    return _parts(author)


def _bare(author: Author) -> Author:
    return Author(author.family, author.given)


def _parts(author: Author) -> dict[str, Field]:
    return {"family": author.family, "given": author.given}


def _link(link: Link) -> Field:
    return {"kind": link.kind, "url": link.url}
