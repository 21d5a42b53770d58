"""Terms A to Z: the back-of-book index of every phrase that labels and key terms use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from conspectus.model.site import Given, Page
from conspectus.model.topics import IndexedTerm
from conspectus.siteplan.anchors import (
    ENTRIES_A_PAGE,
    TERMS_PERMALINK,
    letter_of,
    unique_anchors,
)
from conspectus.siteplan.lists import cut, page_title, pager, sort_title
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.rows import title_row
from conspectus.siteplan.urls import page_of
from conspectus.siteplan.views import Door, TermEntry, TermsView


def terms_pages(survey: Lookup) -> Iterator[Page]:
    """The index, cut into pages."""
    terms = survey.analysis.terms
    if not terms:
        return
    words = survey.words
    anchors = unique_anchors(entry.term for entry in terms)
    entries = [_entry(entry, anchor, survey) for entry, anchor in zip(terms, anchors, strict=True)]
    pages = cut(entries, ENTRIES_A_PAGE)
    letters = _letters(pages)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=page_of(TERMS_PERMALINK, number),
            kind="terms",
            title=page_title(words("terms.title"), number, words),
            description=words("terms.lead"),
            make=Given(
                TermsView(
                    letters=letters,
                    groups=tuple(
                        (letter, _anchor(letter), tuple(members))
                        for letter, members in groupby(
                            page, key=lambda entry: letter_of(entry.term)
                        )
                    ),
                    pager=pager(TERMS_PERMALINK, len(pages), words),
                )
            ),
        )


def _entry(entry: IndexedTerm, anchor: str, survey: Lookup) -> TermEntry:
    papers = sorted((survey.papers[paper] for paper in entry.papers), key=sort_title)
    return TermEntry(
        term=entry.term,
        anchor=anchor,
        count=len(papers),
        papers=tuple(title_row(paper, survey) for paper in papers),
    )


def _letters(pages: Sequence[Sequence[TermEntry]]) -> tuple[Door, ...]:
    first: dict[str, str] = {}
    for number, page in enumerate(pages, start=1):
        for entry in page:
            letter = letter_of(entry.term)
            first.setdefault(letter, f"{page_of(TERMS_PERMALINK, number)}#{_anchor(letter)}")
    return tuple(Door(letter, permalink) for letter, permalink in first.items())


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}" if letter != "#" else "letter-other"
