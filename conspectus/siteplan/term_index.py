"""Indexed terms in; the pages of the back-of-book index, and each entry's place, out.

A page holds the terms that begin alike. What does not fit goes to pages of longer beginnings,
`terms-a.html` and `terms-al.html`, so that a new term moves its neighbours alone: numbered pages
would all shift, and with them the links of every paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conspectus.model.papers import Paper
from conspectus.model.topics import Analysis, IndexedTerm
from conspectus.siteplan.anchors import TERMS_PERMALINK, slugs, unique_anchors
from conspectus.siteplan.urls import page_of

ON_A_PAGE = 150
"""Entries, and papers named by them."""
PASSIM = 10
"""Above so many papers, an entry names those alone that have the term among their key terms."""


@dataclass(frozen=True, slots=True)
class PlacedTerm:
    """A term, its place, and the papers that its entry names."""

    term: str
    anchor: str
    beginning: str
    """Its letters and digits in ASCII, by which its page is found."""
    count: int
    """Papers that use it."""
    papers: tuple[str, ...]
    """Those named, by id."""


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page of the index."""

    permalink: str
    beginning: str
    """What its terms have in common; empty on the first page."""
    entries: tuple[PlacedTerm, ...]
    """In the index's order."""


def term_pages(
    analysis: Analysis, papers: Mapping[str, Paper], most: int | None = None
) -> tuple[TermPage, ...]:
    """The pages, the first one first, then by their beginnings.

    An entry names at most so many papers; None: as many as it takes.
    """
    placed = _placed(analysis, most)
    weighs_papers = len(papers) > ON_A_PAGE  # else no page can name more of them
    weights = {each.anchor: _weight(each, weighs_papers=weighs_papers) for each in placed}
    return tuple(_pages("", placed, weights)) if placed else ()


def term_permalinks(pages: Iterable[TermPage]) -> dict[str, str]:
    """The permalink, fragment included, of each term's entry."""
    return {
        entry.term: f"{page.permalink}#{entry.anchor}" for page in pages for entry in page.entries
    }


def _placed(analysis: Analysis, most: int | None) -> list[PlacedTerm]:
    terms = [entry.term for entry in analysis.terms]
    names = slugs(terms)
    key_of: dict[str, list[str]] = defaultdict(list)
    for found in analysis.papers:
        for term in found.terms:
            key_of[term].append(found.paper)
    return [
        PlacedTerm(
            term=entry.term,
            anchor=anchor,
            beginning=name.replace("-", ""),
            count=len(entry.papers),
            papers=_named(entry, key_of[entry.term])[:most],
        )
        for entry, name, anchor in zip(analysis.terms, names, unique_anchors(names), strict=True)
    ]


def _named(entry: IndexedTerm, key_of: Sequence[str]) -> tuple[str, ...]:
    if len(entry.papers) <= PASSIM:
        return entry.papers
    return tuple(sorted(key_of)[:ON_A_PAGE]) or entry.papers[:PASSIM]


def _weight(entry: PlacedTerm, *, weighs_papers: bool) -> int:
    return max(len(entry.papers), 1) if weighs_papers else 1


def _pages(
    beginning: str, entries: Sequence[PlacedTerm], weights: Mapping[str, int]
) -> Iterator[TermPage]:
    """The page of a beginning, then those of longer ones: the heaviest leave it until it fits."""
    groups: dict[str, list[PlacedTerm]] = defaultdict(list)
    for entry in entries:
        groups[entry.beginning[: len(beginning) + 1]].append(entry)
    totals = {name: sum(weights[e.anchor] for e in group) for name, group in groups.items()}
    longer = sorted((name for name in groups if name != beginning), key=lambda n: (-totals[n], n))
    moved: set[str] = set()
    while longer and sum(totals.values()) > ON_A_PAGE:
        moved.add(longer[0])
        del totals[longer.pop(0)]
    kept = [entry for entry in entries if entry.beginning[: len(beginning) + 1] not in moved]
    first = f"terms-{beginning}.html" if beginning else TERMS_PERMALINK
    if kept or not beginning:
        for number, part in enumerate(_cut(kept, weights), start=1):
            yield TermPage(page_of(first, number), beginning, tuple(part))
    for name in sorted(moved):
        yield from _pages(name, groups[name], weights)


def _cut(entries: Sequence[PlacedTerm], weights: Mapping[str, int]) -> list[list[PlacedTerm]]:
    """Terms that begin alike to their end, over as many pages as they need."""
    pages: list[list[PlacedTerm]] = [[]]
    weight = 0
    for entry in entries:
        if pages[-1] and weight + weights[entry.anchor] > ON_A_PAGE:
            pages.append([])
            weight = 0
        pages[-1].append(entry)
        weight += weights[entry.anchor]
    return pages
