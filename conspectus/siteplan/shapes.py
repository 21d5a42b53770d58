"""The eight topic shapes (LOOK 3), as SVG path data in a box of 10 by 10."""

from __future__ import annotations

SHAPE_PATHS = {
    1: "M5 .6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8z",
    2: "M1.1 1.1h7.8v7.8h-7.8z",
    3: "M5 .6L9.8 9.2H.2z",
    4: "M5 0L10 5L5 10L0 5z",
    5: "M3.4 .4h3.2v3h3v3.2h-3v3h-3.2v-3h-3v-3.2h3z",
    6: "M5 .3a4.7 4.7 0 1 0 0 9.4a4.7 4.7 0 1 0 0-9.4z"
    "M5 2.7a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z",
    7: "M.2 .8h9.6L5 9.4z",
    8: "M2.4 .2L5 2.8L7.6 .2L9.8 2.4L7.2 5L9.8 7.6L7.6 9.8L5 7.2L2.4 9.8L.2 7.6L2.8 5L.2 2.4z",
}
"""By the class s1 … s8: disc, square, triangle up, diamond, plus, ring, triangle down, cross."""
