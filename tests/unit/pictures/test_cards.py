"""Social cards: what is drawn on them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from conspectus import pictures
from conspectus.model.site import CardMark, Site, SocialCard
from conspectus.pictures import inks, outlines
from conspectus.pictures.lettering import ELLIPSIS, Face
from conspectus.siteplan.social import HEIGHT, LATTICE_LEFT, WIDTH

CSS = (Path(__file__).resolve().parents[3] / "static/css/site.css").read_text(encoding="utf-8")
BLANK = SocialCard("cards/index.png", "", "", 0, "", (), ())
TEAL = (0x28, 0x9E, 0x9E)


def drawn(card: SocialCard) -> np.ndarray:
    (output,) = pictures.outputs(Site(cards=(card,)))
    return np.asarray(Image.open(io.BytesIO(output.body)).convert("RGB"))


def is_blank(picture: np.ndarray) -> bool:
    return len(np.unique(picture.reshape(-1, 3), axis=0)) == 1


def has_colour(picture: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool((picture == colour).all(axis=2).any())


def test_a_card_is_1200_by_630() -> None:
    assert drawn(BLANK).shape == (630, 1200, 3)


def test_the_same_card_has_the_same_bytes() -> None:
    card = replace(BLANK, heading="Slow machines", marks=(CardMark(900, 300, 1, 6, 15),))
    site = Site(cards=(card, card))
    one, other = pictures.outputs(site)
    assert one.body == other.body


@pytest.mark.parametrize(
    "words",
    [
        {"heading": "Slow machines"},
        {"above": "Lighthouses, moss and pigeons"},
        {"below": "Zwölf Arbeiten, dix-sept, Слова, 12 · 17"},
    ],
)
def test_words_are_written_left_of_the_lattice(words: dict[str, str]) -> None:
    picture = drawn(replace(BLANK, **words))
    assert not is_blank(picture[:, :LATTICE_LEFT])
    assert is_blank(picture[:, LATTICE_LEFT:])


@pytest.mark.parametrize(
    "words", ["آلات بطيئة", "缓慢的机器", "遅い機械", "느린 기계", "\U0001f426"]
)
def test_words_that_the_font_lacks_are_left_out_and_not_drawn_as_boxes(words: str) -> None:
    assert is_blank(drawn(replace(BLANK, heading=words, above=words, below=words)))


@pytest.mark.parametrize("heading", ["word " * 80, "w" * 400])
def test_a_heading_that_is_too_long_ends_above_the_facts(heading: str) -> None:
    most = {"above": "above " * 40, "below": "below " * 60}
    long = drawn(replace(BLANK, heading=heading, **most))
    short = drawn(replace(BLANK, heading="", **most))
    foot = HEIGHT - 72 - 3 * 37
    assert np.array_equal(long[foot:], short[foot:])
    assert is_blank(long[:, LATTICE_LEFT:])


def test_a_topic_has_a_line_under_its_name_and_a_survey_has_none() -> None:
    assert has_colour(drawn(replace(BLANK, heading="moss", colour=1)), TEAL)
    assert not has_colour(drawn(replace(BLANK, heading="moss")), TEAL)


def test_the_line_breaks_where_letters_reach_through_it() -> None:
    def line_of(heading: str) -> int:
        return int((drawn(replace(BLANK, heading=heading, colour=1)) == TEAL).all(axis=2).sum())

    smooth, crossed = Face("Semibold", 64).width("moss"), Face("Semibold", 64).width("gypy")
    assert line_of("gypy") / crossed < 0.7 * line_of("moss") / smooth


def test_each_stroke_is_drawn_in_the_topics_colour() -> None:
    assert has_colour(drawn(replace(BLANK, colour=1, strokes=(1, 6, 11))), TEAL)


def test_a_mark_is_drawn_around_its_centre() -> None:
    picture = drawn(replace(BLANK, marks=(CardMark(1000, 300, 1, 2, 15),)))
    assert tuple(picture[300, 1000]) == TEAL
    assert is_blank(picture[:, :990])
    assert is_blank(picture[:290])


def test_what_does_not_belong_to_the_topic_has_the_colour_of_rules() -> None:
    picture = drawn(replace(BLANK, marks=(CardMark(1000, 300, 0, 2, 15),)))
    assert tuple(picture[300, 1000]) == (0xD5, 0xD8, 0xD9)


def test_a_mark_at_the_edge_is_cut() -> None:
    drawn(replace(BLANK, marks=(CardMark(WIDTH - 1, HEIGHT - 1, 1, 1, 15),)))


def test_the_inks_are_those_of_the_light_theme() -> None:
    token = dict(re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}),", CSS))
    topics = re.findall(r"\.t[1-9]\d* \{ --topic: light-dark\((#[0-9a-f]{6}),", CSS)
    assert token["bg"] == inks.GROUND
    assert (token["ink"], token["ink2"], token["rule"], *topics) == inks.INKS


def test_the_palette_fits_one_byte() -> None:
    assert len(inks.palette()) <= 256


@pytest.mark.parametrize("number", range(1, 9))
def test_every_shape_fills_its_box_and_no_two_are_alike(number: int) -> None:
    drawings = [outlines.shape(each, 15) for each in range(1, 9)]
    assert drawings[number - 1].max() == 255
    assert sum(np.array_equal(drawings[number - 1], other) for other in drawings) == 1


def test_a_ring_is_hollow() -> None:
    assert outlines.shape(6, 15)[7, 7] == 0
    assert outlines.shape(1, 15)[7, 7] == 255


def test_lines_break_between_words_and_end_in_an_ellipsis_where_they_are_too_many() -> None:
    face = Face("Regular", 30)
    lines = face.lines("moss and pigeons and lighthouses", 200)
    assert " ".join(lines) == "moss and pigeons and lighthouses"
    assert max(map(face.width, lines)) <= 200
    shortened = face.shortened(lines, 2, 200)
    assert len(shortened) == 2
    assert shortened[-1].endswith(ELLIPSIS)
