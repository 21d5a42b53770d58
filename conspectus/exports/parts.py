"""Many papers in; the parts out into which a large file is split, so that none grows too large.

A paper's part follows from its id alone, so that one insertion changes one part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from conspectus.model.papers import Paper
from conspectus.siteplan.lookup import MOST_WHOLE, paper_key

MOST_TOGETHER = MOST_WHOLE
"""Papers that one file may hold."""


Naming = Callable[[str], str]
"""The id of a paper in; the part in which it stands out."""


def coarse(paper: str) -> str:
    """One of 256 parts, for what only a paper's own file changes: two hex digits."""
    return hashlib.blake2b(paper.encode(), digest_size=1).hexdigest()


def fine(paper: str) -> str:
    """One of 1,024 parts, for what other papers change too: two base-32 digits of its key."""
    return paper_key(paper)[:2]


def parts(papers: Iterable[Paper], naming: Naming) -> tuple[tuple[str, tuple[Paper, ...]], ...]:
    """The parts that are not empty: names and the papers, in order."""
    by_name: dict[str, list[Paper]] = {}
    for paper in papers:
        by_name.setdefault(naming(paper.id), []).append(paper)
    return tuple((name, tuple(by_name[name])) for name in sorted(by_name))
