"""A survey's settings and its number of papers in; what its site has room for, out.

A site of a few hundred papers shows everything wherever it may help. What larger ones leave out is
said here, and in words in docs/scale.md; whoever makes a page or a file asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from conspectus.settings import Settings

MOST_WHOLE = 5000
"""Above so many papers a site keeps one copy of a thing where it had several."""


@dataclass(frozen=True, slots=True)
class Size:
    """What there is room for; a survey of at most `MOST_WHOLE` papers has all of it."""

    is_parted: bool = False
    """Whether bibliographies and data come in parts."""
    is_lean: bool = False
    """Whether papers' pages and what stands around them are written as short as they can be."""

    has_abstracts_in_mixed_lists: bool = True
    has_abstracts_in_lists: bool = True
    """Of leaf topics, days and the curator's lists."""
    has_rows_in_index: bool = True
    """Whether the list of all papers shows more of them than title and facts."""
    has_coins: bool = True
    has_papers_of_parents: bool = True
    """Whether a topic with sub-topics lists their papers again."""
    papers_of_terms: int | None = None
    """The most that an entry of the terms index names; None for as many as it takes."""

    has_linked_data: bool = True
    has_all_citations: bool = True
    """Whether a paper's page and card hold RIS and CSL-JSON beside BibTeX."""
    cites_own_page: bool = True
    """Whether a citation of a paper without an address has that of the paper's page here."""
    has_bridges: bool = True
    similar_on_pages: int | None = None
    """The most similar papers that a page shows; None for all that were found."""
    terms_on_pages: int | None = None
    """The most key terms."""
    has_searches: bool = True
    """Whether the page of a paper without links offers to look for its text on other sites."""

    has_abstracts_in_bibliographies: bool = True
    """In those of topics, and in all formats."""
    has_abstracts_in_bibtex: bool = True
    """In that of all papers."""
    has_all_by_topics: bool = False
    """Whether the bibliographies of the leaf topics are the parts of that of all papers."""
    has_similar_in_data: bool = True
    has_extras_in_data: bool = True
    """Whether data hold permalinks, days of entry, authors, citation keys, key terms and what
    states the contribution."""
    has_brief_feeds: bool = False
    """Whether a topic's feed has its newest papers alone, each with one sentence."""
    entries_of_topic_feeds: int = 10
    """How many, then."""
    has_cards_of_all_topics: bool = True
    """Social cards; else the topmost have theirs."""


WHOLE = Size()
LARGE = Size(
    is_parted=True,
    has_abstracts_in_mixed_lists=False,
    has_coins=False,
    has_linked_data=False,
    has_abstracts_in_bibliographies=False,
    has_brief_feeds=True,
    has_cards_of_all_topics=False,
)


def size_of(settings: Settings, papers: int) -> Size:
    """The room of a survey's site: by its number of papers, and compact where it says so."""
    size = LARGE if papers > MOST_WHOLE else WHOLE
    return _compact(size) if settings.is_compact else size


def _compact(size: Size) -> Size:
    return replace(
        size,
        is_lean=True,
        has_abstracts_in_mixed_lists=False,
        has_abstracts_in_lists=False,
        has_rows_in_index=False,
        has_coins=False,
        has_papers_of_parents=False,
        papers_of_terms=1,
        has_linked_data=False,
        has_all_citations=False,
        cites_own_page=False,
        has_bridges=False,
        similar_on_pages=3,
        terms_on_pages=4,
        has_searches=False,
        has_abstracts_in_bibliographies=False,
        has_abstracts_in_bibtex=False,
        has_all_by_topics=size.is_parted,
        has_similar_in_data=False,
        has_extras_in_data=False,
        has_brief_feeds=True,
        entries_of_topic_feeds=5,
    )
