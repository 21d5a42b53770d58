"""The inverted index in; shards of terms with their postings, and the long lists, out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from conspectus.model.site import Output
from conspectus.search.fronts import front_coded, shared_lengths
from conspectus.search.index import WEAK, InvertedIndex
from conspectus.search.packing import Integers, Lists, coded, packed, rice_width
from conspectus.search.shards import Family, hash_in, listed, ranged, shard

LARGE_LIST = 1024
"""Above this many papers without the term in their title, their postings get a file of their own,
which is fetched only where the rarer words of a query leave something to decide."""
ONE, ONE_TITLE, COUNTED, LONG = "ABCD"
"""Marks of terms: one posting, and whether its title has the term; a list with its counts; one
whose second tier is a file."""

_AT_ONCE = 1 << 18
"""Postings that are coded at one time: arrays of them all would take gigabytes."""
_TERM_SIZE = 5
_POSTING_BITS = 5
_BITS_A_CHARACTER = 6
"""About what a term, a posting beside its gap's low bits, and a character stand for."""


def posting_shards(index: InvertedIndex) -> Family:
    """Terms and postings, by ranges of terms (`p`), and the long lists (`b`).

    Common terms are counted, and their long lists named, where the ranges are: a reader decides
    by that what to fetch, and fetches it at one time.
    """
    is_long = np.diff(index.starts) - index.title_counts > LARGE_LIST
    is_common = is_long | (index.title_counts > LARGE_LIST)
    long_lists = dict(_long_lists(index, np.flatnonzero(is_long).tolist()))
    inline = _inline(index, is_long)
    is_single = (np.diff(inline.starts) == 1) & ~is_long
    marks = np.where(is_single, np.where(inline.title_counts, ONE_TITLE, ONE), COUNTED)
    marks[is_long] = LONG
    letters = marks.tolist()
    shared = shared_lengths(index.terms)
    ranges = tuple(ranged(index.terms, _sizes(inline, index.slots).tolist(), shared))
    lengths = shared.tolist()
    ends = [end for _, _, end in ranges]
    shards, asides = [], []
    for (key, start, end), text in zip(
        ranges, _texts(inline, ~is_single, ends, index.slots), strict=True
    ):
        part = slice(start, end)
        terms = front_coded(index.terms[part], letters[part], lengths[part])
        shards.append(shard("p", key, terms, text))
        asides.append(
            " ".join(
                _aside(index, place, long_lists.get(place))
                for place in range(start, end)
                if is_common[place]
            )
        )
    family = listed("p", [key for key, _, _ in ranges], shards, asides)
    return Family("p", (*long_lists.values(), *family.outputs), family.listing)


def _long_lists(index: InvertedIndex, places: list[int]) -> Iterator[tuple[int, Output]]:
    """The second tiers of long lists, each a file."""
    for place in places:
        start, end = _second_tier(index, place)
        ends = np.array([0, end - start])
        tier = Lists(ends, ends[:1], index.numbers[start:end], index.impacts[start:end])
        yield place, shard("b", index.terms[place], packed(tier, index.slots)[0])


def _inline(index: InvertedIndex, is_long: NDArray[np.bool_]) -> Lists:
    """The index's postings, less those that get a file of their own."""
    stays = np.ones(len(index.numbers), dtype=bool)
    for place in np.flatnonzero(is_long).tolist():
        start, end = _second_tier(index, place)
        stays[start:end] = False
    sizes = np.where(is_long, index.title_counts, np.diff(index.starts))
    starts = np.concatenate(([0], np.cumsum(sizes)))
    return Lists(starts, index.title_counts, index.numbers[stays], index.impacts[stays])


def _texts(
    lists: Lists, is_counted: NDArray[np.bool_], ends: list[int], slots: int
) -> Iterator[str]:
    """The lists up to each of `ends` as one string, some hundred thousand postings at a time."""
    first = done = 0
    for at, end in enumerate(ends):
        is_last = end == ends[-1]
        if is_last or lists.starts[end] - lists.starts[first] > _AT_ONCE:
            part = coded(lists.part(first, end), slots, is_counted[first:end])
            yield from part.written(np.array(ends[done : at + 1]) - first)
            first, done = end, at + 1


def _sizes(lists: Lists, slots: int) -> Integers:
    """About how many characters each term takes with its list, by counts alone.

    What hangs on counts alone stays where it is when a number changes.
    """
    others = np.diff(lists.starts) - lists.title_counts
    bits = sum(n * (rice_width(slots, n) + _POSTING_BITS) for n in (lists.title_counts, others))
    return _TERM_SIZE + np.asarray(bits, dtype=np.int64) // _BITS_A_CHARACTER


def _second_tier(index: InvertedIndex, place: int) -> tuple[int, int]:
    """From where to where the papers without the term in their title stand."""
    start = int(index.starts[place] + index.title_counts[place])
    return start, int(index.starts[place + 1])


def _aside(index: InvertedIndex, place: int, long_list: Output | None) -> str:
    """A term, how many papers have it themselves, and the hash of its long list if it has one."""
    impacts = index.impacts[int(index.starts[place]) : int(index.starts[place + 1])]
    own = f"{index.terms[place]}~{int((impacts > WEAK).sum())}"
    return f"{own}~{hash_in(long_list.path)}" if long_list else own
