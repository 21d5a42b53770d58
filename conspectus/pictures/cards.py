"""A social card in; its PNG out: words at the left, the lattice at the right edge (LOOK 1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from conspectus.model.site import SocialCard
from conspectus.pictures import inks, outlines, png
from conspectus.pictures.lettering import Face
from conspectus.siteplan.social import HEIGHT, LATTICE_LEFT, WIDTH

SIDE = 72
TEXT_WIDTH = LATTICE_LEFT - 2 * SIDE
GAP = 20
SMALL = 30
SIZES = ((64, 3), (48, 4))
"""Of headings, and how many lines each may have: 4 rem, and less for long ones."""
MOST_ABOVE, MOST_BELOW = 2, 3
LINE_BELOW, LINE_HEIGHT = 12, 7
"""Pixels from the baseline to the topic's line, and its thickness."""
CLEAR = 4
"""Pixels that the line keeps from letters that reach through it."""
STROKE_SCALE = 2
"""Times the strokes of a page."""
STROKE_WIDTH, STROKE_HEIGHT = 3 * STROKE_SCALE, 13 * STROKE_SCALE

Pixels = NDArray[np.uint8]


class Press:
    """Holds the type and the shapes for all cards of a site."""

    def __init__(self) -> None:
        self._faces = tuple((Face("Semibold", size), most) for size, most in SIZES)
        self._small = Face("Regular", SMALL)
        self._marks: dict[tuple[int, int], Pixels] = {}

    def printed(self, card: SocialCard) -> bytes:
        """The card's file. Words that the font cannot write are left out: boxes say nothing."""
        sheet = np.zeros((HEIGHT, WIDTH), np.uint8)
        above = self._lines(card.above, MOST_ABOVE)
        self._set_small(sheet, above, SIDE)
        self._set_heading(sheet, card, SIDE + len(above) * _leading(SMALL) + GAP)
        below = self._lines(card.below, MOST_BELOW)
        foot = HEIGHT - SIDE - len(below) * _leading(SMALL)
        self._set_small(sheet, below, foot)
        _draw_strokes(sheet, card, foot - STROKE_HEIGHT)
        self._set_marks(sheet, card)
        return png.encoded(sheet, inks.palette())

    def _lines(self, text: str, most: int) -> list[str]:
        face = self._small
        if not face.can_write(text):
            return []
        return face.shortened(face.lines(text, TEXT_WIDTH), most, TEXT_WIDTH)

    def _set_small(self, sheet: Pixels, lines: Sequence[str], top: int) -> None:
        for number, line in enumerate(lines):
            place = SIDE, top + number * _leading(SMALL)
            _lay(sheet, self._small.coverage(line), place, inks.INK2)

    def _set_heading(self, sheet: Pixels, card: SocialCard, top: int) -> None:
        face, lines = self._heading(card.heading)
        for number, line in enumerate(lines):
            letters = face.coverage(line)
            place = SIDE, top + number * _leading(face.size, has_line=bool(card.colour))
            if card.colour:
                _lay(sheet, _underline(letters, face, line), place, inks.topic_ink(card.colour))
            _lay(sheet, letters, place, inks.INK)

    def _heading(self, text: str) -> tuple[Face, list[str]]:
        """In the largest size in which it fits; shortened in the smallest."""
        for face, most in self._faces:
            if not face.can_write(text):
                return face, []
            lines = face.lines(text, TEXT_WIDTH)
            if len(lines) <= most:
                break
        return face, face.shortened(lines, most, TEXT_WIDTH)

    def _set_marks(self, sheet: Pixels, card: SocialCard) -> None:
        for mark in card.marks:
            corner = mark.x - mark.size // 2, mark.y - mark.size // 2
            _lay(sheet, self._mark(mark.shape, mark.size), corner, inks.topic_ink(mark.colour))

    def _mark(self, number: int, size: int) -> Pixels:
        if (number, size) not in self._marks:
            drawn = outlines.shape(number, size) if number else outlines.dot(size)
            self._marks[number, size] = drawn
        return self._marks[number, size]


def _leading(size: int, *, has_line: bool = False) -> int:
    return size * 5 // 4 + LINE_BELOW * has_line


def _underline(letters: Pixels, face: Face, line: str) -> Pixels:
    """The topic's line below these letters; it breaks where they reach through it."""
    top = face.size + LINE_BELOW
    drawn = np.zeros_like(letters)
    is_crossed = letters[top - CLEAR : top + LINE_HEIGHT + CLEAR].any(axis=0)
    is_near = np.convolve(is_crossed, np.ones(2 * CLEAR + 1), mode="same") > 0
    drawn[top : top + LINE_HEIGHT, : face.width(line)] = 255
    drawn[:, is_near] = 0
    return drawn


def _draw_strokes(sheet: Pixels, card: SocialCard, top: int) -> None:
    """One stroke for a paper, as pages have them."""
    for left in card.strokes:
        start = SIDE + left * STROKE_SCALE
        if start + STROKE_WIDTH <= SIDE + TEXT_WIDTH:
            part = sheet[top : top + STROKE_HEIGHT, start : start + STROKE_WIDTH]
            part[:] = (inks.topic_ink(card.colour) + 1) * inks.SHADES


def _lay(sheet: Pixels, coverage: Pixels, corner: tuple[int, int], ink: int) -> None:
    """Coverage in an ink, over what stands there; what reaches out of the sheet is cut."""
    left, top = corner
    part = sheet[top : top + coverage.shape[0], left : left + coverage.shape[1]]
    inside = coverage[: part.shape[0], : part.shape[1]].astype(np.int64)
    shades = (inside * inks.SHADES + 127) // 255
    np.copyto(part, (ink * inks.SHADES + shades).astype(np.uint8), where=shades > 0)
