"""Words in; sorted, front-coded shards of them out, for completion and correction.

Each word stands twice: in the order of its letters, where completions are looked up, and backwards,
where a word whose beginning was mistyped is found by its end.
"""

from __future__ import annotations

from conspectus.search.fronts import front_coded, shared_lengths
from conspectus.search.index import InvertedIndex, by_code_units
from conspectus.search.shards import Family, listed, ranged, shard

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


def level(count: int) -> str:
    """A for one paper, then one letter for each doubling."""
    return chr(ord("A") + max(count, 1).bit_length() - 1)


def _family(name: str, words: dict[str, int]) -> Family:
    ordered = by_code_units(words)
    shared = shared_lengths(ordered)
    ranges = tuple(ranged(ordered, list(map(len, ordered)), shared))
    lengths = shared.tolist()
    levels = [level(words[word]) for word in ordered]
    shards = [
        shard(name, key, front_coded(ordered[part], levels[part], lengths[part]))
        for key, part in ((key, slice(start, end)) for key, start, end in ranges)
    ]
    return listed(name, [key for key, _, _ in ranges], shards)
