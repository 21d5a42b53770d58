"""A text in; the language that it is in, where that is plain, out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_LITTLE_WORDS = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the of and to in is that for we this with are as our by on be an which from it can",
        "de": "der die das und in von zu mit den ist für auf eine ein wir dass werden des im nicht",
        "fr": "le la les de des et en un une du que pour dans est nous sur par avec ce qui au aux",
        "es": "el la los las de y en un una que para por con se del es este como al más su",
        "it": "il lo la i gli le di e in un una che per con del della dei si è nel questo da",
        "pt": "o a os as de e em um uma que para por com se do da dos das no na este é",
        "nl": "de het een en van in te dat is voor met op zijn wordt we die niet aan er bij",
    }.items()
}
_SCRIPTS = {
    "CJK": ("zh", "ja"), "HIRAGANA": ("ja",), "KATAKANA": ("ja",), "HANGUL": ("ko",),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "mk", "kk"), "ARABIC": ("ar", "fa", "ur"),
    "GREEK": ("el",), "HEBREW": ("he",), "THAI": ("th",), "DEVANAGARI": ("hi", "mr", "ne"),
}  # fmt: skip
_FEWEST_WORDS = 20
_FEWEST_LETTERS = 20
_CLEAR_SHARE = 0.15
_CLEAR_LEAD = 2.0


def mismatch(text: str, declared: str) -> str:
    """The language that a text plainly is in, where it is not the declared one; else empty."""
    tag = declared.partition("-")[0].lower()
    script = _script(text)
    if script:
        expected = _SCRIPTS[script]
        return "" if tag in expected else expected[0]
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < _FEWEST_WORDS:
        return ""
    if any(tag in tags for tags in _SCRIPTS.values()):
        return _best(words) if _share(words, _best(words)) >= _CLEAR_SHARE else ""
    best = _best(words)
    if tag not in _LITTLE_WORDS or best == tag or _share(words, best) < _CLEAR_SHARE:
        return ""
    return best if _share(words, best) >= _CLEAR_LEAD * _share(words, tag) else ""


def has_no_full_stops(text: str) -> bool:
    """Whether the text's script ends sentences in ways that are not known here."""
    return _script(text) in ("THAI",)


def _best(words: list[str]) -> str:
    return min(_LITTLE_WORDS, key=lambda tag: (-_share(words, tag), tag))


def _share(words: list[str], tag: str) -> float:
    return sum(word in _LITTLE_WORDS[tag] for word in words) / len(words)


def _script(text: str) -> str:
    """The script of most letters, where it is one that tells languages apart."""
    letters = [c for c in text[:2_000] if c.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        return ""
    counts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in letters if ord(c) > 0x24F)
    if counts["HIRAGANA"] + counts["KATAKANA"] > len(letters) / 10:
        return "HIRAGANA"
    script, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    return script if script in _SCRIPTS and count > len(letters) / 2 else ""
