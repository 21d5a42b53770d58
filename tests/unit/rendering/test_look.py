"""The figures of the look, recomputed from the stylesheet."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from conspectus.siteplan.shapes import SHAPE_PATHS

CSS = (Path(__file__).resolve().parents[3] / "static/css/site.css").read_text(encoding="utf-8")
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS
    )
}
TOPICS = re.findall(r"\.t(\d+) \{ --topic: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "sunk"])
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "accent", "hover"])
def test_text_has_at_least_4_5_to_1_on_both_grounds(text: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[text][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["visited", "bad", "good"])
def test_messages_and_visited_links_have_at_least_4_5_to_1(text: str, theme: int) -> None:
    assert contrast(TOKENS[text][theme], TOKENS["bg"][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_borders_of_buttons_have_at_least_3_to_1(theme: int) -> None:
    assert contrast(TOKENS["edge"][theme], TOKENS["bg"][theme]) >= 3


def test_there_are_twelve_topic_colours_of_at_least_3_to_1() -> None:
    assert [number for number, *_ in TOPICS] == [str(number) for number in range(1, 13)]
    for _, light, dark in TOPICS:
        assert contrast(light, TOKENS["bg"][0]) >= 3
        assert contrast(dark, TOKENS["bg"][1]) >= 3


def test_the_stylesheet_draws_the_same_shapes_as_the_map() -> None:
    drawn = dict(re.findall(r"\.s(\d) \{ --shape: url\(\"data:image/svg\+xml,(.+?)\"\)", CSS))
    paths = {int(n): re.search(r"d='([^']+)'", unquote(svg)) for n, svg in drawn.items()}
    assert {n: match and match[1] for n, match in paths.items()} == SHAPE_PATHS
