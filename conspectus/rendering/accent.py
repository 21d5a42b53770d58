"""A survey's own accent colour in; the colours that stand out enough in each theme out (LOOK 3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from conspectus.model.site import Output

GROUNDS = {"light": ("#fcfcfb", "#f2f3f1"), "dark": ("#15181b", "#1e2226")}
"""The grounds on which the accent stands: `--bg` and `--sunk` of site.css."""
CONTRAST = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
STEP = 0.02
"""OKLCH lightness by which a colour is moved at a time."""
HOVER = 0.12
"""OKLCH lightness between the accent and a hovered link."""

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Accent:
    """The accent and its hovered form, for each theme, as #rrggbb."""

    light: str
    dark: str
    light_hover: str
    dark_hover: str


def fitted(colour: str) -> Accent:
    """The nearest accents of at least 4.5 : 1 on both grounds; darker in light, lighter in dark."""
    light = _moved(colour, "light", -STEP)
    dark = _moved(colour, "dark", STEP)
    return Accent(light, dark, _shifted(light, -HOVER), _shifted(dark, HOVER))


def accent_stylesheet(accent: Accent) -> Output:
    """The tokens that the accent replaces; loaded after site.css, into its layer."""
    text = (
        "@layer tokens { :root { "
        f"--accent: light-dark({accent.light}, {accent.dark}); "
        f"--hover: light-dark({accent.light_hover}, {accent.dark_hover}); "
        "} }\n"
    ).encode()
    digest = hashlib.blake2b(text, digest_size=4).hexdigest()
    return Output(f"assets/accent.{digest}.css", text)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _moved(colour: str, theme: str, step: float) -> str:
    lightness, a, b = _oklab(colour)
    moved = colour.lower()
    while min(contrast(moved, ground) for ground in GROUNDS[theme]) < CONTRAST:
        lightness += step
        moved = _hex((min(1.0, max(0.0, lightness)), a, b))
    return moved


def _shifted(colour: str, by: float) -> str:
    lightness, a, b = _oklab(colour)
    return _hex((min(1.0, max(0.0, lightness + by)), a, b))


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _expanded(red), _expanded(green), _expanded(blue)


def _expanded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour: str) -> Triple:
    """Björn Ottosson, "A perceptual color space for image processing" (2020)."""
    red, green, blue = _linear(colour)
    long = _cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = _cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = _cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _cbrt(value: float) -> float:
    return float(value ** (1 / 3))


def _hex(oklab: Triple) -> str:
    lightness, a, b = oklab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _compressed(channel)):02x}" for channel in channels)


def _compressed(channel: float) -> float:
    inside = min(1.0, max(0.0, channel))
    return 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055
