"""Many papers in; the parts out into which a large file is split, so that none grows too large.

A paper's part follows from its id alone, so that one insertion changes one part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from conspectus.model.papers import Paper
from conspectus.siteplan.lookup import MOST_WHOLE

MOST_TOGETHER = MOST_WHOLE
"""Papers that one file may hold."""


def parts(papers: Iterable[Paper]) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
    """The parts that are not empty: two hex digits and the papers, in order."""
    by_name: dict[str, list[Paper]] = {}
    for paper in papers:
        by_name.setdefault(name_of(paper.id), []).append(paper)
    return tuple((name, tuple(by_name[name])) for name in sorted(by_name))


def name_of(paper: str) -> str:
    """The part in which the paper with this id stands."""
    return hashlib.blake2b(paper.encode(), digest_size=1).hexdigest()
