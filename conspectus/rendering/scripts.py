"""Which scripts a kind of page loads, in their order: each uses only what stands before it."""

from __future__ import annotations

READER = ("shelf", "store", "keep", "keys", "theme-switch")
EVERY_PAGE = ("words", "dom", *READER)
LISTS = ("rows", "listed", "narrow", "triage", "cards", "carry", "outlines", "takeaway", "seen")
MAPS = ("map",)
READING_LIST = ("copy", "cards", "carry", "outlines", "kept", "skipped", "whole")
TERMS = ("search/key", "cards", "carry", "outlines", "takeaway")
SEARCH = (
    "words",
    "search/stems",
    "search/tokens",
    "search/query",
    "search/postings",
    "search/nearest",
    "search/rank",
    "search/shards",
    "search/lists",
    "search/spellings",
    "search/filters",
    "search/order",
    "search/question",
    "search/api",
    "search/results",
    "search/page",
)
AFTER_SEARCH = (
    "search/passages",
    "dom",
    "search/key",
    *READER,
    "cards",
    "carry",
    "search/facets",
    "search/take",
    "search/progress",
    "search/complete",
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
}

JOINT = "js/reader.js"
"""All scripts of a lean page in one file, so that 100,000 pages need not name each of them."""


def joint_scripts() -> tuple[str, ...]:
    """The names of what it holds, in their order."""
    return scripts_of("paper")


def scripts_of(kind: str) -> tuple[str, ...]:
    """The names of a page's scripts below static/, all of them deferred."""
    names = SEARCH if kind == "search" else EVERY_PAGE + BY_KIND.get(kind, ())
    return tuple(f"js/{name}.js" for name in names)


def later_scripts() -> tuple[str, ...]:
    """Those of the search page that its own script loads: a first result does without them."""
    return tuple(f"js/{name}.js" for name in AFTER_SEARCH)
