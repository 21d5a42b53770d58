"""Works of OpenAlex, as JSON, in; entries out. Abstracts are put together from their index."""

from __future__ import annotations

from typing import Any

from conspectus.content.authors import author_of
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import objects, read_objects
from conspectus.importers.formats.located import Json, list_of, table_of, text_of
from conspectus.model.papers import Author

_TYPES = {
    "article": "article-journal", "review": "article-journal", "letter": "article-journal",
    "editorial": "article-journal", "preprint": "article", "book": "book",
    "book-chapter": "chapter", "dissertation": "thesis", "report": "report", "dataset": "dataset",
    "proceedings-article": "paper-conference", "journal-article": "article-journal",
}  # fmt: skip
_MOST_WORDS = 50_000


def read(text: str, path: str) -> Reading:
    """A page of works, a list of them, or one."""
    return read_objects(path, objects(Json(text), "results"), entry)


def entry(work: dict[str, Any], line: int) -> Entry:
    """A work as an entry."""
    place = table_of(work.get("primary_location"))
    source = table_of(place.get("source")) or table_of(work.get("host_venue"))
    identifiers = table_of(work.get("ids"))
    doi = values.doi(text_of(work.get("doi")), text_of(identifiers.get("doi")))
    addresses = [
        text_of(found.get("landing_page_url"))
        for found in (place, *map(table_of, list_of(work.get("locations"))))
    ]
    arxiv = values.arxiv(doi, *addresses)
    return Entry(
        title=markup.title(text_of(work.get("title")) or text_of(work.get("display_name")), line),
        abstract=markup.prose(_abstract(work), line),
        authors=values.unique(
            author for found in list_of(work.get("authorships")) for author in _author(found)
        ),
        published=_date(work),
        venue=values.line(source.get("display_name") or place.get("raw_source_name")),
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, *addresses, text_of(source.get("url"))),
        pdf=_pdf(work, place),
        keywords=_keywords(work),
        language=values.language(text_of(work.get("language"))),
        csl=_csl(work, source),
        begins=line,
    )


def _abstract(work: dict[str, Any]) -> str:
    """The words in the order of their places; a gap is left out."""
    places: dict[int, str] = {}
    for word, found in table_of(work.get("abstract_inverted_index")).items():
        for place in list_of(found):
            if isinstance(place, int) and place >= 0 and len(places) < _MOST_WORDS:
                places[place] = word
    return " ".join(places[place] for place in sorted(places)) or text_of(work.get("abstract"))


def _author(found: object) -> list[Author]:
    authorship = table_of(found)
    person = table_of(authorship.get("author"))
    name = text_of(person.get("display_name")) or text_of(authorship.get("raw_author_name"))
    if not name.strip():
        return []
    author = author_of(values.line(name))
    institutions = [
        values.line(table_of(place).get("display_name"))
        for place in list_of(authorship.get("institutions"))
    ]
    orcid = text_of(person.get("orcid")).rpartition("/")[2]
    return [Author(author.family, author.given, orcid, "; ".join(filter(None, institutions)))]


def _date(work: dict[str, Any]) -> Any:
    year = values.date_of_parts(work.get("publication_year"))
    found = values.date(text_of(work.get("publication_date"))[:10])
    # OpenAlex writes the first of January where it knows the year only.
    return year if found and (found.month, found.day) == (1, 1) and year else found or year


def _pdf(work: dict[str, Any], place: dict[str, Any]) -> str:
    best = table_of(work.get("best_oa_location"))
    access = text_of(table_of(work.get("open_access")).get("oa_url"))
    is_pdf = "pdf" in access.lower()
    return values.url(
        text_of(place.get("pdf_url")), text_of(best.get("pdf_url")), access if is_pdf else ""
    )


def _keywords(work: dict[str, Any]) -> tuple[str, ...]:
    return values.keywords(
        text_of(table_of(word).get("display_name") or table_of(word).get("keyword"))
        for word in list_of(work.get("keywords"))
    )


def _csl(work: dict[str, Any], source: dict[str, Any]) -> str:
    biblio = table_of(work.get("biblio"))
    kind = text_of(work.get("type"))
    if kind == "article" and source.get("type") == "conference":
        kind = "proceedings-article"
    first, last = (values.line(biblio.get(key)) for key in ("first_page", "last_page"))
    issn = source.get("issn_l")
    return values.csl(
        {
            "type": _TYPES.get(kind, ""),
            "volume": biblio.get("volume"),
            "issue": biblio.get("issue"),
            "page": f"{first}-{last}" if first and last and first != last else first,
            "publisher": source.get("host_organization_name") or source.get("publisher"),
            "ISSN": issn,
        }
    )
