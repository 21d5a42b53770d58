"""Text in; lines that fit, and their letters as coverage out.

The font is Source Serif Pro (SIL Open Font Licence), installed as a package of its own. Letters are
set without kerning, since the libraries for it differ from system to system.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ELLIPSIS = "…"
_PACKAGE = "font_source_serif_pro"
_NO_LETTER = "\uffff"


class Face:
    """One weight at one size."""

    def __init__(self, weight: str, size: int) -> None:
        file = _folder() / f"SourceSerifPro-{weight}.ttf"
        self.size = size
        self._font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        self._unknown = self._letter(_NO_LETTER)

    def can_write(self, text: str) -> bool:
        """Whether the font has every letter; it has none for Arabic, Chinese or Japanese."""
        letters = {letter for letter in text if not letter.isspace()}
        return all(self._letter(letter) != self._unknown for letter in letters)

    def lines(self, text: str, width: int) -> list[str]:
        """Broken between words; within a word where it alone is too wide."""
        found: list[str] = []
        for word in text.split():
            joined = f"{found[-1]} {word}" if found else word
            if found and self.width(joined) <= width:
                found[-1] = joined
            else:
                found.extend(self._pieces(word, width))
        return found

    def shortened(self, lines: list[str], most: int, width: int) -> list[str]:
        """At most so many lines; an ellipsis stands for what is left out."""
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while self.width(last + ELLIPSIS) > width:
            last = last[:-1].rstrip()
        return [*lines[: most - 1], last + ELLIPSIS]

    def width(self, line: str) -> int:
        """In whole pixels."""
        return round(self._font.getlength(line))

    def coverage(self, line: str) -> NDArray[np.uint8]:
        """A line's letters, 0 to 255; the baseline lies `size` pixels below the top."""
        strip = Image.new("L", (self.width(line) + self.size, self.size * 3 // 2))
        ImageDraw.Draw(strip).text((0, self.size), line, fill=255, font=self._font, anchor="ls")
        return np.asarray(strip)

    def _pieces(self, word: str, width: int) -> Iterator[str]:
        piece = ""
        for letter in word:
            if piece and self.width(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece

    def _letter(self, letter: str) -> bytes:
        return bytes(self._font.getmask(letter, mode="L"))


def _folder() -> Path:
    """Where the font's files lie; its package is not imported, since it lists its folder then."""
    found = find_spec(_PACKAGE)
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(next(iter(found.submodule_search_locations))) / "files"
