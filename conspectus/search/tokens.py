"""Text in; the terms under which it is found out.

static/js/search/tokens.js does the same in the reader's browser, and both are held to
tests/fixtures/search-agreement.json.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from conspectus.search.stems import Stem, english

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that are written without spaces, or whose words are found by their syllables."""

VOICED_MARKS = "\u3099\u309a"
"""Combining marks that make another letter of a kana; all other marks are folded away."""

LETTERS = {
    "ß": "ss", "ς": "σ", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th", "ħ": "h", "’": "'", "‐": "-", "–": "-", "−": "-",
}  # fmt: skip
"""What decomposition leaves alone and readers type otherwise."""

_RUN = re.compile(
    rf"""
      10\.[0-9]{{4,9}}/[^\s"<>]+                               # a DOI
    | (?<![0-9.])[0-9]{{4}}\.[0-9]{{4,5}}(?:v[0-9]+)?(?![^\W_])   # an arXiv identifier
    | [{CJK}]+
    | [^\W_{CJK}]+(?:[-_.'][^\W_{CJK}]+)*(?:\+\+|\#)?          # a word or a compound
    """,
    re.VERBOSE,
)
_STARTS_CJK = re.compile(f"[{CJK}]")
_COMMAND = re.compile(r"\\ell(?![a-z])")
_ARXIV = re.compile(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_MOST_PARTS = 5
_LONGEST = 40

STOP_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        """
        a about after all also am an and any are as at be because been before being between both
        but by can could did do does doing during each few for from further had has have having he
        her here hers him his how i if in into is it its itself just may me more most my no nor not
        of off on once only or other our ours out over own per same she should so some such than
        that the their theirs them then there these they this those through to too under until up
        upon us very via was we were what when where which while who whom why will with within
        without would you your yours
        """,
    )
)
"""Words that carry no subject: indexed in titles only, and asked for only where nothing else is."""


@dataclass(frozen=True, slots=True)
class Token:
    """One run of a text and the terms that it stands for."""

    parts: tuple[str, ...]
    """Stems of its words: `k` and `mean` of k-means, the bigrams of a Chinese run."""
    whole: str = ""
    """The run as one term, `kmean`; empty where it is a single word."""

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms, the whole last."""
        return (*self.parts, self.whole) if self.whole else self.parts


class _Folding(dict[int, str | int | None]):
    """A translation table that fills itself: marks vanish, some letters are respelt."""

    def __missing__(self, code: int) -> str | int | None:
        character = chr(code)
        value: str | int | None = LETTERS.get(character, code)
        if unicodedata.category(character).startswith("M") and character not in VOICED_MARKS:
            value = None
        self[code] = value
        return value


def fold(text: str) -> str:
    """Lower case without accents, compatibility characters in their plain form: ℓ² is l2."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower().translate(_folding())
    return unicodedata.normalize("NFC", plain)


def runs(text: str) -> list[str]:
    """The folded runs of a text, in order: what `token` takes."""
    return runs_in(fold(spelled_out(text)))


def runs_in(folded: str) -> list[str]:
    """The same of a text that is folded already."""
    return _RUN.findall(folded)


def spelled_out(text: str) -> str:
    """The text with the letter that a command of TeX's stands for."""
    return _COMMAND.sub("ℓ", text) if "\\" in text else text


def terms_of(run: str, stem: Stem = english) -> tuple[str, ...]:
    """The terms of one folded run, the whole last."""
    if run.isascii() and run.isalnum():  # most are: the rest need not be tried
        return (stem(run[:_LONGEST]),)
    return token(run, stem).terms


def token(run: str, stem: Stem = english) -> Token:
    """The terms of one folded run."""
    if run.startswith("10.") and "/" in run:
        return Token((_NOT_ALPHANUMERIC.sub("", run),))
    if _STARTS_CJK.match(run):
        return Token(_bigrams(run))
    if _ARXIV.fullmatch(run):
        return Token((run.partition("v")[0].replace(".", ""),))
    ending = "++" if run.endswith("++") else "#" if run.endswith("#") else ""
    words = _parted(run)
    parts = tuple(stem(word[:_LONGEST]) for word in words)
    if ending:
        return Token(parts, words[-1][:_LONGEST] + ending)
    if 1 < len(parts) <= _MOST_PARTS:
        return Token(parts, stem("".join(words)[:_LONGEST]))
    return Token(parts)


def words_of(run: str) -> tuple[str, ...]:
    """The unstemmed words of one folded run, for completion and correction."""
    if run.isascii() and run.isalnum():
        return (run[:_LONGEST],)
    if _STARTS_CJK.match(run) or "/" in run:
        return ()
    return tuple(word[:_LONGEST] for word in _parted(run))


def _bigrams(run: str) -> tuple[str, ...]:
    return tuple(run[i : i + 2] for i in range(len(run) - 1)) or (run,)


def _parted(run: str) -> list[str]:
    """The words of a compound, without apostrophes."""
    words = run.rstrip("+#").replace("_", "-").replace(".", "-").split("-")
    if "'" not in run:
        return words
    return [word.removesuffix("'s").replace("'", "") for word in words]


@cache
def _folding() -> _Folding:
    return _Folding()


def stop_terms(stem: Stem) -> frozenset[str]:
    """`STOP_WORDS` as terms."""
    return STOP_WORDS | set(map(stem, STOP_WORDS))
