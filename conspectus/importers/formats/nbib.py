"""PubMed's tagged format (MEDLINE, `.nbib`) in; entries out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering
from conspectus.importers.formats.tagged import Record
from conspectus.model.papers import Author

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}- ?(.*)$")
_TITLES = ("TI", "BTI", "TT")
_ORCID = re.compile(r"([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9X])")


def read(text: str, path: str) -> Reading:
    """Every record from its `PMID` on."""
    gathering = Gathering(path)
    for record in _records(text):
        gathering.take(_entry(record))
    return gathering.reading()


def _records(text: str) -> Iterator[Record]:
    """A line with a tag in its first column begins a field; indented ones go on."""
    record: Record | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip("\ufeff").rstrip()
        match = _LINE.match(line)
        if match and match[1] == "PMID":
            if record:
                yield record
            record = Record(number)
        if record is None:
            continue
        if match:
            record.add(match[1], match[2], number)
        elif line:
            record.go_on(line.strip())
    if record:
        yield record


def _entry(record: Record) -> Entry:
    identifiers = [text for text in record.all("LID", "AID", "SO") if "doi" in text.lower()]
    doi = values.doi(*identifiers)
    pmid = record.one("PMID")
    page = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdigit() else ""
    return Entry(
        title=markup.title(_title(record), record.line_of(*_TITLES)),
        abstract=markup.prose(record.first("AB", "OAB"), record.line_of("AB", "OAB")),
        authors=_authors(record),
        published=values.date(record.one("DP"), record.one("DEP"), record.one("EDAT")[:10]),
        venue=record.one("JT", "TA", "CTI", "BTI"),
        doi=doi,
        arxiv=values.arxiv(doi),
        url="" if doi else page,
        keywords=values.keywords(record.all("OT")) or _headings(record),
        language=values.language(record.one("LA")),
        csl=_csl(record),
        begins=record.line,
    )


def _title(record: Record) -> str:
    """Without the full stop that PubMed adds, and the brackets around a translated title."""
    text = record.one(*_TITLES)
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def _authors(record: Record) -> tuple[Author, ...]:
    """Full names where each author has one; the ORCID that follows a name; groups last."""
    wanted = "FAU" if record.first("FAU") else "AU"
    found: list[Author] = []
    for entry in record.fields:
        if entry.tag == wanted:
            found.extend(values.authors([entry.text], is_exported=True))
        elif entry.tag == "AUID" and found and (match := _ORCID.search(entry.text)):
            digits = match[1].replace("-", "")
            orcid = "-".join(digits[i : i + 4] for i in range(0, 16, 4))
            found[-1] = Author(found[-1].family, found[-1].given, orcid)
    groups = (Author(" ".join(text.split())) for text in record.all("CN"))
    return values.unique((*found, *groups))


def _headings(record: Record) -> tuple[str, ...]:
    """Subject headings without their qualifiers."""
    return values.keywords(text.split("/")[0] for text in record.all("MH"))


def _csl(record: Record) -> str:
    kinds = {text.lower() for text in record.all("PT")}
    issn = next((text.split()[0] for text in record.all("IS")), "")
    return values.csl(
        {
            "type": "book" if "book" in kinds else "article-journal",
            "volume": record.one("VI"),
            "issue": record.one("IP"),
            "page": values.pages(record.one("PG")),
            "ISSN": issn,
            "ISBN": record.one("ISBN"),
            "PMID": record.one("PMID"),
            "PMCID": record.one("PMC"),
        }
    )
