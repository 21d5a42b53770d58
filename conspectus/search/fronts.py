"""Sorted words in; a string out in which each stands without what it shares with the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_COMPARED = 40
"""Letters that are compared in whole arrays; hardly any two words share as many."""
_AT_ONCE = 1 << 16


def front_coded(words: Sequence[str], marks: Sequence[str], shared: Sequence[int]) -> str:
    """Each word as the length of what it shares with the one before, the rest, and its mark.

    A mark is a capital letter, which no folded word holds. `shared` is from `shared_lengths`; the
    first word stands whole.
    """
    lengths = [0, *(min(length, len(_DIGITS) - 1) for length in shared[1:])]
    coded = zip(words, marks, lengths, strict=True)
    return "".join([f"{_DIGITS[length]}{word[length:]}{mark}" for word, mark, length in coded])


def shared_lengths(words: Sequence[str]) -> NDArray[np.int64]:
    """How many letters each of some different words has in common with the one before."""
    lengths = np.concatenate([np.zeros(1, dtype=np.int64), *_compared(words)])[: len(words)]
    for place in np.flatnonzero(lengths == _COMPARED).tolist():
        lengths[place] = _common(words[place - 1], words[place])
    return lengths


def _compared(words: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """The same, up to `_COMPARED`, of all but the first: some ten thousand words at a time."""
    for start in range(0, len(words) - 1, _AT_ONCE):
        part = words[start : start + _AT_ONCE + 1]
        letters = np.array(part, dtype=f"U{_COMPARED}").view(np.uint32).reshape(len(part), -1)
        differs = np.ones((len(part) - 1, _COMPARED + 1), dtype=bool)
        differs[:, :-1] = letters[1:] != letters[:-1]
        yield differs.argmax(axis=1)


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
