"""Which scripts a kind of page loads, in their order: each uses only what stands before it."""

from __future__ import annotations

EVERY_PAGE = ("words", "dom", "shelf", "store", "keep", "keys", "theme-switch")
LISTS = ("rows", "listed", "narrow", "triage", "cards", "carry", "outlines", "takeaway", "seen")
MAPS = ("map",)
READING_LIST = ("copy", "cards", "carry", "outlines", "kept", "skipped", "whole")
TERMS = ("search/key", "cards", "carry", "outlines", "takeaway")
SEARCH = (
    "search/key",
    "search/stems",
    "search/tokens",
    "search/query",
    "search/postings",
    "search/nearest",
    "search/rank",
    "search/shards",
    "search/api",
    "search/page",
)
BY_KIND = {
    "home": ("rows", "seen", *MAPS),
    "list": LISTS,
    "topic": (*LISTS, "table", *MAPS),
    "paper": ("seen", "copy"),
    "about": ("copy",),
    "terms": TERMS,
    "topics": MAPS,
    "map": MAPS,
    "kept": READING_LIST,
    "search": SEARCH,
}


def scripts_of(kind: str) -> tuple[str, ...]:
    """The names of a page's scripts below static/, all of them deferred."""
    return tuple(f"js/{name}.js" for name in EVERY_PAGE + BY_KIND.get(kind, ()))
