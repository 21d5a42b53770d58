"""Postings in; short printable strings out, which static/js/search/postings.js reads back.

A string is a stream of bits, 13 of them in two characters of `ALPHABET`. A list of postings is its
two counts (papers with the term in the title, and the others) in Elias's gamma code of the count
plus one, left out where there is but one posting; then the postings of both tiers: the gap to the
number before in Rice's code, whose parameter follows from the count, and the impact in 2, 5 or 8
bits, the commonest in the fewest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

ALPHABET = "".join(chr(code) for code in range(0x21, 0x7E) if chr(code) not in '"\\')
"""91 printable characters that a JavaScript string holds unescaped; 91² ≥ 2¹³."""
GROUP_BITS = 13
TITLES_BY_FREQUENCY = (11, 10, 12, 9, 13, 8, 14, 7, 6, 15, 5, 4, 3, 2, 1)
OTHERS_BY_FREQUENCY = (7, 6, 5, 8, 9, 4, 3, 10, 11, 12, 2, 1, 13, 14, 15)
"""Impacts in each tier, the commonest first: three of 2 bits, seven of 5, the others of 8. Fixed,
since counted anew they would change with a paper, and the whole index with them."""

_LETTERS = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_PAIRS = np.stack((_LETTERS.repeat(len(_LETTERS)), np.tile(_LETTERS, len(_LETTERS))), axis=1)

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Codes:
    """Parallel arrays: each code is `values` in binary, with zeros before it up to `lengths`."""

    lengths: Integers
    values: Integers


@dataclass(frozen=True, slots=True)
class Lists:
    """Postings of many terms: those of list t stand from `starts[t]` to `starts[t + 1]`.

    The first `title_counts[t]` of them are the first tier; numbers ascend within each tier.
    """

    starts: Integers
    title_counts: Integers
    numbers: NDArray[np.int32]
    impacts: NDArray[np.uint8] | None
    """None where there are none to write."""

    def part(self, first: int, last: int) -> Lists:
        """The lists from `first` up to `last`."""
        start, end = int(self.starts[first]), int(self.starts[last])
        return Lists(
            self.starts[first : last + 1] - start,
            self.title_counts[first:last],
            self.numbers[start:end],
            None if self.impacts is None else self.impacts[start:end],
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """Lists as codes: those of list t stand from `starts[t]` to `starts[t + 1]`."""

    codes: Codes
    starts: Integers

    def bits(self) -> Integers:
        """How many bits each list takes."""
        totals = np.concatenate(([0], np.cumsum(self.codes.lengths)))
        return np.diff(totals[self.starts])

    def written(self, ends: Integers) -> list[str]:
        """One string for each run of lists that ends before one of `ends`; ascending."""
        return _written(self.codes, self.starts[np.concatenate(([0], ends))])


def packed(postings: Lists, slots: int) -> list[str]:
    """One string for each list, its counts included."""
    lists = len(postings.starts) - 1
    return coded(postings, slots, np.ones(lists, dtype=bool)).written(np.arange(1, lists + 1))


def coded(postings: Lists, slots: int, is_counted: NDArray[np.bool_]) -> Coded:
    """The codes of each list; its counts stand before it where it `is_counted`."""
    starts, title_counts = postings.starts, postings.title_counts
    sizes = np.diff(starts)
    list_of = np.repeat(np.arange(len(sizes)), sizes)
    heads = 2 * is_counted.astype(np.int64)
    heads_before = np.cumsum(heads)
    code_starts = starts + np.concatenate(([0], heads_before))
    at_postings = np.arange(len(postings.numbers)) + heads_before[list_of]
    at_heads = code_starts[:-1][is_counted]
    lengths = np.empty(int(code_starts[-1]), dtype=np.int64)
    values = np.empty_like(lengths)
    for offset, counts in enumerate((title_counts, sizes - title_counts)):
        gamma = counts[is_counted] + 1
        lengths[at_heads + offset] = 2 * _log2(gamma) + 1
        values[at_heads + offset] = gamma
    lengths[at_postings], values[at_postings] = _posting_codes(postings, list_of, slots)
    return Coded(Codes(lengths, values), code_starts)


def rice_width(slots: int, counts: Integers) -> Integers:
    """The parameter of Rice's code: log2 of 0.96 of the mean gap, rounded down.

    So the next one is taken where it begins to cost less: at a mean gap of 1.04 times its power of
    two, the root of x² + x = 1 with x = exp(-power / gap).
    """
    return _log2(np.maximum(24 * slots // (25 * np.maximum(counts, 1)), 1))


def _posting_codes(postings: Lists, list_of: Integers, slots: int) -> tuple[Integers, Integers]:
    """Lengths and values of the gaps, each with its impact behind it."""
    numbers, titles = postings.numbers.astype(np.int64), postings.title_counts
    place = np.arange(len(numbers)) - postings.starts[list_of]
    is_title = place < titles[list_of]
    before = np.concatenate(([-1], numbers[:-1]))
    before[(place == 0) | (place == titles[list_of])] = -1
    gaps = numbers - before - 1
    title_widths = rice_width(slots, titles)
    body_widths = rice_width(slots, np.diff(postings.starts) - titles)
    widths = np.where(is_title, title_widths[list_of], body_widths[list_of])
    lengths = (gaps >> widths) + 1 + widths
    values = (1 << widths) | (gaps & ((1 << widths) - 1))
    if postings.impacts is None:
        return lengths, values
    tiers, places = 1 - is_title.astype(np.int64), postings.impacts
    impact_lengths = _IMPACT_CODES.lengths[tiers, places]
    impact_values = _IMPACT_CODES.values[tiers, places]
    return lengths + impact_lengths, values << impact_lengths | impact_values


def _impact_codes() -> Codes:
    """By tier and impact: its rank in 2 bits; 3 and then 3 bits; 3, 7 and then 3 bits."""
    orders = (TITLES_BY_FREQUENCY, OTHERS_BY_FREQUENCY)
    lengths = np.zeros((len(orders), len(orders[0]) + 1), dtype=np.int64)
    values = np.zeros_like(lengths)
    for tier, order in enumerate(orders):
        for rank, impact in enumerate(order):
            at = tier, impact
            if rank < 3:
                lengths[at], values[at] = 2, rank
            elif rank < 10:
                lengths[at], values[at] = 5, 0b11_000 + rank - 3
            else:
                lengths[at], values[at] = 8, 0b11_111_000 + rank - 10
    return Codes(lengths, values)


def _log2(values: Integers) -> Integers:
    """Of positive whole numbers below 2⁵³, rounded down."""
    return (np.frexp(values.astype(np.float64))[1] - 1).astype(np.int64)


def _written(codes: Codes, starts: Integers) -> list[str]:
    """One string for each stream: the codes from one of `starts` up to the next."""
    if len(starts) < 2:
        return []
    totals = np.concatenate(([0], np.cumsum(codes.lengths)))
    bits = np.diff(totals[starts])
    first_group = np.concatenate(([0], np.cumsum(-(-bits // GROUP_BITS))))
    offsets = first_group[:-1] * GROUP_BITS - totals[starts[:-1]]
    last_bit = totals[1:] - 1 + np.repeat(offsets, np.diff(starts))
    group = last_bit // GROUP_BITS
    rest = codes.values << (GROUP_BITS - 1 - last_bit % GROUP_BITS)
    groups = np.zeros(int(first_group[-1]), dtype=np.int64)
    while len(rest):
        # the bits of a group are disjoint, so that their sum is their union
        sums = np.bincount(group, weights=rest & ((1 << GROUP_BITS) - 1), minlength=len(groups))
        groups += sums.astype(np.int64)
        rest = rest >> GROUP_BITS
        left = np.flatnonzero(rest)
        group, rest = group[left] - 1, rest[left]
    text = _PAIRS[groups].tobytes().decode("ascii")
    return [text[a:b] for a, b in pairwise((2 * first_group).tolist())]


_IMPACT_CODES = _impact_codes()
