"""Web of Science's tagged format in; entries out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering
from conspectus.importers.formats.tagged import Record
from conspectus.model.papers import Author, PartialDate

_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?$")
_TYPES = {
    "J": "article-journal",
    "B": "book",
    "S": "chapter",
    "P": "patent",
    "C": "paper-conference",
}
_ORCID = re.compile(r"([^/;\n]+)/\s*([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def read(text: str, path: str) -> Reading:
    """Every record from its `PT` on."""
    gathering = Gathering(path)
    for record in _records(text):
        gathering.take(_entry(record))
    return gathering.reading()


def _records(text: str) -> Iterator[Record]:
    record: Record | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip("\ufeff").rstrip()
        match = _LINE.match(line)
        tag = match[1] if match else ""
        if tag in ("PT", "ER", "EF"):
            if record:
                yield record
            record = Record(number) if tag == "PT" else None
        if record is None:
            continue
        if match:
            record.add(tag, match[2] or "", number)
        else:
            record.go_on(line.strip())
    if record:
        yield record


def _entry(record: Record) -> Entry:
    names = record.first("AF") or record.first("AU")
    doi = values.doi(*record.all("DI", "D2"))
    arxiv = values.arxiv(doi, record.one("AR"), record.one("SO"))
    words = (word for text in record.all("DE", "ID") for word in text.replace("\n", " ").split(";"))
    return Entry(
        title=markup.title(record.first("TI"), record.line_of("TI")),
        abstract=markup.prose(record.first("AB"), record.line_of("AB")),
        authors=_authors(record, names.split("\n")),
        published=_date(record),
        venue=record.one("SO", "SE"),
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, record.one("UR")),
        keywords=values.keywords(words),
        language=values.language(record.one("LA")),
        citekey=record.one("UT"),
        csl=_csl(record),
        begins=record.line,
    )


def _authors(record: Record, names: list[str]) -> tuple[Author, ...]:
    orcids = {name.strip().casefold(): orcid for name, orcid in _ORCID.findall(record.first("OI"))}
    return values.unique(
        Author(a.family, a.given, orcids.get(f"{a.family}, {a.given}".casefold(), ""))
        for a in (*values.authors(names, is_exported=True), *map(Author, record.all("CA")))
    )


def _date(record: Record) -> PartialDate | None:
    year = record.one("PY")
    found = values.date(f"{record.one('PD')} {year}" if year else "", year)
    return found or values.date(record.one("EA"))


def _csl(record: Record) -> str:
    first, last = record.one("BP"), record.one("EP")
    kind = record.one("PT")
    is_meeting = kind != "J" and record.first("CT")
    return values.csl(
        {
            "type": "paper-conference" if is_meeting else _TYPES.get(kind, ""),
            "volume": record.one("VL"),
            "issue": record.one("IS"),
            "page": values.pages(f"{first}-{last}" if last and last != first else first)
            or record.one("AR"),
            "publisher": record.one("PU"),
            "publisher-place": record.one("PI"),
            "ISSN": record.one("SN"),
            "ISBN": record.one("BN"),
            "event-title": record.one("CT"),
        }
    )
