"""The colours of a picture: a ground, and inks of which each has so many shades towards it."""

from __future__ import annotations

GROUND = "#fcfcfb"
INK, INK2, RULE = 0, 1, 2
INKS = (
    "#16191c", "#474d53", "#d5d8d9",
    "#289e9e", "#668711", "#0465ab", "#71223a", "#322bb2", "#11490b",
    "#898376", "#9770e3", "#dd7152", "#bf347b", "#6c5e00", "#926447",
)  # fmt: skip
"""Ink, second ink and rule, then the twelve topics': the light theme of site.css."""
SHADES = 15
"""Of each ink: fifteen inks and the ground fill a palette of 256."""

Colour = tuple[int, int, int]


def topic_ink(colour: int) -> int:
    """The ink of a topic's colour (1 to 12); 0 stands for none, which is drawn as a rule."""
    return RULE + colour


def palette() -> tuple[Colour, ...]:
    """The ground, then each ink from its faintest shade to itself."""
    ground = _channels(GROUND)
    return (ground, *(_shade(ground, _channels(ink), n + 1) for ink in INKS for n in range(SHADES)))


def _channels(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _shade(ground: Colour, ink: Colour, number: int) -> Colour:
    red, green, blue = (
        (under * (SHADES - number) + over * number + SHADES // 2) // SHADES
        for under, over in zip(ground, ink, strict=True)
    )
    return red, green, blue
