"""Lists of papers: sorted, grouped by year or letter, and cut into pages of 150 at most."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from conspectus.model.papers import Paper
from conspectus.model.site import Given, Page
from conspectus.siteplan import urls
from conspectus.siteplan.anchors import letter_of
from conspectus.siteplan.carried import Carried, carried
from conspectus.siteplan.contents import contents
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.rows import row
from conspectus.siteplan.taking_part import suggestion
from conspectus.siteplan.views import Door, Group, ListView, Row
from conspectus.words import Words

T = TypeVar("T")

PAPERS_A_PAGE = 150
PAPERS_PERMALINK = "papers/index.html"


def sort_title(paper: Paper) -> tuple[str, str]:
    """The key by which titles are sorted: folded, then the id."""
    folded = unicodedata.normalize("NFKD", paper.title_text).casefold()
    return folded.lstrip("\"'“‘«([¿¡ "), paper.id


def cut(rows: Sequence[T], size: int = PAPERS_A_PAGE) -> list[Sequence[T]]:
    """Pages of at most `size` rows; one empty page where there are none."""
    return [rows[start : start + size] for start in range(0, len(rows), size)] or [rows]


def pager(permalink: str, pages: int, words: Words) -> tuple[Door, ...]:
    """Links to all pages of a list; none where there is only one."""
    if pages == 1:
        return ()
    return tuple(
        Door(words("list.page", number=number), urls.page_of(permalink, number))
        for number in range(1, pages + 1)
    )


def papers_pages(survey: Lookup) -> Iterator[Page]:
    """All papers: by year where most are dated, else by title."""
    papers = survey.content.corpus.papers
    if not papers:
        return
    words = survey.words
    is_dated = 2 * sum(paper.year is not None for paper in papers) > len(papers)
    name = _year_name(words) if is_dated else _letter_name(words)
    ordered = sorted(papers, key=_by_year if is_dated else sort_title)
    count = words("papers.count", n=len(papers))
    lead = words("papers.lead.years" if is_dated else "papers.lead", papers=count)
    pages = cut(ordered)
    jumps = _jumps(pages, name)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=urls.page_of(PAPERS_PERMALINK, number),
            kind="list",
            title=page_title(words("papers.title"), number, words),
            description=lead,
            make=Given(
                ListView(
                    heading=words("papers.title"),
                    lead=lead,
                    groups=tuple(_groups(page, name, survey)),
                    jumps_label=words("list.years" if is_dated else "list.letters"),
                    jumps=jumps,
                    pager=pager(PAPERS_PERMALINK, len(pages), words),
                    topics=contents(survey),
                    part=suggestion(survey),
                )
            ),
        )


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
        rows = rows_of(members, survey, is_mixed=True, carries=carries)
        yield Group(heading, _anchor(heading), rows)


def _jumps(pages: Sequence[Sequence[Paper]], name: Callable[[Paper], str]) -> tuple[Door, ...]:
    """Where each year or letter begins."""
    first: dict[str, str] = {}
    for number, page in enumerate(pages, start=1):
        permalink = urls.page_of(PAPERS_PERMALINK, number)
        for paper in page:
            heading = name(paper)
            first.setdefault(heading, f"{permalink}#{_anchor(heading)}")
    return tuple(Door(heading, permalink) for heading, permalink in first.items())
