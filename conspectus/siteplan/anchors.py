"""Texts in; the letters and fragments under which the terms index has them out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from slugify import slugify

TERMS_PERMALINK = "terms.html"
MANY_TERMS = 300
"""Above this many papers, terms of one paper are left out of the index (LOOK 5)."""

_PLAIN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")


def letter_of(text: str) -> str:
    """The letter under which a text stands: A to Z, another script's letter, or #."""
    folded = unicodedata.normalize("NFKD", text.strip())[:1].upper()
    return folded if folded.isalpha() else "#"


def slugs(texts: Iterable[str]) -> list[str]:
    """Each text in lower-case ASCII letters, digits and hyphens."""
    return [_slug(text) for text in texts]


def unique_anchors(names: Iterable[str]) -> list[str]:
    """A fragment for each slug, unique on the page; ties are numbered in order."""
    taken: set[str] = set()
    anchors: list[str] = []
    for name in names:
        base = f"t-{name}"
        anchor, number = base, 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        anchors.append(anchor)
    return anchors


def _slug(text: str) -> str:
    folded = text.lower()
    if _PLAIN.fullmatch(folded):  # most terms, at a tenth of slugify's cost
        return folded.replace(" ", "-")
    return slugify(text) or "term"
