"""Spellings and their order in; for each abbreviation that the texts define, its words out.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003), on whole words: "reinforcement learning (RL)". A paper's own
definition wins, so that CL may be continual learning here and curriculum learning there; a
paper that defines none follows the others where these agree.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis.wordlists import FUNCTION

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
KeyWords = Callable[[str], tuple[str, ...]]

_SHAPE = re.compile(r"[A-Za-z][A-Za-z-]{0,7}[A-Z][A-Za-z]{0,2}|[A-Z]{2,9}s?")
_MOST_WORDS = 6
_AGREEMENT = 0.8


@dataclass(frozen=True, slots=True)
class Reading:
    """An abbreviation as written, and the words that it stands for."""

    spelling: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """Which tokens are read as which long form."""

    readings: tuple[Reading, ...]
    positions: Ints
    """Places in the token stream."""
    choice: Ints
    """For each of them, the index of its reading."""


def resolve(
    spellings: Sequence[str], tokens: Numbers, papers: Numbers, key_words: KeyWords
) -> Resolved:
    """Read abbreviations by the definitions in the texts.

    The definition's own "(RL)" is read as a break, or it would count its long form twice.
    """
    defined = _definitions(spellings, tokens, papers, key_words)
    own: dict[tuple[int, str], tuple[str, ...]] = {}
    shared: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for position, words in sorted(defined.items()):
        key = (int(papers[position]), _bare(spellings[tokens[position]]))
        if own.setdefault(key, words) == words:
            shared[key[1]][words] += 1
    agreed = {name: long for name, counts in shared.items() if (long := _agreed(counts))}
    return _applied(spellings, tokens, papers, set(defined), own, agreed)


def _definitions(
    spellings: Sequence[str], tokens: Numbers, papers: Numbers, key_words: KeyWords
) -> dict[int, tuple[str, ...]]:
    """Position of each abbreviation in brackets whose long form stands before it."""
    opening = next((i for i, text in enumerate(spellings) if text == "("), None)
    if opening is None:
        return {}
    brackets = np.flatnonzero(tokens[:-1] == opening)
    within, which = np.unique(tokens[brackets + 1], return_inverse=True)
    is_short = np.array([bool(_SHAPE.fullmatch(spellings[i])) for i in within.tolist()])
    brackets = brackets[is_short[which]] if len(brackets) else brackets
    starts = np.maximum(brackets - _MOST_WORDS, np.searchsorted(papers, papers[brackets]))
    found: dict[int, tuple[str, ...]] = {}
    for start, bracket in zip(starts.tolist(), brackets.tolist(), strict=True):
        *before, _, short = [spellings[token] for token in tokens[start : bracket + 2].tolist()]
        if words := _long_form(_bare(short).lower().replace("-", ""), before, key_words):
            found[bracket + 1] = words
    return found


def _long_form(letters: str, before: Sequence[str], key_words: KeyWords) -> tuple[str, ...] | None:
    """The shortest run of words at the end of `before` whose initials spell the letters."""
    pieces: list[str] = []
    for spelling in reversed(before):
        if not spelling[0].isalpha():
            return None
        pieces[:0] = re.split(r"[-‐‑]", spelling)
        words = tuple(word for piece in pieces for word in key_words(piece))
        if len(pieces) >= 2 and _spells(letters, pieces):
            return words if all(words) and words[0] not in FUNCTION else None
        if len(pieces) > len(letters) + 2:
            return None
    return None


def _spells(letters: str, pieces: Sequence[str]) -> bool:
    """Whether each content word gives its initial, in order, with at most one letter more each."""
    rest = letters
    for piece in pieces:
        folded = piece.lower()
        if rest[:1] != folded[:1]:
            if folded in FUNCTION:
                continue
            return False
        rest = rest[1:]
        # "hyperparameter optimisation (HPO)": a compound may give a second letter.
        if rest and len(rest) > len(pieces) - pieces.index(piece) - 1 and rest[0] in folded[1:]:
            rest = rest[1:]
    return not rest


def _bare(spelling: str) -> str:
    return spelling[:-1] if spelling.endswith("s") and spelling[:-1].isupper() else spelling


def _agreed(counts: Counter[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The long form that nearly all definitions give; ties fail the share."""
    words, count = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return words if count >= _AGREEMENT * counts.total() else None


def _applied(
    spellings: Sequence[str],
    tokens: Numbers,
    papers: Numbers,
    defined: set[int],
    own: dict[tuple[int, str], tuple[str, ...]],
    agreed: dict[str, tuple[str, ...]],
) -> Resolved:
    names = {name for _, name in own}
    bare = {i: name for i, text in enumerate(spellings) if (name := _bare(text)) in names}
    is_short = np.zeros(len(spellings), dtype=np.bool_)
    is_short[list(bare)] = True
    places = np.flatnonzero(is_short[tokens])
    positions: list[int] = []
    found: list[tuple[int, tuple[str, ...]]] = []
    for place, token, paper in zip(
        places.tolist(), tokens[places].tolist(), papers[places].tolist(), strict=True
    ):
        name = bare[token]
        words = own.get((paper, name)) or agreed.get(name)
        if place in defined:
            words = ("",)
        if words:
            positions.append(place)
            found.append((token, words))
    readings = sorted(set(found))
    index = {reading: i for i, reading in enumerate(readings)}
    return Resolved(
        tuple(Reading(*reading) for reading in readings),
        np.array(positions, dtype=np.int64),
        np.array([index[reading] for reading in found], dtype=np.int64),
    )
