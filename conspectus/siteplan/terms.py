"""Terms A to Z: the back-of-book index of every phrase that labels and key terms use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from urllib.parse import quote

from conspectus.model.site import Page
from conspectus.siteplan.anchors import TERMS_PERMALINK, letter_of
from conspectus.siteplan.lists import sort_title
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.rows import title_row
from conspectus.siteplan.term_index import PlacedTerm, TermPage
from conspectus.siteplan.tools import SEARCH_PERMALINK
from conspectus.siteplan.views import Door, TermEntry, TermsView, TitleRow


def terms_pages(survey: Lookup) -> Iterator[Page]:
    """The index, cut into pages by how terms begin."""
    words = survey.words
    rows = _ranked_rows(survey)
    letters = _letters(survey)
    near = _near_pages(survey.term_pages)
    for page in survey.term_pages:
        title, name = words("terms.title"), _name(page)
        yield Page(
            permalink=page.permalink,
            kind="terms",
            title=words("terms.page_title", title=title, beginning=name) if name else title,
            description=words("terms.lead"),
            make=partial(
                _view,
                page,
                letters,
                near.get(page.beginning) or near.get(_outgrown(page.beginning, near), ()),
                rows,
                survey,
            ),
        )


def _view(
    page: TermPage,
    letters: tuple[Door, ...],
    near: tuple[Door, ...],
    rows: Mapping[str, tuple[int, TitleRow]],
    survey: Lookup,
) -> TermsView:
    groups = groupby(page.entries, key=lambda entry: letter_of(entry.term))
    return TermsView(
        letters=letters,
        groups=tuple(
            (letter, _anchor(letter), tuple(_entry(each, rows, survey) for each in members))
            for letter, members in groups
        ),
        pager=near,
    )


def _ranked_rows(survey: Lookup) -> dict[str, tuple[int, TitleRow]]:
    """Every paper as a row, made once, with its place in the order of titles."""
    papers = sorted(survey.papers.values(), key=sort_title)
    return {paper.id: (rank, title_row(paper, survey)) for rank, paper in enumerate(papers)}


def _entry(
    entry: PlacedTerm, rows: Mapping[str, tuple[int, TitleRow]], survey: Lookup
) -> TermEntry:
    return TermEntry(
        term=entry.term,
        anchor=entry.anchor,
        count=entry.count,
        papers=tuple(row for _, row in sorted(rows[paper] for paper in entry.papers)),
        rest=_rest(entry, survey),
    )


def _rest(entry: PlacedTerm, survey: Lookup) -> Door | None:
    """The way to the papers that the entry does not name."""
    if entry.count == len(entry.papers):
        return None
    query = quote(f'"{entry.term}"')
    return Door(survey.words("terms.rest", n=entry.count), f"{SEARCH_PERMALINK}?q={query}")


def _letters(survey: Lookup) -> tuple[Door, ...]:
    """Where each letter begins: on the page with the shortest beginning that has it."""
    places: dict[str, str] = {}
    for page in sorted(survey.term_pages, key=lambda page: len(page.beginning)):
        for entry in page.entries:
            letter = letter_of(entry.term)
            places.setdefault(letter, f"{page.permalink}#{_anchor(letter)}")
    order = dict.fromkeys(letter_of(entry.term) for entry in survey.analysis.terms)
    return tuple(Door(letter, places[letter]) for letter in order)


def _near_pages(pages: Sequence[TermPage]) -> dict[str, tuple[Door, ...]]:
    """By the page that they have outgrown: it and its parts, where it has any."""
    beginnings = {page.beginning for page in pages}
    doors: dict[str, list[Door]] = defaultdict(list)
    for page in pages:
        door = Door(_name(page), page.permalink)
        for family in {page.beginning, _outgrown(page.beginning, beginnings)} - {""}:
            doors[family].append(door)
    return {family: tuple(found) for family, found in doors.items() if len(found) > 1}


def _outgrown(beginning: str, beginnings: Container[str]) -> str:
    """The longest shorter beginning that has a page; else the letter, which may have none."""
    shorter = (beginning[:length] for length in range(len(beginning) - 1, 1, -1))
    return next((found for found in shorter if found in beginnings), beginning[:1])


def _name(page: TermPage) -> str:
    """The beginning as a dictionary's page has it, with its number where it goes on."""
    stem = f"terms-{page.beginning}" if page.beginning else TERMS_PERMALINK.removesuffix(".html")
    number = page.permalink.removesuffix(".html").removeprefix(stem).lstrip("-")
    return " ".join(part for part in (page.beginning.capitalize(), number) if part)


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}" if letter != "#" else "letter-other"
