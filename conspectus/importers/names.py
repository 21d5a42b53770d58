"""Ids and citation keys for new papers: unique, and fixed from then on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from slugify import slugify

from conspectus.model.identifiers import LONGEST_ID, slug_of
from conspectus.model.papers import Author, PartialDate

_EMPTY = frozenset(
    str.split(
        "a an and are as at be beyond but by can do does for from how if in into is it its need "
        "needs not of on or our than that the their them they this through to toward towards up us "
        "using via we what when where which who why with within without you your"
    )
)

_CITEKEY = re.compile(r"[^\s{}(),=#%~\"'\\\x00-\x1f]+")
_LONGEST_KEY = 200


def paper_id(title: str, taken: Collection[str], folder: str = "") -> str:
    """The title's slug, numbered where another paper has it; `taken` holds ids in use."""
    prefix = f"{folder}/" if folder else ""
    room = LONGEST_ID - len(prefix)
    base = slug_of(title, longest=room)
    candidate, number = prefix + base, 2
    while candidate in taken:
        suffix = f"-{number}"
        candidate = prefix + base[: room - len(suffix)].rstrip("-.") + suffix
        number += 1
    return candidate


def kept_citekey(key: str) -> str:
    """A source's own key as it may stand in a paper's file, or empty where it cannot."""
    return key if _CITEKEY.fullmatch(key) and len(key) <= _LONGEST_KEY else ""


def citekey(
    title: str, authors: Iterable[Author], published: PartialDate | None, taken: Collection[str]
) -> str:
    """Family name, year and first word of the title; without authors its first two words.

    Lower-case ASCII letters, digits and hyphens, unlike any in `taken`, which holds lower case.
    """
    first = next(iter(authors), None)
    words = _significant(title)
    if first is not None:
        year = str(published.year) if published else ""
        base = _ascii(first.family) + year + "".join(words[:1])
    else:
        base = "-".join(words[:2])
    base = base or slug_of(title)
    candidate, number = base, 2
    while candidate in taken:
        candidate = f"{base}-{number}"
        number += 1
    return candidate


def _significant(title: str) -> list[str]:
    """The title's words that say something, as ASCII; all of them where none does."""
    words = [_ascii(word) for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", title)]
    found = [word for word in words if word]
    return [word for word in found if word not in _EMPTY and len(word) > 1] or found


def _ascii(text: str) -> str:
    if text.isascii():
        # What slugify would say as well, at a twentieth of its price.
        return re.sub("[^a-z0-9]", "", text.lower())
    return re.sub("[^a-z0-9]", "", slugify(text, separator=""))
