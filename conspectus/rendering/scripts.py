"""Which scripts a kind of page loads, in their order: each uses only what stands before it."""

from __future__ import annotations

EVERY_PAGE = ("words", "dom", "shelf", "store", "keep", "keys", "theme-switch")
LISTS = ("rows",)
MAPS = ("map",)
READING_LIST = ("cards", "carry", "kept")
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
    "home": LISTS + MAPS,
    "list": LISTS,
    "topic": LISTS + MAPS,
    "topics": MAPS,
    "map": MAPS,
    "kept": READING_LIST,
    "search": SEARCH,
}


def scripts_of(kind: str) -> tuple[str, ...]:
    """The names of a page's scripts below static/, all of them deferred."""
    return tuple(f"js/{name}.js" for name in EVERY_PAGE + BY_KIND.get(kind, ()))
