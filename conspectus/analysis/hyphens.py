"""Spellings and how often each occurs in; how words are read that stand with and without a hyphen.

"pretraining" reads as "pre-training" does. But a hyphen that a line break left behind splits
no word: "learn-ing" reads as "learning", which the texts write everywhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

Words = tuple[str, ...]

_JOINED_MOSTLY = 5
"""How many times as often a word must stand without its hyphen to be read as one word."""


def readings(
    spellings: Sequence[str], counts: Sequence[int], key_words: Callable[[str], Words]
) -> dict[Words, Words]:
    """The words that a spelling has by itself, to those that the texts as a whole give it."""
    whole: Counter[str] = Counter()
    parted: Counter[Words] = Counter()
    for spelling, count in zip(spellings, counts, strict=True):
        if not spelling[0].isalpha():
            continue
        words = key_words(spelling)
        if len(words) == 1:
            whole[words[0]] += count
        elif len(words) == 2 and all(words):
            parted[words] += count
    found: dict[Words, Words] = {}
    for words, count in sorted(parted.items()):
        together = "".join(words)
        if whole[together] >= _JOINED_MOSTLY * count or (whole[together] and not whole[words[1]]):
            found[words] = (together,)
        else:
            found[(together,)] = words
    return found
