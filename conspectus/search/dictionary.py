"""Words in; sorted, front-coded shards of them out, for completion and correction.

Each word stands twice: in the order of its letters, where completions are looked up, and backwards,
where a word whose beginning was mistyped is found by its end.
"""

from __future__ import annotations

from collections.abc import Iterable

from conspectus.search.index import InvertedIndex, code_units
from conspectus.search.shards import Family, listed, ranged, shard

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MANY = 1000
"""Above this many papers, a word of one paper that no title has is likelier a slip than a word."""


def dictionary_shards(index: InvertedIndex) -> Family:
    """Words forwards (`w`) and backwards (`r`)."""
    least = 2 if index.papers > _MANY else 1
    words = {
        word: count
        for word, count in index.words.items()
        if len(word) > 1 and (count >= least or word in index.title_words)
    }
    forwards = _family("w", words)
    backwards = _family("r", {word[::-1]: count for word, count in words.items()})
    return Family(
        "words",
        forwards.outputs + backwards.outputs,
        {"w": forwards.listing, "r": backwards.listing},
    )


def front_coded(words: Iterable[tuple[str, int]]) -> str:
    """Each word as the length of what it shares with the one before, the rest, and its level.

    The level is a capital letter: A for one paper, then one letter for each doubling.
    """
    before = ""
    pieces = []
    for word, count in words:
        shared = _shared(before, word)
        level = chr(ord("A") + max(count, 1).bit_length() - 1)
        pieces.append(_DIGITS[shared] + word[shared:] + level)
        before = word
    return "".join(pieces)


def _shared(before: str, word: str) -> int:
    most = min(len(before), len(word), len(_DIGITS) - 1)
    return next((i for i in range(most) if before[i] != word[i]), most)


def _family(name: str, words: dict[str, int]) -> Family:
    ordered = sorted(words.items(), key=lambda item: code_units(item[0]))
    ranges = tuple(ranged([word for word, _ in ordered], [len(word) for word, _ in ordered]))
    keys = [key for key, _, _ in ranges]
    shards = [shard(name, key, front_coded(ordered[a:b])) for key, a, b in ranges]
    return listed(name, keys, shards)
