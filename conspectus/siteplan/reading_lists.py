"""Reading lists that the curator publishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from conspectus.model.papers import ListedPaper, ReadingList
from conspectus.model.site import Given, Page
from conspectus.siteplan import urls
from conspectus.siteplan.carried import Carried, carried
from conspectus.siteplan.doors import doors_page
from conspectus.siteplan.lists import cut, page_title, pager
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.rows import row
from conspectus.siteplan.views import Door, Group, ListView, Row

LISTS_PERMALINK = "lists/index.html"


def reading_list_pages(survey: Lookup) -> Iterator[Page]:
    """The list of lists, and each list in the curator's order."""
    lists = survey.content.lists
    if not lists:
        return
    words = survey.words
    yield doors_page(
        LISTS_PERMALINK,
        words("lists.title"),
        words("lists.lead"),
        ((Door(each.title, urls.list_permalink(each.slug)), len(each.entries)) for each in lists),
        words,
    )
    for each in lists:
        yield from _list(each, survey)


def _list(reading_list: ReadingList, survey: Lookup) -> Iterator[Page]:
    words = survey.words
    carries = carried([survey.papers[entry.paper] for entry in reading_list.entries])
    rows = [_row(entry, survey, carries) for entry in reading_list.entries]
    permalink = urls.list_permalink(reading_list.slug)
    pages = cut(rows)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=urls.page_of(permalink, number),
            kind="list",
            title=page_title(reading_list.title, number, words),
            description=reading_list.note.text,
            make=Given(
                ListView(
                    heading=reading_list.title,
                    lead=words("papers.count", n=len(rows)),
                    groups=(Group("", "", tuple(page)),),
                    jumps_label="",
                    jumps=(),
                    pager=pager(permalink, len(pages), words),
                    note=Markup(reading_list.note.html),
                    take=_take(reading_list, survey),
                )
            ),
        )


def _take(reading_list: ReadingList, survey: Lookup) -> tuple[Door, ...]:
    """The list's feeds, and its calendar where papers have a day."""
    words, stem = survey.words, urls.list_feed(reading_list.slug)
    doors = [Door(words("topic.atom"), f"{stem}.atom"), Door(words("topic.json"), f"{stem}.json")]
    if any(entry.date for entry in reading_list.entries):
        doors.append(Door(words("lists.calendar"), f"{stem}.ics"))
    return tuple(doors)


def _row(entry: ListedPaper, survey: Lookup, carries: Carried) -> Row:
    """The paper, with what the curator says of it on this list."""
    day = [survey.words.date(entry.date)] if entry.date else []
    return replace(
        row(survey.papers[entry.paper], survey, is_mixed=True, carries=carries),
        note=entry.note,
        note_by=" · ".join([*([entry.person] if entry.person else []), *day]),
    )
