"""What may name a paper or a page, and names made from titles."""

from __future__ import annotations

import re

from slugify import slugify

from conspectus.model import fingerprint

LONGEST_ID = 80
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "via",
        "with",
    ]
)
_SEGMENT = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_INDEX = re.compile(r"index(?:-[0-9]+)?")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def fault_of_id(paper_id: str) -> str:
    """What keeps this from being a paper's id, as the end of a sentence; empty for a good one."""
    if len(paper_id) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} characters"
    segments = paper_id.split("/")
    if len(segments) > 2:
        return "lies deeper than one folder"
    return next((fault for segment in segments if (fault := _fault_of_segment(segment))), "")


def fault_of_slug(slug: str) -> str:
    """The same for one segment of a URL: a page's or a list's name."""
    if len(slug) > LONGEST_ID:
        return f"is longer than {LONGEST_ID} characters"
    return _fault_of_segment(slug)


def slug_of(text: str, *, otherwise: str = "paper", longest: int = LONGEST_ID) -> str:
    """A URL segment that is always allowed: transliterated, cut at a word's end.

    Where nothing of the text can be written in ASCII it is `otherwise` and 8 hash digits.
    """
    whole = slugify(_APOSTROPHE.sub("", text), entities=False, decimal=False, hexadecimal=False)
    slug = whole if len(whole) <= longest else _cut(whole, longest)
    if not slug:
        return f"{otherwise}-{fingerprint(text)[:8]}"
    if _fault_of_segment(slug):
        return f"{otherwise}-{slug}"[:longest].rstrip("-")
    return slug


def _cut(slug: str, longest: int) -> str:
    """The slug up to a word's end, without little words at its end."""
    room = slug[: longest + 1]
    words = room[: room.rfind("-")].split("-") if "-" in room else [slug[:longest]]
    while len(words) > 1 and words[-1] in _LITTLE:
        words.pop()
    return "-".join(words)


def _fault_of_segment(segment: str) -> str:
    if not _SEGMENT.fullmatch(segment):
        return "holds more than lower-case letters a to z, digits, inner dots and hyphens"
    if _INDEX.fullmatch(segment):
        return "is a name that the site's own lists use"
    if _DEVICE.fullmatch(segment):
        return "is a device's name on Windows"
    return ""
