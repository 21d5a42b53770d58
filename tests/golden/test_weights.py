"""What a reader's connection carries for one page, compressed."""

from __future__ import annotations

import gzip
import posixpath
from pathlib import Path

from tests.support import links
from tests.support.markup import Element

KIB = 1024


def test_the_home_page_weighs_at_most_60_kilobytes(
    seed_site: Path, seed_pages: dict[str, Element]
) -> None:
    assert _weight(seed_site, "index.html", seed_pages["index.html"]) <= 60 * KIB


def test_a_paper_page_weighs_at_most_25_kilobytes(
    seed_site: Path, seed_pages: dict[str, Element]
) -> None:
    weights = {
        page: _weight(seed_site, page, root)
        for page, root in seed_pages.items()
        if page.startswith("papers/") and "index" not in page
    }

    assert {page: weight for page, weight in weights.items() if weight > 25 * KIB} == {}


def _weight(site: Path, page: str, root: Element) -> int:
    """Bytes of a page and of everything that it loads."""
    loaded = {
        posixpath.normpath(posixpath.join(posixpath.dirname(page), use.target))
        for use in links.loads_of(page, root)
        if not links.is_external(use.target)
    }
    return sum(len(gzip.compress((site / name).read_bytes(), 9)) for name in {page, *loaded})
