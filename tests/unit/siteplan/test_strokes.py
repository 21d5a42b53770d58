"""One stroke is one paper; above 60, ten; above 600, a hundred."""

from __future__ import annotations

import pytest

from conspectus.siteplan.strokes import column, strokes
from conspectus.words import words

ENGLISH = words("en")


@pytest.mark.parametrize(
    ("papers", "drawn"), [(0, 0), (1, 1), (60, 60), (61, 7), (600, 60), (601, 7)]
)
def test_strokes_stand_for_one_paper_then_for_ten_then_for_a_hundred(
    papers: int, drawn: int
) -> None:
    assert strokes(papers, 1, ENGLISH).path.count("M") == drawn


def test_a_stroke_that_stands_for_ten_says_so() -> None:
    assert "ten papers" in strokes(61, 1, ENGLISH).note
    assert "a hundred papers" in strokes(601, 1, ENGLISH).note
    assert strokes(60, 1, ENGLISH).note == ""


def test_the_pages_own_paper_is_drawn_apart_from_the_others() -> None:
    drawn = strokes(6, 1, ENGLISH, own=5)
    assert (drawn.path, drawn.own) == ("M0 8h31", "M30 2v12")


def test_strokes_say_their_number_in_words() -> None:
    assert strokes(1, 1, ENGLISH).label == "1 paper"


def test_rows_below_one_another_share_a_scale_that_the_first_says() -> None:
    few, many = column([(40, 1), (90, 2)], ENGLISH)
    assert (few.path.count("M"), many.path.count("M")) == (4, 9)
    assert (bool(few.note), bool(many.note)) == (True, False)
