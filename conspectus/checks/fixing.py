"""A paper's file in; the same with what is certain put right out.

Certain means: there is one way only to put it right, and the file then reads at least as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from conspectus.checks import gaps
from conspectus.checks.texts import LIGATURES, UNSEEN
from conspectus.content.papers import KNOWN_FIELDS, read_any
from conspectus.content.text import part
from conspectus.importers import tex, updating
from conspectus.problems import Problem

_SAME = {
    "author": "authors", "year": "published", "date": "published", "issued": "published",
    "journal": "venue", "booktitle": "venue", "conference": "venue", "tags": "keywords",
    "keyword": "keywords", "eprint": "arxiv", "alias": "aliases", "key": "citekey",
    "lang": "language", "homepage": "url", "likes": "upvotes",
}  # fmt: skip
"""Fields by the names that other programs give them; each takes the same value."""
_KEY = re.compile(r"([A-Za-z_-]+)(?=\s*:(?:\s|$))")
_TWICE = re.compile(r"\bhttps?://(?=https?://)")
_HIDDEN = re.compile(
    r"`[^`]*`|\$\$[^$]*\$\$|(?<!\\)\$[^$\n]*(?<!\\)\$|\\\((?:(?!\\\().){1,1000}?\\\)|https?://\S+",
    re.DOTALL,
)
_ACCENT = re.compile(
    r"\{(?<!\\)\\[\"'`^~=.](?:\{\\?[A-Za-z]\}|\\[ij]|[A-Za-z])\}"
    r"|(?<!\\)\\[\"'`^~=.](?:\{\\?[A-Za-z]\}|\\[ij]\b|(?<=[A-Za-z]\\.)[A-Za-z])"
)


def fixed(text: str, path: str) -> str:
    """The file's text, or the same text where nothing of it is certain.

    Each repair is tried by itself, and kept where the file then reads at least as well.
    """
    for repair in _REPAIRS:
        after = repair(text, path)
        if after != text and _reads_as_well(text, after, path):
            text = after
    return text


def _reads_as_well(before: str, after: str, path: str) -> bool:
    """Whether the repaired file has no more errors, and no more problems, than it had."""
    old, new = read_any(before, path).problems, read_any(after, path).problems
    return len(new) <= len(old) and _errors(new) <= _errors(old)


def _errors(problems: Iterable[Problem]) -> int:
    return sum(problem.is_error for problem in problems)


def _keys(text: str, path: str) -> str:
    """Fields under another program's name, where the field itself is not there."""
    parted, _ = part(text, path)
    if parted is None:
        return text
    lines = text.split("\n")
    front = range(parted.front_line - 1, parted.body_line - 2)
    present = {match[1] for at in front if (match := _KEY.match(lines[at]))}
    for at in front:
        match = _KEY.match(lines[at])
        name = _meant(match[1]) if match else ""
        if match and name and name not in present:
            present.add(name)
            lines[at] = name + lines[at][match.end() :]
    return "\n".join(lines)


def _meant(key: str) -> str:
    """The field that an unknown key can only mean; empty for known ones and others."""
    lowered = key.lower()
    if key in KNOWN_FIELDS:
        return ""
    return lowered if lowered in KNOWN_FIELDS else _SAME.get(lowered, "")


def _plain_letters(text: str, path: str) -> str:
    """Ligatures and unseen characters of a typeset page."""
    del path
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    return text[:1].replace("\ufeff", "\ufeff") + UNSEEN.sub("", text[1:])


def _addresses(text: str, path: str) -> str:
    """`https://https://…`."""
    del path
    return _TWICE.sub("", text)


def _accents(text: str, path: str) -> str:
    """TeX accents outside of math, code and links."""
    del path
    hidden = _HIDDEN.sub(lambda match: " " * len(match[0]), text)
    parts: list[str] = []
    at = 0
    for match in _ACCENT.finditer(hidden):
        letter = tex.plain(tex.read(match[0])[0])
        parts += (text[at : match.start()], letter if len(letter) == 1 else match[0])
        at = match.end()
    return "".join((*parts, text[at:]))


def _identifiers(text: str, path: str) -> str:
    """The DOI or arXiv identifier that the paper's address holds."""
    paper = read_any(text, path).paper
    return updating.filled(text, path, gaps.hidden(paper), {})[0] if paper else text


_REPAIRS = (_keys, _plain_letters, _addresses, _accents, _identifiers)
