"""The bytes of a site by kind of file."""

from __future__ import annotations

from conspectus.publishing.manifest import Entry
from conspectus.publishing.sizes import by_kind


def test_kinds_are_lists_terms_folders_and_others_largest_first() -> None:
    sizes = {
        "papers/2024/a.html": 5, "papers/index-2.html": 3, "days/2025-03-17.html": 1,
        "terms-al.html": 9, "exports/topics/a.bib": 2, "index.html": 6, "own/figure.png": 1,
    }  # fmt: skip
    entries = {path: Entry(size, "") for path, size in sizes.items()}

    assert by_kind(entries) == (
        ("terms", 9), ("others", 7), ("papers", 5), ("lists", 4), ("exports", 2),
    )  # fmt: skip


def test_kinds_of_the_same_weight_stand_in_the_order_of_their_names() -> None:
    entries = {path: Entry(5, "") for path in ("topics/a.html", "papers/a.html", "cards/a.png")}

    assert [kind for kind, _ in by_kind(entries)] == ["cards", "papers", "topics"]
