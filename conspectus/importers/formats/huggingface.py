"""Hugging Face's daily papers, as JSON, in; entries with the day on which each was listed out."""

from __future__ import annotations

from typing import Any

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import objects, read_objects
from conspectus.importers.formats.located import Json, list_of, table_of, text_of
from conspectus.model.papers import Link, LinkKind

_LINKS: tuple[tuple[str, LinkKind], ...] = (("githubRepo", "code"), ("projectPage", "project"))


def read(text: str, path: str) -> Reading:
    """A day's list, or one paper; places count by day, from 1."""
    places: dict[str, int] = {}
    return read_objects(path, objects(Json(text)), lambda found, line: entry(found, line, places))


def entry(outer: dict[str, Any], line: int, places: dict[str, int]) -> Entry:
    """A paper of a day's list, or one alone; `places` counts by day."""
    paper = table_of(outer.get("paper")) or outer
    arxiv = values.arxiv_bare(text_of(paper.get("id")))
    listed = values.day(
        text_of(paper.get("submittedOnDailyAt")) or text_of(outer.get("publishedAt"))
    )
    is_listed = "paper" in outer and listed is not None
    if is_listed:
        places[str(listed)] = places.get(str(listed), 0) + 1
    return Entry(
        # The title on the day's page may differ from the paper's own, which counts.
        title=markup.title(text_of(paper.get("title")) or text_of(outer.get("title")), line),
        abstract=markup.prose(text_of(paper.get("summary")) or text_of(outer.get("summary")), line),
        # A hidden author has left the page at Hugging Face, not the paper.
        authors=values.authors(_names(paper)),
        published=values.date(text_of(paper.get("publishedAt"))[:10]),
        listed=listed if is_listed else None,
        position=places[str(listed)] if is_listed else None,
        arxiv=arxiv,
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        pdf=f"https://arxiv.org/pdf/{arxiv}" if arxiv else "",
        links=_links(paper),
        keywords=values.keywords(map(text_of, list_of(paper.get("ai_keywords")))),
        upvotes=_upvotes(paper.get("upvotes")),
        begins=line,
    )


def _names(paper: dict[str, Any]) -> list[str]:
    return [text_of(table_of(author).get("name")) for author in list_of(paper.get("authors"))]


def _links(paper: dict[str, Any]) -> tuple[Link, ...]:
    found = (Link(kind, values.url(text_of(paper.get(key)))) for key, kind in _LINKS)
    return tuple(link for link in found if link.url)


def _upvotes(value: object) -> int | None:
    """A count that says something: none has been cast on the day itself."""
    return value if isinstance(value, int) and value > 0 and value is not True else None
