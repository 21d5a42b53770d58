"""Rows of strokes: a number of papers in; SVG path data out (LOOK 1: one stroke, one paper)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conspectus.siteplan.views import Strokes
from conspectus.words import Words

STEP = 5
"""Pixels from one stroke to the next."""
FIVE = 4
"""Further pixels after every fifth, as in a tally."""
HEIGHT = 16
MOST = 60
"""Strokes in a row: of more papers each stands for ten, of more than ten times as many for 100."""


def strokes(
    count: int, colour: int, words: Words, *, own: int | None = None, beside: int = 0
) -> Strokes:
    """The strokes for `count` papers; `own` is the place (from 0) of the page's own paper.

    `beside` is the largest number in rows that share a scale.
    """
    each = _each(max(count, beside))
    drawn = -(-count // each)
    place = None if own is None else own // each
    label = words("strokes.label", n=count)
    width = _left(drawn - 1) + 3 if drawn else 0
    return Strokes(
        path=_singles(drawn) if place is None else f"M0 {HEIGHT // 2}h{width - 2}",
        own="" if place is None else _stroke(place),
        width=width,
        colour=colour,
        label=label,
        note={1: "", 10: words("strokes.tens"), 100: words("strokes.hundreds")}[each],
    )


def column(counts: Sequence[tuple[int, int]], words: Words) -> tuple[Strokes, ...]:
    """Rows that stand below one another, each a number and a colour.

    They share a scale, or longer rows would not mean more papers; only the first says which.
    """
    most = max((count for count, _ in counts), default=0)
    rows = [strokes(count, colour, words, beside=most) for count, colour in counts]
    return tuple(replace(row, note=row.note if not index else "") for index, row in enumerate(rows))


def stroke_lefts(count: int) -> tuple[int, ...]:
    """Where each of the strokes for `count` papers begins, in pixels from the row's start."""
    return tuple(_left(index) for index in range(-(-count // _each(count))))


def _each(count: int) -> int:
    """The papers that one stroke stands for."""
    if count <= MOST:
        return 1
    return 10 if count <= 10 * MOST else 100


def _left(index: int) -> int:
    return 1 + index * STEP + index // 5 * FIVE


def _singles(drawn: int) -> str:
    return "".join(map(_stroke, range(drawn)))


def _stroke(index: int) -> str:
    return f"M{_left(index)} 2v{HEIGHT - 4}"
