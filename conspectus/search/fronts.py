"""Sorted words in; a string out in which each stands without what it shares with the one before."""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def front_coded(words: Iterable[tuple[str, str]]) -> str:
    """Each word as the length of what it shares with the one before, the rest, and its mark.

    A mark is a capital letter, which no folded word holds.
    """
    before = ""
    pieces = []
    for word, mark in words:
        shared = _shared(before, word)
        pieces.append(_DIGITS[shared] + word[shared:] + mark)
        before = word
    return "".join(pieces)


def _shared(before: str, word: str) -> int:
    shared = 0
    for one, other in zip(before, word, strict=False):
        if one != other or shared == len(_DIGITS) - 1:
            break
        shared += 1
    return shared
