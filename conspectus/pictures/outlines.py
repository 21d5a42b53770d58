"""A topic's shape in; its coverage in pixels out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw

from conspectus.siteplan.shapes import SHAPE_PATHS

_BOX = 10
"""The side of the box in which shapes are drawn."""
_FINE = 8
"""Drawn so many times larger, then averaged: edges get their shades."""
_HALF_CIRCLE = 32
"""Corners of the polygon that stands for one."""
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")

Point = tuple[float, float]


def shape(number: int, size: int) -> NDArray[np.uint8]:
    """The shape of LOOK 3 with this number (1 to 8), 0 to 255, `size` pixels across."""
    return _filled(SHAPE_PATHS[number], size)


def dot(size: int) -> NDArray[np.uint8]:
    """A disc that fills its square."""
    return _filled(f"M5 0a5 5 0 1 0 0 {_BOX}a5 5 0 1 0 0-{_BOX}z", size)


def _filled(path: str, size: int) -> NDArray[np.uint8]:
    """Where one outline lies in another, the inner one is a hole."""
    side = size * _FINE
    drawn = Image.new("L", (side, side))
    for outline in _outlines(path):
        layer = Image.new("L", (side, side))
        points = [(x * side / _BOX, y * side / _BOX) for x, y in outline]
        ImageDraw.Draw(layer).polygon(points, fill=255)
        drawn = ImageChops.difference(drawn, layer)
    return np.asarray(drawn.reduce(_FINE))


def _outlines(path: str) -> Iterator[list[Point]]:
    """The closed outlines of path data, of which only what the eight shapes use is read."""
    points: list[Point] = []
    for command, written in _STEP.findall(path):
        numbers = [float(number) for number in _NUMBER.findall(written)]
        if command == "z":
            yield points
            points = []
        else:
            points.extend(_reached(command, numbers, points[-1] if points else (0.0, 0.0)))


def _reached(command: str, numbers: list[float], at: Point) -> list[Point]:
    x, y = at
    match command:
        case "M" | "L":
            return [(numbers[0], numbers[1])]
        case "H":
            return [(numbers[0], y)]
        case "h":
            return [(x + numbers[0], y)]
        case "v":
            return [(x, y + numbers[0])]
        case "a":
            return _half_circle(at, down=numbers[-1], is_clockwise=bool(numbers[4]))
    raise ValueError(f"no shape has the command {command}")


def _half_circle(at: Point, *, down: float, is_clockwise: bool) -> list[Point]:
    """From a point to the one that lies `down` below it."""
    x, y = at
    radius = down / 2
    side = 1 if is_clockwise else -1
    angles = (math.pi * step / _HALF_CIRCLE for step in range(1, _HALF_CIRCLE + 1))
    return [
        (x + side * radius * math.sin(angle), y + radius - radius * math.cos(angle))
        for angle in angles
    ]
