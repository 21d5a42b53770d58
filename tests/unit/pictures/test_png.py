"""Pictures as files: packed here, so another program must be able to read them."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from conspectus.pictures.png import encoded

PALETTE = [(number, 255 - number, number // 2) for number in range(256)]

small_pictures = st.tuples(st.integers(1, 12), st.integers(1, 40)).flatmap(
    lambda shape: arrays(np.uint8, shape)
)


def read(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)))


@given(small_pictures)
def test_every_picture_reads_back_pixel_by_pixel(pixels: np.ndarray) -> None:
    assert np.array_equal(read(encoded(pixels, PALETTE)), pixels)


@pytest.mark.parametrize("width", [1, 2, 3, 4, 257, 258, 259, 260, 261, 262, 516, 520, 1200])
def test_runs_of_any_length_read_back(width: int) -> None:
    pixels = np.full((3, width), 7, np.uint8)
    assert np.array_equal(read(encoded(pixels, PALETTE)), pixels)


def test_the_colours_are_those_of_the_palette() -> None:
    picture = Image.open(io.BytesIO(encoded(np.array([[3, 200]], np.uint8), PALETTE)))
    assert list(picture.convert("RGB").tobytes()) == [*PALETTE[3], *PALETTE[200]]


def test_zlib_finds_the_stream_whole_and_its_checksum_right() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(4, 64)
    picture = encoded(pixels, PALETTE)
    start = picture.index(b"IDAT")
    (size,) = struct.unpack(">I", picture[start - 4 : start])
    assert len(zlib.decompress(picture[start + 4 : start + 4 + size])) == 4 * 65


def test_a_sheet_of_one_colour_is_small() -> None:
    assert len(encoded(np.zeros((630, 1200), np.uint8), PALETTE)) < 8_000
