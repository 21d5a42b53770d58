"""CSL-JSON, and works of Crossref's interface, in; entries out.

Crossref writes titles and journals as lists and abstracts in JATS; both are read. What a paper's
own fields do not take passes through to its citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import objects, read_objects
from conspectus.importers.formats.located import Json, list_of, table_of, text_of
from conspectus.model.papers import Author, PartialDate

_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "posted-content": "article", "book-chapter": "chapter", "monograph": "book",
    "dissertation": "thesis", "report-component": "report", "edited-book": "book",
    "reference-entry": "entry-encyclopedia", "journal-issue": "periodical",
}  # fmt: skip
TYPES = frozenset(
    str.split(
        "article article-journal article-magazine article-newspaper bill book broadcast chapter "
        "classic collection dataset document entry entry-dictionary entry-encyclopedia event "
        "figure graphic hearing interview legal_case legislation manuscript map motion_picture "
        "musical_score pamphlet paper-conference patent performance periodical "
        "personal_communication post post-weblog regulation report review review-book software "
        "song speech standard thesis treaty webpage"
    )
)
"""The kinds of work that CSL knows."""
_PASSED = (
    "volume", "issue", "page", "page-first", "number", "number-of-pages", "number-of-volumes",
    "chapter-number", "edition",
    "publisher", "publisher-place", "event", "event-title", "event-place", "collection-title",
    "collection-number", "container-title-short", "genre", "medium", "ISBN", "ISSN", "PMID",
    "PMCID", "archive", "archive_location", "authority", "version", "section", "scale",
    "original-title", "original-date", "editor", "translator", "container-author", "director",
    "collection-editor", "reviewed-title", "status", "jurisdiction", "call-number", "dimensions",
    "note", "accessed", "submitted", "event-date",
)  # fmt: skip
_NAMES = frozenset(("editor", "translator", "container-author", "director", "collection-editor"))
_DATES = ("issued", "published-print", "published-online", "published", "created")


def read(text: str, path: str) -> Reading:
    """A list of entries, an object around such a list, or one entry."""
    return read_objects(
        path, objects(Json(text), "message.items", "items", "references", "message"), entry
    )


def entry(found: dict[str, Any], line: int) -> Entry:
    """A set of CSL-JSON variables, or of Crossref's, as an entry."""
    address = values.url(_text(found, "URL"))
    doi = values.doi(_text(found, "DOI"), _doi_key(_text(found, "id")), values.doi_link(address))
    venue = _text(found, "container-title")
    if not venue and _kind(found) == "paper-conference":
        venue = _text(found, "event-title") or _text(found, "event")
    arxiv = values.arxiv(
        doi, address, _text(found, "note"), venue, f"arXiv:{_text(found, 'number')}"
    )
    return Entry(
        title=markup.title(_title(found), line),
        abstract=markup.prose(_joined(found.get("abstract")), line),
        authors=tuple(_names(found.get("author"))),
        published=_date(found),
        venue=venue,
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, address),
        pdf=_pdf(found),
        keywords=_keywords(found),
        language=values.language(_text(found, "language")),
        citekey=_citekey(found),
        csl=_csl(found, venue),
        begins=line,
    )


def _text(found: dict[str, Any], key: str) -> str:
    """The value as one line of text; the first of a list."""
    value = found.get(key)
    return markup.plain(values.line(next(iter(value), "") if isinstance(value, list) else value))


def _joined(value: object) -> str:
    return text_of(value) or " ".join(map(text_of, list_of(value)))


def _title(found: dict[str, Any]) -> str:
    """The title, with Crossref's subtitle where the title does not hold it."""
    title = _joined(found.get("title"))
    subtitle = next((text for text in map(text_of, list_of(found.get("subtitle"))) if text), "")
    if title and subtitle and values.line(subtitle).lower() not in values.line(title).lower():
        return f"{title.rstrip(' :')}: {subtitle}"
    return title


def _kind(found: dict[str, Any]) -> str:
    kind = _text(found, "type")
    return _TYPES.get(kind, kind)


def _doi_key(key: str) -> str:
    return key if key.lower().startswith(("doi:", "https://doi.org/", "10.")) else ""


def _citekey(found: dict[str, Any]) -> str:
    """The key, or an `id` that is one: Zotero's own ids are addresses."""
    key = _text(found, "citation-key") or _text(found, "citekey") or _text(found, "id")
    return "" if key.startswith(("http://", "https://")) else key


def _names(value: object) -> Iterator[Author]:
    seen: set[Author] = set()
    for name in map(table_of, list_of(value)):
        author = _author(name)
        if author.family and author not in seen:
            seen.add(author)
            yield author


def _author(name: dict[str, Any]) -> Author:
    family = " ".join(
        filter(
            None,
            (
                _text(name, "dropping-particle"),
                _text(name, "non-dropping-particle"),
                _text(name, "family"),
                _text(name, "suffix"),
            ),
        )
    )
    given = _text(name, "given")
    affiliations = [_text(table_of(place), "name") for place in list_of(name.get("affiliation"))]
    if not family:
        family, given = _text(name, "literal") or _text(name, "name") or given, ""
    return Author(
        family,
        given,
        _text(name, "ORCID").rpartition("/")[2],
        "; ".join(filter(None, affiliations)),
    )


def _date(found: dict[str, Any]) -> PartialDate | None:
    return next((date for key in _DATES if (date := date_of(found.get(key)))), None)


def date_of(value: object) -> PartialDate | None:
    """A date of CSL-JSON: parts, or text as it was typed; of a range its beginning."""
    if isinstance(value, str | int):
        return values.date(str(value))
    date = table_of(value)
    parts = list_of(next(iter(list_of(date.get("date-parts"))), None))
    numbers = [*parts, None, None, None][:3]
    return values.date_of_parts(*numbers) or values.date(
        *(text_of(date.get(key)) for key in ("raw", "literal"))
    )


def _pdf(found: dict[str, Any]) -> str:
    links = map(table_of, list_of(found.get("link")))
    return values.url(
        _text(found, "PDF"),
        *(
            text_of(link.get("URL"))
            for link in links
            if link.get("content-type") == "application/pdf"
        ),
    )


def _keywords(found: dict[str, Any]) -> tuple[str, ...]:
    listed = list_of(found.get("keyword")) or list_of(found.get("subject"))
    return values.keywords(map(text_of, listed)) or values.split_keywords(_text(found, "keyword"))


def _csl(found: dict[str, Any], venue: str) -> str:
    passed: dict[str, object] = {"type": _kind(found)}
    for key in _PASSED:
        value = found.get(key)
        if key in _NAMES:
            passed[key] = [_name(author) for author in _names(value)]
        elif key == "page":
            passed[key] = values.pages(_text(found, key))
        elif isinstance(value, dict):
            date = date_of(value)
            passed[key] = {"date-parts": [[int(n) for n in str(date).split("-")]]} if date else ""
        elif _text(found, key) != venue:
            passed[key] = _text(found, key)
    return values.csl(passed)


def _name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    return {"family": author.family, "given": author.given}
