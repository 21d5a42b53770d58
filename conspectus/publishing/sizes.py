"""Files of a site in; their bytes by kind out, largest first: where a site's weight lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from conspectus.publishing.manifest import Entry

_LISTS = ("papers/index", "days/", "lists/", "digests/")
_FOLDERS = ("papers", "topics", "search", "data", "exports", "feeds", "assets", "cards")
_TERMS = "terms"
OTHERS = "others"


def by_kind(entries: Mapping[str, Entry]) -> tuple[tuple[str, int], ...]:
    """Each kind that has bytes: lists of papers, terms, what a folder holds, and others."""
    sizes: Counter[str] = Counter()
    for path, entry in entries.items():
        sizes[_kind(path)] += entry.size
    return tuple(sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])))


def _kind(path: str) -> str:
    if path.startswith(_LISTS):
        return "lists"
    folder, slash, _ = path.partition("/")
    if slash:
        return folder if folder in _FOLDERS else OTHERS
    return _TERMS if path.startswith(_TERMS) else OTHERS
