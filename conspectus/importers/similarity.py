"""Two titles or two abstracts in; how far they say the same, from 0 to 1, out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+")
_NUMERAL = re.compile(r"[0-9]+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten")
_SHINGLE = 3
_FEW = 15
"""Shingles below which a text is too short to prove much."""


def words(text: str) -> list[str]:
    """A text's words without case, accents and signs."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return _WORD.findall(plain)


def of_titles(one: str, other: str) -> float:
    """The share of letters that two titles have in common, in order (Indel); two places."""
    return round(fuzz.ratio(" ".join(words(one)), " ".join(words(other))) / 100, 2)


def have_other_numbers(one: str, other: str) -> bool:
    """Whether the titles count differently, as part I and part II, or version 2 and 3, do."""
    left, right = (Counter(filter(_NUMERAL.fullmatch, words(text))) for text in (one, other))
    return left != right


def of_abstracts(one: str, other: str) -> float:
    """The share of the shorter abstract's word triples that the other has; two places.

    An abstract that one source cut short still scores high, two on one subject hardly above 0.
    """
    left, right = _shingles(one), _shingles(other)
    least = max(min(len(left), len(right)), _FEW)
    return round(len(left & right) / least, 2)


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + _SHINGLE]) for at in range(len(found) - _SHINGLE + 1)}
