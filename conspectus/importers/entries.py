"""What every reader of a foreign format yields: entries, and what could not become one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from conspectus.model.papers import Author, Link, PartialDate
from conspectus.problems import Problem

PieceKind = Literal["text", "math", "emphasis", "strong", "code", "url"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one kind; math with its delimiters."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a source's text whose kind is certain, from `start` up to `end`."""

    start: int
    end: int
    kind: PieceKind


@dataclass(frozen=True, slots=True)
class SourceText:
    """Text as a source has it, whitespace apart, and the lines on which it stands there."""

    text: str = ""
    """Paragraphs parted by an empty line."""
    lines: tuple[tuple[int, int], ...] = ()
    """Offset into `text` and line of the source, from 1, ascending: where each line begins."""
    marks: tuple[Mark, ...] = ()
    """Ascending, none within another. What lies between is plain text that may hold TeX debris;
    a mark of kind `text` is plain text that holds none."""

    def line_at(self, offset: int) -> int:
        """The source's line on which a character stands; 0 where lines are not known."""
        line = 0
        for start, number in self.lines:
            if start > offset:
                break
            line = number
        return line

    @property
    def line(self) -> int:
        """The line on which the text begins."""
        return self.lines[0][1] if self.lines else 0


def marked(pieces: Iterable[Piece], line: int, *, is_certain: bool = False) -> SourceText:
    """The pieces as one text that begins on a line; `is_certain` where none of it needs repair."""
    text = ""
    marks: list[Mark] = []
    for piece in pieces:
        if piece.text and (is_certain or piece.kind != "text"):
            marks.append(Mark(len(text), len(text) + len(piece.text), piece.kind))
        text += piece.text
    return SourceText(text, ((0, line),), tuple(marks))


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as a source describes it, before it is matched with the survey's own."""

    title: SourceText
    abstract: SourceText = SourceText()
    authors: tuple[Author, ...] = ()
    published: PartialDate | None = None
    listed: datetime.date | None = None
    position: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    pdf: str = ""
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    citekey: str = ""
    """The source's own key, which is kept."""
    language: str = ""
    """A language tag."""
    upvotes: int | None = None
    csl: str = "{}"
    """CSL-JSON variables that pass through to citations, as JSON."""
    begins: int = 0
    """The line of the source on which the entry begins, where it is not its title's."""

    @property
    def line(self) -> int:
        """Where the entry begins in its source, from 1; 0 where that is not known."""
        return self.begins or self.title.line or self.abstract.line


@dataclass(frozen=True, slots=True)
class Reading:
    """A source, read: every entry of it is either in `entries` or counted in `reported`."""

    entries: tuple[Entry, ...] = ()
    reported: int = 0
    """Entries that could not be imported; each has its problem."""
    problems: tuple[Problem, ...] = ()
    curator: str = ""
    """Who made the listing, where it says so."""
