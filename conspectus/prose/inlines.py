"""The words of one block as pieces, and any stretch of them as safe, balanced HTML."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from conspectus.model.characters import escaped
from conspectus.prose.sentences import ATOM, Span, spans


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, something unbreakable, or one end of an element."""

    kind: Literal["text", "atom", "open", "close"]
    text: str = ""
    """As plain text."""
    html: str = ""
    """Of an atom, itself; of an opening, its tag."""
    end: str = ""
    """Of an opening, the tag that closes it."""
    tex: str = ""
    """Of math that could be read, its TeX."""


CLOSE = Piece("close")


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one block."""

    pieces: tuple[Piece, ...]
    text: str
    sentences: tuple[Span, ...] = ()

    def html(self, start: int = 0, end: int | None = None) -> str:
        """The characters from `start` to `end` of the text as HTML with balanced tags."""
        return "".join(_sliced(self.pieces, start, len(self.text) if end is None else end))

    def sentence_htmls(self) -> Iterator[str]:
        """Each sentence as HTML, in one walk over the pieces."""
        index = position = 0
        opened: list[Piece] = []
        for start, end in self.sentences:
            while position + len(self.pieces[index].text) <= start:
                position += len(self.pieces[index].text)
                _step(opened, self.pieces[index])
                index += 1
            rest = itertools.islice(self.pieces, index, None)
            yield "".join(_sliced(rest, start, end, position, tuple(opened)))

    def marked(self, span: Span, opening: str, closing: str) -> str:
        """The whole block as HTML, with one stretch between two tags."""
        start, end = span
        return f"{self.html(0, start)}{opening}{self.html(start, end)}{closing}{self.html(end)}"


def line(pieces: Sequence[Piece], *, is_segmented: bool = True) -> Line:
    """The pieces of a block, and the sentences in it where it is running text."""
    text = "".join(piece.text for piece in pieces)
    if not is_segmented:
        return Line(tuple(pieces), text)
    masked = text
    if any(piece.kind == "atom" and not piece.text.isspace() for piece in pieces):
        masked = "".join(_masked(piece) for piece in pieces)
    return Line(tuple(pieces), text, spans(masked))


def _masked(piece: Piece) -> str:
    is_solid = piece.kind == "atom" and not piece.text.isspace()
    return ATOM * len(piece.text) if is_solid else piece.text


def _step(opened: list[Piece], piece: Piece) -> None:
    if piece.kind == "open":
        opened.append(piece)
    elif piece.kind == "close":
        opened.pop()


def _sliced(
    pieces: Iterable[Piece], start: int, end: int, position: int = 0, before: Sequence[Piece] = ()
) -> Iterator[str]:
    """Opens an element only once it has content within the stretch, and closes what it opened.

    `pieces` begin at `position`, within the elements `before`.
    """
    opened = list(before)
    written = 0
    for piece in pieces:
        if piece.kind in ("open", "close"):
            closed = opened[-1] if piece.kind == "close" else None
            _step(opened, piece)
            if closed and written > len(opened):
                written -= 1
                yield closed.end
            continue
        first, position = position, position + len(piece.text)
        if first >= end:
            break
        if position <= start:
            continue
        for element in opened[written:]:
            yield element.html
        written = len(opened)
        if piece.kind == "atom":
            yield piece.html
        else:
            yield escaped(piece.text[max(start - first, 0) : end - first])
    for element in reversed(opened[:written]):
        yield element.end
