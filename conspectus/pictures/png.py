"""Pixels with a palette in; a PNG file out, packed the same on every machine.

`zlib` finds other matches in each of its versions and rewrites, so its bytes differ between
machines. Here each row is told by its difference from the row above, of a picture with much ground
mostly zeros, and deflate (RFC 1951) needs only runs of one byte and its fixed code.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

LONGEST_RUN = 258
SHORTEST_RUN = 3
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2
_LAST_BLOCK_IN_FIXED_CODE = 0b011
_END = 0
_LENGTHS = (
    (257, 3, 0), (265, 11, 1), (269, 19, 2), (273, 35, 3), (277, 67, 4), (281, 131, 5),
    (285, 258, 0),
)  # fmt: skip
"""The first symbol of a group, the run that it stands for, and its extra bits (RFC 1951, 3.2.5)."""


def encoded(pixels: Bytes, palette: Sequence[tuple[int, int, int]]) -> bytes:
    """`pixels` are rows of numbers of the palette's colours."""
    height, width = pixels.shape
    above = np.vstack((np.zeros((1, width), np.uint8), pixels[:-1]))
    rows = np.hstack((np.full((height, 1), _UP, np.uint8), pixels - above))
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(channel for colour in palette for channel in colour)),
            _chunk(b"IDAT", _packed(rows.ravel())),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _packed(content: Bytes) -> bytes:
    """As a zlib stream of one block."""
    values, sizes = _CODES
    tokens = _tokens(content)
    bits = _bits(
        np.concatenate(([_LAST_BLOCK_IN_FIXED_CODE], values[tokens], [_END])),
        np.concatenate(([3], sizes[tokens], [7])),
    )
    return b"\x78\x01" + np.packbits(bits, bitorder="little").tobytes() + _checksum(content)


def _checksum(content: Bytes) -> bytes:
    return struct.pack(">I", zlib.adler32(content.tobytes()))


def _tokens(content: Bytes) -> NDArray[np.int64]:
    """A byte is its own token; `256 + n` says the last byte `n` times more."""
    starts = np.flatnonzero(np.concatenate(([True], content[1:] != content[:-1])))
    again = np.diff(np.concatenate((starts, [content.size]))) - 1
    whole, rest = np.divmod(again, LONGEST_RUN)
    is_short = rest < SHORTEST_RUN
    counts = 1 + whole + np.where(is_short, rest, 1)
    run = np.repeat(np.arange(starts.size), counts)
    place = np.arange(run.size) - np.repeat(np.cumsum(counts) - counts, counts)
    byte = content[starts][run].astype(np.int64)
    last = np.where(is_short[run], byte, 256 + rest[run])
    token = np.where(place <= whole[run], 256 + LONGEST_RUN, last)
    return np.where(place == 0, byte, token)


def _bits(values: NDArray[np.int64], sizes: NDArray[np.int64]) -> Bytes:
    """Each value's lowest bits, one after the other, from the lowest on."""
    ends = np.cumsum(sizes)
    bits = np.zeros(int(ends[-1]), np.uint8)
    for bit in range(int(sizes.max())):
        has_bit = sizes > bit
        bits[(ends - sizes + bit)[has_bit]] = (values[has_bit] >> bit) & 1
    return bits


def _codes() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What is written for each token, and in how many bits."""
    written = [_reversed(*_symbol(byte)) for byte in range(256)]
    written += [(0, 0)] * SHORTEST_RUN
    written += [_run(length) for length in range(SHORTEST_RUN, LONGEST_RUN + 1)]
    return _column(written, 0), _column(written, 1)


def _column(pairs: Iterable[tuple[int, int]], index: int) -> NDArray[np.int64]:
    return np.array([pair[index] for pair in pairs], np.int64)


def _symbol(number: int) -> tuple[int, int]:
    """The fixed code of a symbol and its bits, highest first (RFC 1951, 3.2.6)."""
    if number < 144:
        return 0x30 + number, 8
    if number < 256:
        return 0x190 + number - 144, 9
    if number < 280:
        return number - 256, 7
    return 0xC0 + number - 280, 8


def _run(length: int) -> tuple[int, int]:
    """A run's symbol, its extra bits, and the distance of one byte, which is five zeros."""
    first, shortest, extra = next(group for group in reversed(_LENGTHS) if length >= group[1])
    value, size = _reversed(*_symbol(first + ((length - shortest) >> extra)))
    return value | ((length - shortest) & ((1 << extra) - 1)) << size, size + extra + 5


def _reversed(code: int, size: int) -> tuple[int, int]:
    """Codes are written from their highest bit on, everything else from its lowest."""
    return int(f"{code:0{size}b}"[::-1], 2), size


_CODES = _codes()
