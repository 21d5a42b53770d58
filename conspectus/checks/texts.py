"""Titles and abstracts in; what looks broken on the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from conspectus.checks import languages
from conspectus.checks.findings import Finding, about
from conspectus.fields import shown
from conspectus.model.papers import Paper

_ENDED = re.compile(r"(?:[.!?。！？…؟।][\]\"'”’»)*_`}]*|https?://\S+|\$)\s*\Z")
_CUT_BY_SOURCE = re.compile(r"(?:\.\.\.|…|\b(?:show|read) more\b)[\])]*\s*\Z", re.IGNORECASE)
_OPEN_WORDS = frozenset(
    str.split(
        "a an and are as at be been between both but by can for from had has have if in into is it "
        "its may no not of on one or our over such than that the their then these this those to "
        "under using via was we were when where which while who will with within without"
    )
)
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_HIDDEN = re.compile(
    r"`[^`]*`|\$\$[^$]*\$\$|(?<!\\)\$[^$\n]*(?<!\\)\$|\\\((?:(?!\\\().){1,1000}?\\\)|https?://\S+|<[^<>\n]*>",
    re.DOTALL,
)
_DEBRIS = re.compile(
    r"(?<![\w\\{}])[\w=.]{0,30}\w\{[^{}\s]{1,30}\}"  # 8{255}
    r"|\w{0,30}[\w)]\^[A-Za-z0-9]{1,3}\b"  # ReST^EM
    r"|(?<!\\)\\(?!emph|text|cite|ref|label|url|href|footnote|begin|end|item)"
    r"[A-Za-z]{2,}(?:\{[^{}\n]{0,40}\})*"
)
_END = 300
"""Characters of an abstract that show how it ends."""
_MOST = 3
"""Pieces that are named of one paper."""
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters that nobody sees and that break words for every search."""
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TYPESET = re.compile(f"[{''.join(LIGATURES)}]|{UNSEEN.pattern}")


def find(papers: Sequence[Paper], language: str) -> Iterator[Finding]:
    """Abstracts that stop, remains of TeX and typesetting, and other languages."""
    for paper in papers:
        yield from _stops(paper)
        yield from _debris(paper)
        yield from _typeset(paper)
        yield from _language(paper, language)


def _stops(paper: Paper) -> Iterator[Finding]:
    text = paper.abstract.text.rstrip()[-_END:]
    source = paper.abstract.source.rstrip()[-_END:]
    if not text:
        return
    if _CUT_BY_SOURCE.search(text):
        said = f'the abstract was cut by its source: "{_tail(text)}"'
    elif _ENDED.search(text) or _ENDED.search(source) or languages.has_no_full_stops(text):
        return
    elif _is_open(text):
        said = f'the abstract stops in the middle of a sentence: "{_tail(text)}"'
    else:
        said = f'the abstract ends without a full stop: "{_tail(text)}"'
    yield about(paper, "stops", said, "complete it from the paper", source[-20:])


def _is_open(text: str) -> bool:
    match = _LAST_WORD.search(text)
    is_open_word = match is not None and match[1].lower() in _OPEN_WORDS
    return is_open_word or text[-1] in ",;:(-–" or text.rfind("(") > text.rfind(")")


def _tail(text: str) -> str:
    return shown("…" + text[-40:])


def _debris(paper: Paper) -> Iterator[Finding]:
    for source in (paper.title, paper.abstract.source):
        if not any(sign in source for sign in "{^\\"):
            continue
        hidden = _HIDDEN.sub(lambda match: " " * len(match[0]), source)
        found = dict.fromkeys(match[0] for match in _DEBRIS.finditer(hidden))
        for piece in islice(found, _MOST):
            said = f'"{shown(piece)}" looks like what is left of math'
            yield about(paper, "tex", said, "write it as math between dollars, or in words", piece)


def _typeset(paper: Paper) -> Iterator[Finding]:
    found = _TYPESET.findall(f"{paper.title}\n{paper.abstract.source}")
    if found:
        names = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in found))
        said = f"the text holds characters of a typeset page that break words: {names}"
        yield about(paper, "typeset", said, "let check --fix write plain letters", found[0])


def _language(paper: Paper, language: str) -> Iterator[Finding]:
    declared = paper.language or language
    seems = languages.mismatch(paper.abstract.text, declared)
    # A paper in another language often has its abstract in the survey's.
    if seems and seems != language.partition("-")[0].lower():
        said = f"the abstract seems to be in another language ({seems}) than {declared}"
        yield about(
            paper, "language", said, f"write language: {seems}, or the abstract in {declared}"
        )
