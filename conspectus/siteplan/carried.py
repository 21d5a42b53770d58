"""What the data can carry: a part is drawn only where its data divide the papers.

The one table of these rules, in words, is in docs/design.md ("What the data can carry").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from conspectus.model.papers import Paper

FACET_VALUES = 2
"""Different values without which a facet divides nothing."""
FILLED = 5
"""One in so many papers must have a value."""
TREND_PERIODS, TREND_PAPERS = 3, 30
COMPARED_PAPERS, COMPARED_ATTRIBUTES = 3, 2


@dataclass(frozen=True, slots=True)
class Carried:
    """What a list of papers can be filtered and sorted by."""

    has_years: bool = False
    has_code: bool = False
    has_upvotes: bool = False


def carried(papers: Sequence[Paper]) -> Carried:
    """What these papers, as one list, can carry."""
    return Carried(
        has_years=is_facet(paper.year for paper in papers),
        has_code=is_flag(has_code(paper) for paper in papers),
        has_upvotes=is_facet(paper.upvotes for paper in papers),
    )


def is_facet(values: Iterable[Hashable | None]) -> bool:
    """Whether two values or more are given, and by a fifth of the papers; None is no value."""
    every = list(values)
    given = [value for value in every if value is not None]
    return len(set(given)) >= FACET_VALUES and len(given) * FILLED >= len(every)


def is_flag(values: Iterable[bool]) -> bool:
    """Whether a yes divides: a fifth of the papers say it, and not all."""
    every = list(values)
    return 0 < sum(every) < len(every) <= sum(every) * FILLED


def is_trend(periods: Iterable[Hashable | None]) -> bool:
    """Whether three periods or more hold 30 papers in all; None is no period."""
    given = [period for period in periods if period is not None]
    return len(set(given)) >= TREND_PERIODS and len(given) >= TREND_PAPERS


def compared(papers: Sequence[Paper]) -> tuple[tuple[str, ...], tuple[Paper, ...]]:
    """Columns and papers of a comparison table; nothing where there is none to draw.

    A column is an attribute of three papers, in the order in which papers name them; a paper
    stands in the table with two of the columns, and three papers must.
    """
    counts = Counter(name for paper in papers for name, _ in paper.attributes)
    columns = tuple(name for name, count in counts.items() if count >= COMPARED_PAPERS)
    rows = tuple(
        paper
        for paper in papers
        if sum(name in columns for name, _ in paper.attributes) >= COMPARED_ATTRIBUTES
    )
    return (columns, rows) if len(rows) >= COMPARED_PAPERS else ((), ())


def has_code(paper: Paper) -> bool:
    """Whether a link leads to the paper's code."""
    return any(link.kind == "code" for link in paper.links)
