"""A survey's own accent is moved until it can be read in both themes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conspectus.rendering.accent import CONTRAST, GROUNDS, contrast, fitted

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colours)
def test_any_accent_can_be_read_on_every_ground_of_both_themes(colour: str) -> None:
    accent = fitted(colour)
    assert all(contrast(accent.light, ground) >= CONTRAST for ground in GROUNDS["light"])
    assert all(contrast(accent.dark, ground) >= CONTRAST for ground in GROUNDS["dark"])


def test_an_accent_that_can_be_read_already_is_left_as_it_is() -> None:
    assert fitted("#1550a8").light == "#1550a8"
    assert fitted("#8fb8f5").dark == "#8fb8f5"


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
