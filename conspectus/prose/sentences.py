"""The text of one block in; where its sentences begin and end out.

Made for scientific abstracts: abbreviations, initials, decimals, citations, figures and
parentheses do not end a sentence, and Chinese and Japanese need no space after theirs.
"""

from __future__ import annotations

import re

Span = tuple[int, int]
"""Start and end of a sentence, as indices into the text; without the space around it."""

ATOM = "\ufffc"
"""Stands for each character of something that is never split, such as math."""

_CLOSERS = "\"'”’»)\\]」』）】》"
_OPENERS = "\"'“‘«(\\[「『（【《"
_WIDE_ENDS = "。！？｡．"
"""These end a sentence without a space after them."""
_MARKS = re.compile(rf"[.!?…؟।۔{_WIDE_ENDS}]+[{_CLOSERS}]*")
_GLUED = re.compile(r"(?:We|The|This|These|In|To|Our|It|However|Moreover|Experiments)\s")
"""Words before which a forgotten space is certain."""
_BRACKET = re.compile(r"[()]")
_SPACE = re.compile(r"\s*")
_NEXT = re.compile(rf"[{_OPENERS}]*([^\s{_CLOSERS},;:]+)")
_WORD_BEFORE = re.compile(rf"[^\s{_OPENERS}]+\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_OWN_CASE = re.compile(r"[a-z]+[A-Z0-9]|[a-z]-[A-Za-z]")
"""A name that keeps its small first letter even where it opens a sentence: vLLM, t-SNE."""

_NEVER_LAST = frozenset(
    str.split("e.g i.e eg ie cf vs viz ca esp approx resp dr mr mrs ms prof st jr sr w.r.t s.t c.f")
)
_BEFORE_NUMBERS = frozenset(
    str.split(
        "fig figs eq eqs eqn eqns sec sect sects secs tab tabs ref refs alg algs thm prop def lem"
        " cor ch chap app no nos vol p pp art para ex"
    )
)
_STARTERS = frozenset(
    str.split(
        "A An The This That These Those In On At By For From With We Our It Its They To However But"
        " Here Moreover Furthermore Experiments Results Code Using While Although When If As Both"
        " Each Such There Then Thus Therefore Finally First Second Extensive Empirical"
    )
)
"""Words that open a sentence often enough to decide after an abbreviation or an initial."""

_LOOK_BACK = 40
"""Characters: no abbreviation is longer, and a text without spaces stays affordable."""
_PARENTHESIS = 300
"""Characters within which an open parenthesis must close to hold a sentence together."""


def spans(text: str) -> tuple[Span, ...]:
    """The sentences of one block of text, in order; together they hold all but white space."""
    found: list[Span] = []
    start = _skip(text, 0)
    for match in _MARKS.finditer(text):
        if match.start() < start or not _ends(text, start, match):
            continue
        found.append((start, match.end()))
        start = _skip(text, match.end())
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return tuple(found)


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the marks at `match` end the sentence that began at `start`."""
    is_wide = match[0][0] in _WIDE_ENDS
    after = text[match.end() : match.end() + 1]
    if not is_wide and after and not after.isspace() and not _is_glued(text, match):
        return False
    if _is_in_parenthesis(text, start, match.end()):
        return False
    if is_wide:
        return True
    following = _NEXT.match(text, _skip(text, match.end()))
    if following is None:
        return not text[match.end() :].strip()
    word = following[1]
    if match[0][0] != "." or match[0].startswith(".."):
        return not word[0].islower() or bool(_OWN_CASE.match(word))
    if word[0].islower() and not _OWN_CASE.match(word):
        return False
    before = _WORD_BEFORE.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    return before is None or not _is_abbreviation(before, word, start)


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether only a space was forgotten after the sentence: "… of models.We propose"."""
    before = text[max(match.start() - 3, 0) : match.start()]
    is_word = len(before) == 3 and before.isalpha()
    return is_word and match[0] == "." and bool(_GLUED.match(text, match.end()))


def _is_abbreviation(before: re.Match[str], following: str, start: int) -> bool:
    """Whether the word before a full stop keeps it, seeing the word that follows."""
    word = before[0]
    folded = word.lower()
    if folded in _NEVER_LAST:
        return True
    if following in _STARTERS:
        return False
    if folded in _BEFORE_NUMBERS:
        return following[0].isdigit() or following[0] in ATOM + "IVX"
    if folded in ("al", "etc"):
        return following[0].isdigit()
    if word.isdigit() and before.start() == start:  # "1. First"
        return True
    return (len(word) == 1 and word.isupper()) or bool(_DOTTED.match(word))


def _is_in_parenthesis(text: str, start: int, end: int) -> bool:
    """Whether a parenthesis opened in this sentence closes only later."""
    opened = text.rfind("(", start, end)
    if opened < 0 or text.find(")", opened, end) >= 0:
        return False
    depth = 0
    for match in _BRACKET.finditer(text, end, min(len(text), end + _PARENTHESIS)):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return True
    return False
