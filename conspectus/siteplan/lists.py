"""Lists of papers: sorted, grouped by year or letter, and cut into pages of 150 at most."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeVar

from conspectus.model.papers import Paper
from conspectus.model.site import Page
from conspectus.siteplan import urls
from conspectus.siteplan.anchors import letter_of
from conspectus.siteplan.carried import Carried, carried
from conspectus.siteplan.contents import contents
from conspectus.siteplan.lookup import Lookup, paper_key
from conspectus.siteplan.rows import row, row_facts, title_row
from conspectus.siteplan.taking_part import suggestion
from conspectus.siteplan.views import Door, Group, ListView, Row, TitleRow
from conspectus.words import Words

T = TypeVar("T")

PAPERS_A_PAGE = 150
PAGES_NAMED = 30
"""Up to so many pages, each names all others."""
PAPERS_PERMALINK = "papers/index.html"


@dataclass(frozen=True, slots=True)
class _Index:
    """The list of all papers."""

    is_dated: bool
    """Whether it goes by year, not by title."""
    name: Callable[[Paper], str]
    """Names a paper's group."""
    pages: tuple[Sequence[Paper], ...]


def sort_title(paper: Paper) -> tuple[str, str]:
    """The key by which titles are sorted: folded, then the id."""
    folded = unicodedata.normalize("NFKD", paper.title_text).casefold()
    return folded.lstrip("\"'“‘«([¿¡ "), paper.id


def cut(rows: Sequence[T], size: int = PAPERS_A_PAGE) -> list[Sequence[T]]:
    """Pages of at most `size` rows; one empty page where there are none."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [rows]


def pager(permalink: str, pages: int, words: Words) -> tuple[Door, ...]:
    """Links to all pages of a list; none where there is only one."""
    return _doors(permalink, range(1, pages + 1), words) if pages > 1 else ()


def _doors(permalink: str, numbers: Iterable[int], words: Words) -> tuple[Door, ...]:
    return tuple(
        Door(words("list.page", number=number), urls.page_of(permalink, number))
        for number in numbers
    )


def shelved(papers: Sequence[Paper], most: int = PAPERS_A_PAGE) -> list[Sequence[Paper]]:
    """Pages of at most `most` papers, whose borders one insertion hardly ever moves.

    A list that is too long is parted in its middle third, before the paper whose key is the least:
    a border follows from the paper at it, not from how many stand before it.
    """
    if len(papers) <= most:
        return [papers]
    third = len(papers) // 3
    middle = range(third, len(papers) - third)
    border = min(middle, key=lambda place: paper_key(papers[place].id))
    return shelved(papers[:border], most) + shelved(papers[border:], most)


def papers_pages(survey: Lookup) -> Iterator[Page]:
    """All papers: by year where most are dated, else by title.

    What changes with any paper, such as their number, stands on the first page alone.
    """
    if not survey.papers:
        return
    words, index = survey.words, _index(survey)
    count = words("papers.count", n=len(survey.papers))
    lead = words("papers.lead.years" if index.is_dated else "papers.lead", papers=count)
    jumps = tuple(Door(heading, link) for heading, link in _places(index).items())
    for number in range(1, len(index.pages) + 1):
        title = page_title(words("papers.title"), number, words)
        yield Page(
            permalink=urls.page_of(PAPERS_PERMALINK, number),
            kind="list",
            title=title,
            description=lead if number == 1 else title,
            make=partial(_view, index, number, lead if number == 1 else "", jumps, survey),
        )


def index_places(survey: Lookup) -> dict[str, str]:
    """Where each year or letter of the list of all papers begins."""
    return _places(_index(survey))


def page_title(title: str, number: int, words: Words) -> str:
    """The title of page `number` of a list."""
    if number == 1:
        return title
    return words("list.page_title", title=title, number=number)


def rows_of(
    papers: Sequence[Paper], survey: Lookup, *, is_mixed: bool, carries: Carried | None = None
) -> tuple[Row, ...]:
    """Papers as rows, in their order.

    `carries` is given where they are a part of a list, and is the whole list's.
    """
    carries = carries or carried(papers)
    return tuple(row(paper, survey, is_mixed=is_mixed, carries=carries) for paper in papers)


def _view(
    index: _Index,
    number: int,
    lead: str,
    jumps: tuple[Door, ...],
    survey: Lookup,
) -> ListView:
    return ListView(
        heading=survey.words("papers.title"),
        lead=lead,
        groups=tuple(_groups(index.pages[number - 1], index.name, survey)),
        jumps_label=survey.words("list.years" if index.is_dated else "list.letters"),
        jumps=jumps,
        pager=_pager(index, number, survey.words),
        topics=contents(survey) if number == 1 else (),
        part=suggestion(survey),
    )


def _pager(index: _Index, number: int, words: Words) -> tuple[Door, ...]:
    """Links to all pages; of very many to those of the same year or letter, and to the next ones.

    The other years and letters are a jump away, and a thousand pages need not name a thousand.
    """
    if len(index.pages) <= PAGES_NAMED:
        return pager(PAPERS_PERMALINK, len(index.pages), words)
    group = index.name(index.pages[number - 1][0])
    named = [
        other
        for other, page in enumerate(index.pages, start=1)
        if abs(other - number) <= 1 or index.name(page[0]) == group
    ]
    return _doors(PAPERS_PERMALINK, named, words)


def _index(survey: Lookup) -> _Index:
    """All papers, a group of a long list at the head of a page."""
    is_dated, words = _is_dated(survey), survey.words
    name = _year_name(words) if is_dated else _letter_name(words)
    ordered = sorted(survey.papers.values(), key=_by_year if is_dated else sort_title)
    if len(ordered) <= PAPERS_A_PAGE:
        return _Index(is_dated, name, (ordered,))
    groups = (list(members) for _, members in groupby(ordered, key=name))
    return _Index(is_dated, name, tuple(page for group in groups for page in shelved(group)))


def _places(index: _Index) -> dict[str, str]:
    places: dict[str, str] = {}
    for number, page in enumerate(index.pages, start=1):
        permalink = urls.page_of(PAPERS_PERMALINK, number)
        for heading in dict.fromkeys(map(index.name, page)):
            places.setdefault(heading, f"{permalink}#{_anchor(heading)}")
    return places


def _is_dated(survey: Lookup) -> bool:
    papers = survey.content.corpus.papers
    return 2 * sum(paper.year is not None for paper in papers) > len(papers)


def _by_year(paper: Paper) -> tuple[int, str, str]:
    return (-(paper.year or 0), *sort_title(paper))


def _year_name(words: Words) -> Callable[[Paper], str]:
    return lambda paper: str(paper.year) if paper.year else words("papers.undated")


def _letter_name(words: Words) -> Callable[[Paper], str]:
    def name(paper: Paper) -> str:
        letter = letter_of(sort_title(paper)[0])
        return words("papers.other") if letter == "#" else letter

    return name


def _anchor(heading: str) -> str:
    return "g-" + "".join(c if c.isalnum() else "-" for c in heading.lower())


def _groups(
    papers: Sequence[Paper], name: Callable[[Paper], str], survey: Lookup
) -> Iterator[Group]:
    by_name: dict[str, list[Paper]] = {}
    for paper in papers:
        by_name.setdefault(name(paper), []).append(paper)
    carries = carried(papers)
    for heading, members in by_name.items():
        if survey.size.has_rows_in_index:
            rows = rows_of(members, survey, is_mixed=True, carries=carries)
            yield Group(heading, _anchor(heading), rows)
        else:
            yield Group(heading, _anchor(heading), (), tuple(_title(p, survey) for p in members))


def _title(paper: Paper, survey: Lookup) -> TitleRow:
    facts = row_facts(paper, survey)
    return title_row(paper, survey, is_mixed=True, note=", ".join(facts[bool(paper.published) :]))
