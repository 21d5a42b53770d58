"""A text in; its pieces out: what stands between blanks and signs that no run holds.

Splitting at blanks costs a tenth of looking for runs, and most pieces occur again and again: who
reads many texts takes each piece apart once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from conspectus.search.tokens import CJK, fold, runs_in, spelled_out

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_HELD = re.compile(rf"[\x00-\x7f{CJK}]|[^\W_]")
_DOI = re.compile(r"10\.[0-9]{4,9}/")
_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789'#+._-")
_BESIDE = b"'._-"
"""Signs that a run holds between letters only."""
_PLAIN = bytes(
    code if code >= 0x80 or code in _KEPT else ord(" ") for code in bytes(range(256)).lower()
)
"""A byte of UTF-8 in lower case, or a blank where no run holds it."""


def pieces(text: str) -> list[bytes]:
    """What `runs_of` makes the same runs of as `tokens.runs` makes of the text; in UTF-8."""
    plain = spelled_out(text)
    if not plain.isascii():
        plain = _FOREIGN.sub(_folding(), plain)
    if "10." in plain and _DOI.search(plain):  # a DOI may hold any sign
        return [run.encode() for run in runs_in(fold(spelled_out(text)))]
    return plain.encode().translate(_PLAIN).split()


def runs_of(piece: bytes) -> list[str]:
    """The runs of one piece."""
    word = piece.strip(_BESIDE)
    return [word.decode()] if word.isalnum() else runs_in(piece.decode())


@cache
def _folding() -> Callable[[re.Match[str]], str]:
    """Folds what stands between ASCII, and remembers it, since the same few signs come often."""

    @cache
    def folded(signs: str) -> str:
        return "".join(sign if _HELD.match(sign) else " " for sign in fold(signs))

    return lambda match: folded(match[0])
