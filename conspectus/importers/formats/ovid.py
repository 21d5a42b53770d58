"""Ovid's reports in; entries out: `<1>`, then names on lines of their own, values indented."""

from __future__ import annotations

import re

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering
from conspectus.importers.formats.tagged import Record

_BEGIN = re.compile(r"<\s*[0-9]+\s*\.?\s*>")
_KIND = re.compile(r"\.?\s*\[[^\[\]]*\]\.?\s*$")
_DEGREES = re.compile(
    r"(?:,?\s+(?:M\.?D|Ph\.?D|MSc|BSc|MPH|RN|DO|DDS|MBBS|FRCS)\b\.?)+|\s*[*+†‡§#|]+|\s*\([^()]*\)",
    re.I,
)


def read(text: str, path: str) -> Reading:
    """Every record from its number on."""
    gathering = Gathering(path)
    record: Record | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip()
        if _BEGIN.fullmatch(line.strip()):
            if record:
                gathering.take(_entry(record))
            record = Record(number)
        elif record is not None and line and not line[0].isspace():
            record.add(line.strip().lower(), "", number)
        elif record is not None:
            record.go_on(line.strip())
    if record:
        gathering.take(_entry(record))
    return gathering.reading()


def _entry(record: Record) -> Entry:
    titles = ("title", "original title", "title comment")
    doi = values.doi(*record.all("doi number", "digital object identifier", "doi"))
    names = (
        _DEGREES.sub("", name)
        for name in record.one("author", "authors", "authors full name").split(";")
    )
    words = record.one("author keywords", "keyword heading", "keywords", "subject headings")
    return Entry(
        title=markup.title(_KIND.sub("", record.one(*titles)), record.line_of(*titles)),
        abstract=markup.prose(record.first("abstract"), record.line_of("abstract")),
        authors=values.authors(names, is_exported=True),
        published=values.date(
            *record.all(
                "year of publication", "date of publication", "publication date", "status", "source"
            )
        ),
        venue=record.one("source", "journal name").split(". ")[0].rstrip(". "),
        doi=doi,
        url=values.landing(doi, "", *record.all("url", "link to the ovid full text or citation")),
        keywords=values.split_keywords(words.rstrip(".")),
        language=values.language(record.one("language")),
        csl=values.csl({"ISSN": record.one("issn", "issn print"), "volume": record.one("volume")}),
        begins=record.line,
    )
