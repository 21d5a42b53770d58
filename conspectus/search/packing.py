"""Postings in; short printable strings out, which static/js/search/postings.js reads back.

A string is a stream of bits, 13 of them in two characters of `ALPHABET`. It holds two counts
(postings with the term in the title, and the others) in Elias's gamma code of the count plus
one, then the postings of both tiers: the gap to the number before in Rice's code, whose
parameter follows from the count, and the impact in a fixed number of bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

ALPHABET = "".join(chr(code) for code in range(0x21, 0x7E) if chr(code) not in '"\\')
"""91 printable characters that a JavaScript string holds unescaped; 91² ≥ 2¹³."""
GROUP_BITS = 13

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Codes:
    """Parallel arrays: each code is `zeros` zeros, a one, `width` bits of `rest`, an impact."""

    stream: Integers
    """The stream that the code belongs to; ascending."""
    zeros: Integers
    width: Integers
    rest: Integers
    impact: Integers


@dataclass(frozen=True, slots=True)
class Lists:
    """Postings of many terms: those of list t stand from `starts[t]` to `starts[t + 1]`.

    The first `title_counts[t]` of them are the first tier; numbers ascend within each tier.
    """

    starts: Integers
    title_counts: Integers
    numbers: Integers
    impacts: Integers


def packed(postings: Lists, slots: int, impact_bits: int) -> list[str]:
    """One string for each list."""
    starts, title_counts, numbers = postings.starts, postings.title_counts, postings.numbers
    lists = len(starts) - 1
    if lists <= 0:
        return []
    body_counts = np.diff(starts) - title_counts
    list_of = np.repeat(np.arange(lists), np.diff(starts))
    place = np.arange(len(numbers)) - starts[list_of]
    in_title = place < title_counts[list_of]
    is_first = (place == 0) | (place == title_counts[list_of])
    before = np.where(is_first, -1, np.concatenate(([-1], numbers[:-1])))
    gaps = numbers - before - 1
    counts = np.where(in_title, title_counts[list_of], body_counts[list_of])
    widths = rice_width(slots, np.maximum(counts, 1))
    heads = [_gamma(title_counts + 1), _gamma(body_counts + 1)]
    at_heads = starts[:-1] + 2 * np.arange(lists)
    at_postings = np.arange(len(numbers)) + 2 * (list_of + 1)

    def merged(head_values: list[Integers], posting_values: Integers) -> Integers:
        values = np.zeros(2 * lists + len(numbers), dtype=np.int64)
        values[at_heads], values[at_heads + 1] = head_values
        values[at_postings] = posting_values
        return values

    codes = Codes(
        stream=merged([np.arange(lists), np.arange(lists)], list_of),
        zeros=merged([head[0] for head in heads], gaps >> widths),
        width=merged([head[0] for head in heads], widths),
        rest=merged([head[1] for head in heads], gaps & ((1 << widths) - 1)),
        impact=merged([np.full(lists, -1)] * 2, postings.impacts),
    )
    return _written(codes, lists, impact_bits)


def rice_width(slots: int, counts: Integers) -> Integers:
    """The parameter of Rice's code: log2 of seven tenths of the mean gap, rounded down."""
    spread = np.maximum(7 * slots // (10 * counts), 1)
    return np.floor(np.log2(spread)).astype(np.int64)


def _gamma(values: Integers) -> tuple[Integers, Integers]:
    width = np.floor(np.log2(values)).astype(np.int64)
    return width, values - (1 << width)


def _written(codes: Codes, streams: int, impact_bits: int) -> list[str]:
    lengths = codes.zeros + 1 + codes.width + np.where(codes.impact >= 0, impact_bits, 0)
    totals = np.bincount(codes.stream, weights=lengths, minlength=streams).astype(np.int64)
    groups = -(-totals // GROUP_BITS)
    first_group = np.concatenate(([0], np.cumsum(groups)))
    ends = np.cumsum(lengths)
    offset = first_group[:-1] * GROUP_BITS - np.concatenate(([0], np.cumsum(totals)[:-1]))
    position = ends - lengths + offset[codes.stream]
    bits = np.zeros(int(first_group[-1]) * GROUP_BITS, dtype=np.uint8)
    position = position + codes.zeros
    bits[position] = 1
    _put(bits, position + 1, codes.rest, codes.width)
    with_impact = codes.impact >= 0
    at = (position + 1 + codes.width)[with_impact]
    _put(bits, at, codes.impact[with_impact], np.full(len(at), impact_bits))
    return _characters(bits, first_group)


def _put(bits: NDArray[np.uint8], at: Integers, values: Integers, widths: Integers) -> None:
    """Write each value's lowest `width` bits, highest first."""
    for place in range(int(widths.max(initial=0))):
        rows = np.flatnonzero(widths > place)
        shift = widths[rows] - 1 - place
        bits[at[rows] + place] = (values[rows] >> shift) & 1


def _characters(bits: NDArray[np.uint8], first_group: Integers) -> list[str]:
    powers = 1 << np.arange(GROUP_BITS - 1, -1, -1)
    values = bits.reshape(-1, GROUP_BITS) @ powers
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
    pairs = np.stack((letters[values // 91], letters[values % 91]), axis=1)
    text = pairs.tobytes().decode("ascii")
    bounds = (2 * first_group).tolist()
    return [text[a:b] for a, b in pairwise(bounds)]
