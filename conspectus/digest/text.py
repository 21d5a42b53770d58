"""Texts of strangers in; lines that no mail program obeys or mistakes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit, urlunsplit

COLUMNS = 76
_DROPPED = frozenset(("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: unclosed ones turn what follows. Plain marks stay."""
_WIDE = frozenset(("W", "F"))
_PIECE = re.compile(r"\S+")
_URL_SAFE = "/:@!$&'()*+,;=-._~%?#[]"


def calm(text: str) -> str:
    """One line: spaces evened, controls and marks that turn the reading direction left out."""
    spaced = " ".join(_TURNING.sub("", text).split())
    kept = "".join(c for c in spaced if unicodedata.category(c) not in _DROPPED)
    return " ".join(kept.split())


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def wrapped(text: str, indent: str = "") -> Iterator[str]:
    """The text in lines of at most 76 columns, in which East Asian signs count as two.

    Words are cut only where they are of such signs, which have no spaces between them; a longer
    word, such as an address, stays whole.
    """
    line, width = "", 0
    for piece, is_apart in _pieces(text):
        size = columns(piece)
        gap = 1 if line and is_apart else 0
        if line and len(indent) + width + gap + size > COLUMNS:
            yield indent + line
            line, width, gap = "", 0, 0
        line, width = line + " " * gap + piece, width + gap + size
    if line:
        yield indent + line


def columns(text: str) -> int:
    """How wide it is where every sign has the same width."""
    return sum(_width(character) for character in text)


def ascii_url(url: str) -> str:
    """The same address in ASCII, as headers and old programs want it."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(parts.netloc, ":[]")
    return urlunsplit((parts.scheme, host, *(quote(part, _URL_SAFE) for part in parts[2:])))


def paragraphs(blocks: Iterable[Iterable[str]]) -> str:
    """Blocks of lines, parted by empty lines."""
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Words, and single wide signs; whether a space stands before each."""
    for match in _PIECE.finditer(text):
        is_apart, narrow = True, ""
        for character in match[0]:
            if unicodedata.east_asian_width(character) not in _WIDE:
                narrow += character
                continue
            if narrow:
                yield narrow, is_apart
                is_apart, narrow = False, ""
            yield character, is_apart
            is_apart = False
        if narrow:
            yield narrow, is_apart


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
