"""Fragments and pages of the terms index: a term in; the place of its entry out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from slugify import slugify

from conspectus.model.topics import IndexedTerm
from conspectus.siteplan.urls import page_of

ENTRIES_A_PAGE = 150
TERMS_PERMALINK = "terms.html"
MANY_TERMS = 300
"""Above this many papers, terms of one paper are left out of the index (LOOK 5)."""


def letter_of(text: str) -> str:
    """The letter under which a text stands: A to Z, another script's letter, or #."""
    folded = unicodedata.normalize("NFKD", text.strip())[:1].upper()
    return folded if folded.isalpha() else "#"


def term_permalinks(terms: Sequence[IndexedTerm]) -> dict[str, str]:
    """The permalink, fragment included, of each term's entry."""
    anchors = unique_anchors(entry.term for entry in terms)
    return {
        entry.term: f"{page_of(TERMS_PERMALINK, index // ENTRIES_A_PAGE + 1)}#{anchor}"
        for index, (entry, anchor) in enumerate(zip(terms, anchors, strict=True))
    }


def unique_anchors(texts: Iterable[str]) -> list[str]:
    """A fragment for each text, unique on the page; ties are numbered in order."""
    taken: set[str] = set()
    anchors: list[str] = []
    for text in texts:
        base = f"t-{slugify(text) or 'term'}"
        anchor, number = base, 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        anchors.append(anchor)
    return anchors
