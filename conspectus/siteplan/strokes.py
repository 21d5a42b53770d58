"""Rows of strokes: a number of papers in; SVG path data out (LOOK 1: one stroke, one paper)."""

from __future__ import annotations

from conspectus.siteplan.views import Strokes
from conspectus.words import Words

STEP = 5
"""Pixels from one stroke to the next."""
FIVE = 4
"""Further pixels after every fifth, as in a tally."""
HEIGHT = 16
SINGLES = 60
"""Above this many papers, one stroke stands for ten."""


def strokes(count: int, colour: int, words: Words, *, own: int | None = None) -> Strokes:
    """The strokes for `count` papers; `own` is the place (from 0) of the page's own paper."""
    is_tens = count > SINGLES
    drawn = _drawn(count)
    place = None if own is None else own // 10 if is_tens else own
    label = words("strokes.label", n=count)
    return Strokes(
        path="".join(_stroke(index) for index in range(drawn) if index != place),
        own="" if place is None else _stroke(place),
        width=_left(drawn - 1) + 3 if drawn else 0,
        colour=colour,
        label=label,
        note=words("strokes.tens") if is_tens else "",
    )


def stroke_lefts(count: int) -> tuple[int, ...]:
    """Where each of the strokes for `count` papers begins, in pixels from the row's start."""
    return tuple(_left(index) for index in range(_drawn(count)))


def _drawn(count: int) -> int:
    return -(-count // 10) if count > SINGLES else count


def _left(index: int) -> int:
    return 1 + index * STEP + index // 5 * FIVE


def _stroke(index: int) -> str:
    return f"M{_left(index)} 2v{HEIGHT - 4}"
