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
        most = min(len(before), len(word), len(_DIGITS) - 1)
        shared = 0
        while shared < most and before[shared] == word[shared]:
            shared += 1
        pieces.append(_DIGITS[shared] + word[shared:] + mark)
        before = word
    return "".join(pieces)
