"""A row of a table or an object of JSON in; an entry out. Columns are told by their usual names."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conspectus.importers.entries import Entry
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.located import table_of
from conspectus.model.papers import Author, PartialDate

TITLES = (
    "title", "articletitle", "papertitle", "documenttitle", "primarytitle", "maintitle", "titles",
    "ti", "originaltitle",
)  # fmt: skip
ABSTRACTS = (
    "abstract", "abstractnote", "abstracttext", "summary", "ab", "abstracts", "originalabstract",
    "summaries", "tldr",
)  # fmt: skip
_AUTHORS = (
    "authors", "author", "authornames", "authorfullnames", "authorsfullname", "firstauthors",
    "af", "au", "creators", "creator", "authorlist", "names",
)  # fmt: skip
_DATES = (
    "published", "publicationdate", "date", "publisheddate", "coverdate", "issued", "datepublished",
    "pubdate", "dateofpublication", "onlinedate", "publishedat",
)  # fmt: skip
_YEARS = ("year", "publicationyear", "pubyear", "yearpublished", "py", "yearofpublication")
_VENUES = (
    "venue", "journal", "journaltitle", "publicationtitle", "sourcetitle", "journalbook",
    "journalname", "booktitle", "conference", "conferencename", "conferencetitle",
    "proceedingstitle", "containertitle", "secondarytitle", "so", "source", "journalconference",
)  # fmt: skip
_KEYWORDS = (
    "keywords", "authorkeywords", "keyword", "manualtags", "automatictags", "tags", "de",
    "subjects", "topics",
)  # fmt: skip
_URLS = ("url", "link", "urls", "landingpage", "htmlurl", "paperurl", "articleurl", "pageurl")
_PDFS = ("pdf", "pdfurl", "pdflink", "openaccesspdf", "fulltextpdf")
_KEYS = ("citekey", "citationkey", "bibtexkey", "bibkey")
_TYPES = {
    "journalarticle": "article-journal", "article": "article-journal", "journal": "article-journal",
    "jour": "article-journal", "review": "article-journal", "preprint": "article",
    "conferencepaper": "paper-conference", "inproceedings": "paper-conference",
    "proceedingsarticle": "paper-conference", "book": "book", "booksection": "chapter",
    "bookchapter": "chapter", "thesis": "thesis", "report": "report", "dataset": "dataset",
    "webpage": "webpage",
}  # fmt: skip
_PASSED = (
    ("volume", ("volume", "vol", "vl")),
    ("issue", ("issue", "number", "issuenumber", "is")),
    ("publisher", ("publisher", "pu")),
    ("ISSN", ("issn", "sn")),
    ("ISBN", ("isbn", "isbns")),
    ("edition", ("edition",)),
    ("PMID", ("pmid", "pubmedid")),
    ("PMCID", ("pmcid", "pmcid")),
)
_EMBASE = re.compile(r"\s*\((?:1[5-9]|20)[0-9]{2}\).*", re.DOTALL)
_SCOPUS_NUMBER = re.compile(r"\s*\([0-9]{6,}\)")


COLUMNS = frozenset(
    (
        *TITLES, *ABSTRACTS, *_AUTHORS, *_DATES, *_YEARS, *_VENUES, *_KEYWORDS, *_URLS, *_PDFS,
        *_KEYS, "doi", "di", "id", "key", "month", "pages", "language", "itemtype", "type",
        "arxiv", "arxivid",
        *(column for _, columns in _PASSED for column in columns),
    )
)  # fmt: skip
"""Every name that a column is known by."""


def name_of(column: str) -> str:
    """A column's name without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", column).lower()


@dataclass(frozen=True, slots=True)
class Row:
    """Values by their columns' names, as `name_of` has them; JSON's may be lists and objects."""

    values: Mapping[str, object]
    line: int

    def raw(self, names: tuple[str, ...]) -> object:
        """The first of the columns that holds anything."""
        for name in names:
            value = _unwrapped(self.values.get(name))
            if value not in (None, "", [], {}) and not (
                isinstance(value, str) and not value.strip()
            ):
                return value
        return ""

    def text(self, *names: str) -> str:
        """The same as one line of text; of a list its first."""
        value = self.raw(names)
        return values.line(next(iter(value), "") if isinstance(value, list) else value)


def entry(row: Row) -> Entry:
    """The row's entry; without a title where it has none."""
    addresses = [text for name in _URLS if (text := row.text(name))]
    address = values.url(*addresses)
    doi = values.doi(row.text("doi", "di", "doilink"), values.doi_link(address))
    arxiv = values.arxiv_bare(row.text("arxiv", "arxivid", "eprint")) or values.arxiv(
        row.text("arxiv", "arxivid", "eprint"), doi, address, row.text("archiveid")
    )
    arxiv = arxiv or _identifier(row)
    return Entry(
        title=markup.title(_long(row, TITLES), row.line),
        abstract=markup.prose(_long(row, ABSTRACTS), row.line),
        authors=_authors(row.raw(_AUTHORS)),
        published=_date(row),
        venue=markup.plain(_EMBASE.sub("", _venue(row))),
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, address),
        pdf=values.url(*(row.text(name) for name in _PDFS)),
        keywords=_keywords(row),
        citekey=_citekey(row),
        language=values.language(row.text("language", "lang", "la")),
        upvotes=_upvotes(row.raw(("upvotes",))),
        csl=_csl(row),
        begins=row.line,
    )


def _unwrapped(value: object) -> object:
    """The value within an object of the form `{"value": …}`."""
    return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value


def _long(row: Row, names: tuple[str, ...]) -> str:
    value = row.raw(names)
    if isinstance(value, list):
        return "\n\n".join(str(part) for part in value if isinstance(part, str))
    return str(value) if isinstance(value, str | int | float) else ""


def _identifier(row: Row) -> str:
    """arXiv's own identifier in a column that could hold anybody's."""
    text = row.text("id")
    return (
        values.arxiv_bare(text) if re.fullmatch(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?", text) else ""
    )


def _venue(row: Row) -> str:
    value = row.raw(_VENUES)
    if isinstance(value, dict):
        return values.line(value.get("name") or value.get("title"))
    return row.text(*_VENUES)


def _listed(value: object) -> list[object] | None:
    """The list that a value is, or that a cell writes in brackets; else None."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str) or not value.strip().startswith("["):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list):
            return found
    return None


def _authors(value: object) -> tuple[Author, ...]:
    found = _listed(value)
    if found is not None:
        return values.unique(author for name in found for author in _author(name))
    if isinstance(value, dict):
        return tuple(_author(value))
    text = _SCOPUS_NUMBER.sub("", value) if isinstance(value, str) else ""
    return values.authors(values.list_of_names(text), is_exported=True)


def _author(name: object) -> Iterator[Author]:
    table = table_of(name)
    family = values.line(table.get("family") or table.get("last") or table.get("lastName"))
    given = values.line(table.get("given") or table.get("first") or table.get("firstName"))
    if family:
        yield Author(family, given, values.line(table.get("orcid")).rpartition("/")[2])
        return
    text = values.line(table.get("name") or table.get("fullname") or table.get("display_name"))
    yield from values.authors([text or values.line(name)])


def _date(row: Row) -> PartialDate | None:
    found = values.date(*(row.text(name) for name in _DATES)) or _of_source(row.text("source"))
    year, month, day = row.text(*_YEARS), row.text("month"), row.text("day")
    parts = values.date_of_parts(year, month or None, day or None) or values.date(year)
    return found if found and (parts is None or found.year == parts.year) else parts or found


def _of_source(source: str) -> PartialDate | None:
    """The date in Embase's reference: "Moss (2014) 3:3 (1-9). Date of Publication: March 2014"."""
    match = _EMBASE.search(source)
    if match is None:
        return None
    return values.date(match[0].rpartition("Date of Publication:")[2]) or values.date(match[0][:8])


def _keywords(row: Row) -> tuple[str, ...]:
    words: list[str] = []
    for name in _KEYWORDS:
        value = row.raw((name,))
        found = _listed(value)
        if found is None:
            words += values.split_keywords(value) if isinstance(value, str) else ()
        else:
            words += [values.line(table_of(word).get("name") or word) for word in found]
    return values.keywords(words)


def _citekey(row: Row) -> str:
    """A key that says it is one; a plain `key` only where it looks like a person's."""
    own, plain = row.text(*_KEYS), row.text("key")
    return own or (plain if re.search("[a-z]", plain) and " " not in plain else "")


def _upvotes(value: object) -> int | None:
    text = values.line(value)
    return int(text) if re.fullmatch("[1-9][0-9]{0,8}", text) else None


def _csl(row: Row) -> str:
    variables: dict[str, object] = {name: row.text(*columns) for name, columns in _PASSED}
    variables["type"] = _TYPES.get(name_of(row.text("itemtype", "type", "documenttype")), "")
    first, last = (
        row.text("startpage", "firstpage", "pagestart", "bp"),
        row.text("endpage", "lastpage", "pageend", "ep"),
    )
    pages = f"{first}-{last}" if first and last and first != last else first
    variables["page"] = values.pages(row.text("pages", "page") or pages)
    given = row.raw(("csl",))
    passed = given if isinstance(given, dict) else {}
    return values.csl({**variables, **passed})
