"""A survey's language in; what makes one term of its words' forms out.

English has Porter2, whose rules static/js/search/stems.js holds too. Other languages have tables
of endings, which the entry file brings to the reader's browser: they take off what inflects a noun
or an adjective, in the manner of Savoy's light stemmers (2006), which serve retrieval as well as
longer ones. Words come folded: without accents, in lower case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import Stemmer

Stem = Callable[[str], str]
Rule = tuple[str, str, int]
"""An ending, what takes its place, and how many letters must stand before it."""
Table = tuple[tuple[Rule, ...], ...]
"""Steps: of each, the first rule that fits is followed."""


def _dropped(endings: str, least: int = 3) -> tuple[Rule, ...]:
    return tuple((ending, "", least) for ending in endings.split())


def _undoubled(letters: str) -> tuple[Rule, ...]:
    return tuple((2 * letter, letter, 2) for letter in letters)


_GERMAN_ENDS = "bdfghklmnt"
_TABLES: dict[str, Table] = {
    "de": (
        (*_dropped("ern em en er es e"), *((f"{c}s", c, 2) for c in _GERMAN_ENDS)),
        (*_dropped("est er en"), *((f"{c}st", c, 2) for c in _GERMAN_ENDS)),
    ),
    "es": ((("ces", "z", 2), *_dropped("es os as s a o e")),),
    "fr": (
        (("eaux", "eau", 2), ("aux", "al", 2), *_dropped("x", 4), *_dropped("s")),
        (*_dropped("ee er ez", 4), *_dropped("e")),
        _undoubled("lnst"),
    ),
    "it": (_dropped("ie he hi ii ia io a e i o"),),
    "nl": (_dropped("en e s"), _undoubled("bdfgklmnprst")),
    "pt": (
        (
            *((f"{v}es", "ao", 2) for v in "oa"),
            *((f"{v}is", f"{v}l", 2) for v in "aeo"),
            ("ns", "m", 2),
            *(("res", "r", 3), ("zes", "z", 2)),
            *_dropped("s"),
        ),
        _dropped("a e o"),
    ),
}
ENGLISH = "english"


def stems_of(language: str) -> str | Table:
    """What the entry file says of a language such as `en` or `pt-BR`; an empty table of others."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    return ENGLISH if primary == "en" else _TABLES.get(primary, ())


def stemmer(language: str) -> Stem:
    """The stem of a folded word. Words with other letters than a to z are stems themselves."""
    stems = stems_of(language)
    if isinstance(stems, str):
        return english
    return lambda word: _inflected(word, stems) if word.isascii() and word.isalpha() else word


def english(word: str) -> str:
    """The stem of an English word, by Porter2."""
    stem: str = _porter().stemWord(word) if word.isascii() and word.isalpha() else word
    return stem


def unstemmed(word: str) -> str:
    """The word itself."""
    return word


def _inflected(word: str, table: Table) -> str:
    for rules in table:
        for ending, instead, least in rules:
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word.removesuffix(ending) + instead
                break
    return word


@cache
def _porter() -> Stemmer.Stemmer:
    # Without its own cache, which evicts by time; callers keep what they have seen.
    return Stemmer.Stemmer("english", 0)
