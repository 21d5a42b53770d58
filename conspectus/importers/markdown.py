"""Pieces of a source's text in; Markdown that reads back as exactly that text out.

What Markdown would alter is escaped, and nothing else, so that a file stays pleasant to edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conspectus.importers.entries import Piece

_PUNCTUATION = r"!-/:-@\[-`{-~"
_SPECIAL = re.compile(
    rf"""
      \\(?=[{_PUNCTUATION}]|$)              # a backslash that would escape the next character
    | [`*$]
    | (?<![^\W_])_+ | _+(?![^\W_])          # not inside a word, where Markdown leaves it alone
    | ~~+
    | \[(?=\^|[^\[\]]*\][(\[:])             # what could be a link or a footnote
    | <(?=[A-Za-z/!?])
    | &(?=\#[0-9]+;|\#[xX][0-9A-Fa-f]+;|[A-Za-z][A-Za-z0-9]*;)
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(r"(\s*)(\#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-(?=[-\s]*$)|=+\s*$|~~~)")
_NUMBERED = re.compile(r"(\s*[0-9]{1,9})([.)])(?=\s|$)")
_MARKS = {"emphasis": "*", "strong": "**"}


def write(pieces: Iterable[Piece], *, is_inline: bool = False) -> str:
    """The pieces as Markdown; `is_inline` for a title, where no blocks can begin."""
    written = list(pieces)
    befores = ["", *(piece.text[-1:] for piece in written)]
    afters = [*(piece.text[:1] for piece in written[1:]), ""]
    text = "".join(map(_piece, written, befores, afters))
    return text if is_inline else _guarded(text)


def escape(text: str, *, is_inline: bool = False) -> str:
    """Plain text as Markdown that reads back character for character."""
    return write([Piece("text", text)], is_inline=is_inline)


def _piece(piece: Piece, before: str, after: str) -> str:
    if piece.kind in ("math", "url"):
        return piece.text
    if piece.kind == "code":
        return _code(piece.text)
    text = _SPECIAL.sub(lambda match: re.sub(r"(.)", r"\\\1", match[0]), piece.text)
    mark = _MARKS.get(piece.kind, "")
    return f"{mark}{text}{mark}" if mark and _can_be_marked(piece.text, before, after) else text


def _can_be_marked(text: str, before: str, after: str) -> bool:
    """Whether asterisks around the text are read as emphasis (CommonMark's flanking rules)."""
    opens = text[0].isalnum() or not before.isalnum()
    closes = text[-1].isalnum() or not after.isalnum()
    return opens and closes


def _code(text: str) -> str:
    if "`" in text or text != text.strip():
        return _SPECIAL.sub(lambda match: re.sub(r"(.)", r"\\\1", match[0]), text)
    return f"`{text}`"


def _guarded(text: str) -> str:
    """A paragraph whose first characters begin no heading, list, quotation or rule."""
    text = _BLOCK.sub(r"\1\\\2", text, count=1) if _BLOCK.match(text) else text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
