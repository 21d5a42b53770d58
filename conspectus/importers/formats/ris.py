"""RIS, as many programs write it, in; entries out. Lines outside of records are passed over.

Written here because rispy stops at what exports are full of: a record without its end, one space
for two, lines that go on, tags that stand twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.fields import shown
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering
from conspectus.importers.formats.tagged import Record
from conspectus.model.papers import Author, PartialDate

_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?:[ \t]+(.*)|)$")
_TAG_TIGHT = re.compile(r"([A-Z][A-Z0-9])[ \t]{0,4}-(?:[ \t]*(.*))$")
_STRICT = re.compile(r"^TY  -", re.MULTILINE)
TYPES = {
    "JOUR": "article-journal", "JFULL": "periodical", "EJOUR": "article-journal",
    "MGZN": "article-magazine", "NEWS": "article-newspaper", "CPAPER": "paper-conference",
    "CONF": "paper-conference", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "GOVDOC": "report",
    "UNPB": "article", "INPR": "article-journal", "ELEC": "webpage", "WEB": "webpage",
    "BLOG": "post-weblog", "DATA": "dataset", "COMP": "software", "PAT": "patent",
    "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "STAND": "standard",
    "ABST": "article-journal", "SER": "book", "VIDEO": "motion_picture", "STAT": "legislation",
}  # fmt: skip
_INVERTED = re.compile(r"^A[U1] {0,2}- *[^,\n]+, *[^\W\d_]", re.MULTILINE)
_INSTITUTION = re.compile(r"[^,]+ [^,]+,")
"""With a comma behind it, as EndNote writes it."""
_TITLES = ("TI", "T1", "CT")
_BOOKS = ("BOOK", "EBOOK", "EDBOOK", "SER")
_VENUES = ("JF", "T2", "JO", "BT", "J2", "JA", "J1", "C3", "T3")
_HOUSES = ("BOOK", "EBOOK", "EDBOOK", "THES", "RPRT")


def read(text: str, path: str) -> Reading:
    """Every record from its `TY` on, ended or not."""
    gathering = Gathering(path)
    has_commas = bool(_INVERTED.search(text))
    for record in _records(text):
        gathering.take(entry(record, gathering, has_commas=has_commas))
    return gathering.reading()


def _records(text: str) -> Iterator[Record]:
    form = _TAG if _STRICT.search(text) else _TAG_TIGHT
    record: Record | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        match = form.match(line.strip("\ufeff").rstrip())
        tag = match[1] if match else ""
        value = (match[2] or "") if match else ""
        if tag == "TY":
            if record:
                yield record
            record = Record(number)
            record.add(tag, value, number)
        elif record is None:
            continue
        elif tag == "ER":
            yield record
            record = None
        elif tag:
            record.add(tag, value, number)
        else:
            record.go_on(line.strip())
    if record:
        yield record


def entry(record: Record, gathering: Gathering, *, has_commas: bool = False) -> Entry:
    """A record as an entry; EndNote's comes here with the same tags.

    Where a file writes people with commas (`has_commas`), a name without one is an institution's.
    """
    kind = record.one("TY").upper()
    titles = (*_TITLES, "BT") if kind in _BOOKS else _TITLES
    doi = values.doi(
        *record.all("DO", "DI"),
        *map(values.doi_link, record.all("UR", "L3", "L2", "LK", "M3")),
        *(
            text
            for text in record.all("M3", "L3", "ID", "N1")
            if re.match(r"(?:doi:\s*)?10\.", text, re.I)
        ),
    )
    arxiv = values.arxiv(
        doi, *record.all("UR", "L1", "L2", "JF", "JO", "T2", "M1", "AN", "C1", "N1")
    )
    venue = _venue(record, kind)
    return Entry(
        title=markup.title(record.first(*titles), record.line_of(*titles)),
        abstract=markup.prose(record.first("AB", "N2"), record.line_of("AB", "N2")),
        authors=_authors(
            values.split_names(record.all("AU", "A1"), has_commas=True), has_commas=has_commas
        ),
        published=_date(record, gathering),
        venue=venue,
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, *record.all("UR", "L2", "LK")),
        pdf=values.url(*record.all("L1")),
        keywords=_keywords(list(record.all("KW"))),
        language=values.language(record.one("LA")),
        citekey=_citekey(record.one("ID")),
        csl=_csl(record, kind, venue),
        begins=record.line,
    )


def _authors(names: list[str], *, has_commas: bool) -> tuple[Author, ...]:
    return values.unique(
        author
        for name in names
        for author in (
            [Author(values.line(name).rstrip(" ,"))]
            if _INSTITUTION.fullmatch(name.strip()) or (has_commas and _is_institution(name))
            else values.authors([name], is_exported=True)
        )
    )


def _is_institution(name: str) -> bool:
    """Several words without a comma that end in no initials."""
    words = name.split()
    return (
        "," not in name and len(words) > 1 and not re.fullmatch(r"(?:[A-Z]\.?-?){1,4}", words[-1])
    )


def _venue(record: Record, kind: str) -> str:
    found = markup.plain(
        record.first(*(tag for tag in _VENUES if tag != "BT" or kind not in _BOOKS))
    )
    return found or (record.one("PB") if kind in _HOUSES else "")


def _date(record: Record, gathering: Gathering) -> PartialDate | None:
    written = list(record.all("PY", "Y1"))
    found = values.date(*written)
    exact = values.date(*record.all("DA"))
    if exact and (found is None or exact.year == found.year):
        found = max(found, exact, key=_precision) if found else exact
    if written and found is None:
        gathering.warn(
            record.line_of("PY", "Y1"),
            f'"{shown(written[0])}" is no date; the paper is imported without one',
            "write the year in four digits",
        )
    return found


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)


def _keywords(found: list[str]) -> tuple[str, ...]:
    if len(found) == 1 and not re.search(r"[;\n]", found[0]):
        return values.split_keywords(found[0])
    return values.keywords(word for text in found for word in re.split(r"[;\n]", text))


def _citekey(text: str) -> str:
    """An `ID` that a person could type; numbers are some database's."""
    return text if re.search("[A-Za-z]", text) and " " not in text else ""


def _csl(record: Record, kind: str, venue: str) -> str:
    first, last = record.one("SP"), record.one("EP")
    if (first, last) == ("No", "Specified"):
        first = last = ""
    number = re.sub(r"\s*\([^()]*\)\s*$", "", record.one("SN"))
    is_book = kind in _BOOKS or kind in ("CHAP", "ECHAP")
    publisher, place = record.one("PB"), record.one("CY", "PP")
    return values.csl(
        {
            "type": TYPES.get(kind, ""),
            "volume": record.one("VL"),
            "issue": record.one("IS"),
            "page": values.pages(f"{first}-{last}" if last and last != first else first)
            or record.one("C7"),
            "publisher": publisher if publisher != venue else "",
            "publisher-place": place,
            "edition": record.one("ET"),
            "ISBN" if is_book else "ISSN": number,
            "editor": [
                {"family": a.family, "given": a.given} if a.given else {"literal": a.family}
                for a in values.authors(
                    record.all("ED", *(["A2"] if is_book else [])), is_exported=True
                )
            ],
        }
    )
