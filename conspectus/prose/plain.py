"""The shorter way for text without any Markdown: the same blocks, without the parser.

Most abstracts are one plain paragraph; a test holds this way to what the parser gives.
"""

from __future__ import annotations

import re

from conspectus.prose.inlines import Piece, line
from conspectus.prose.markdown import Found

_SPECIAL = re.compile(r"[\\`*_\[\]<>&$!~|#\t\n\r\x0b\x0c\x85\u2028\u2029]")
_BLOCK_START = re.compile(r"[-+=:]|\d+[.)]|\s")


def is_plain(source: str) -> bool:
    """Whether a text is one line in which no character means anything but itself."""
    return not (_SPECIAL.search(source) or "://" in source or _BLOCK_START.match(source))


def blocks(source: str) -> Found | None:
    """The one paragraph of a plain text, or None where the parser must read it."""
    stripped = source.strip("\n")
    if not is_plain(stripped):
        return None
    words = line([Piece("text", stripped.rstrip(" "))])
    return Found(('<p dir="auto">', words, "</p>\n"), (), ())
