"""BibTeX and biblatex in; entries out, with their keys, macros put in and inheritance done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.content.authors import author_of
from conspectus.fields import shown
from conspectus.importers.entries import Entry, Piece, Reading, SourceText, marked
from conspectus.importers.formats import latex, markup, values
from conspectus.importers.formats.bibtex_blocks import Block, blocks, inherited
from conspectus.importers.formats.gathering import Gathering
from conspectus.model.papers import Author, PartialDate

_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "proceedings": "book", "mvproceedings": "book", "book": "book", "mvbook": "book",
    "collection": "book", "mvcollection": "book", "reference": "book", "mvreference": "book",
    "booklet": "pamphlet", "manual": "report", "techreport": "report", "report": "report",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "periodical": "periodical",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "webpage": "webpage",
    "dataset": "dataset", "software": "software", "patent": "patent", "unpublished": "manuscript",
    "video": "motion_picture", "movie": "motion_picture", "legislation": "legislation",
}  # fmt: skip
_NO_PAPERS = {
    "xdata": "it only lends its fields to other entries",
    "set": "it only names other entries",
}
_VENUES = (
    "journaltitle", "journal", "booktitle", "eventtitle", "conference", "series", "school",
    "institution", "organization",
)  # fmt: skip
_PASSED = (
    ("volume", "volume"), ("issue", "issue"), ("chapter", "chapter-number"),
    ("edition", "edition"), ("publisher", "publisher"), ("location", "publisher-place"),
    ("address", "publisher-place"), ("isbn", "ISBN"), ("issn", "ISSN"), ("pmid", "PMID"),
    ("pmcid", "PMCID"), ("series", "collection-title"), ("eventtitle", "event-title"),
    ("venue", "event-place"), ("pagetotal", "number-of-pages"), ("volumes", "number-of-volumes"),
    ("version", "version"), ("shorttitle", "title-short"), ("type", "genre"),
)  # fmt: skip
_AND = re.compile(r"\s+and\s+")
_COMMA = re.compile(r",")
_SPACE = re.compile(r"\s+|~")
_PART = re.compile(r"(family|given|prefix|suffix|given-i|useprefix)\s*=\s*\"?(.*?)\"?", re.I | re.S)
_INITIALS_LAST = re.compile(r"[^\W\d_][\w'’-]+ (?:[\w'’-]+ )?[A-Z]{1,3}")
_INITIALS_FIRST = re.compile(r"(?:[A-Z]\.?[ -]?){1,3}\s[^\W\d_]{2}")
_SUFFIX = re.compile(r"(?:Jr|Sr|Junior|Senior)\.?|[IV]{2,4}", re.IGNORECASE)
_OTHERS = re.compile(r"\W*(?:others|et\.? al\.?)\W*", re.IGNORECASE)
_ORCID = re.compile(r"([^/;\n]+)/\s*([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def read(text: str, path: str) -> Reading:
    """Every entry; what is no paper or cannot be read is reported with its line."""
    gathering = Gathering(path)
    found = blocks(text)
    whole = inherited(found)
    for block in found:
        if block.fault:
            _report(block, gathering)
            continue
        complete, missing = next(whole)
        if block.kind in _NO_PAPERS:
            reason = f'@{block.kind} "{shown(block.key)}" is no paper: {_NO_PAPERS[block.kind]}'
            gathering.report(block.line, reason, "nothing is to be done")
            continue
        _warn(complete, missing, gathering)
        gathering.take(_entry(complete, gathering))
    return gathering.reading()


def _report(block: Block, gathering: Gathering) -> None:
    named = f' "{shown(block.key)}"' if block.key else ""
    reason = f"@{block.kind}{named} breaks off on line {block.fault_line}: {block.fault}"
    gathering.report(block.line, reason, "correct the entry there, and import again")


def _warn(block: Block, missing: tuple[str, ...], gathering: Gathering) -> None:
    for key in missing:
        gathering.warn(
            block.line,
            f'"{shown(block.key)}" refers to "{shown(key)}", which is not in the file',
            "add that entry to the file, or complete the paper by hand",
        )
    for macro in block.undefined:
        gathering.warn(
            block.line,
            f'nothing defines "{shown(macro)}"; it is taken as it stands',
            f'define it: @string{{{shown(macro)} = "…"}}',
        )


def _entry(block: Block, gathering: Gathering) -> Entry:
    raw = _Fields(block)
    address = values.url(*map(raw.verbatim, ("url", "howpublished", "ee", "bdsk-url-1", "note")))
    doi = values.doi(raw.verbatim("doi"), values.doi_link(address), raw.verbatim("ee"))
    arxiv = _arxiv(raw, doi, address)
    kind = _TYPES.get(block.kind, "")
    venue = _venue(raw, block.kind)
    pdf = values.url(*(raw.verbatim(name) for name in ("pdf", "pdfurl", "openaccess", "eprintpdf")))
    return Entry(
        title=_title(raw),
        abstract=_abstract(raw),
        authors=_authors(raw),
        published=_date(raw, gathering),
        venue=venue,
        doi=doi,
        arxiv=arxiv,
        url=values.landing(doi, arxiv, "" if address == pdf else address),
        pdf=pdf,
        keywords=_keywords(raw),
        citekey=block.key,
        language=next(
            filter(
                None, (values.language(raw.plain(n)) for n in ("langid", "language", "hyphenation"))
            ),
            "",
        ),
        csl=_csl(raw, block.kind, kind, venue),
        begins=block.line,
    )


class _Fields:
    """An entry's fields, each read as what its name says."""

    def __init__(self, block: Block) -> None:
        self.block = block

    def line(self, name: str) -> int:
        return self.block.fields[name].line if name in self.block.fields else self.block.line

    def raw(self, *names: str) -> str:
        """The first of the fields that holds anything, as it stands."""
        found = (self.block.fields[name].text for name in names if name in self.block.fields)
        return next((text for text in found if text.strip()), "")

    def plain(self, *names: str) -> str:
        return latex.plain(self.raw(*names))

    def verbatim(self, *names: str) -> str:
        return latex.verbatim(self.raw(*names))


def _title(raw: _Fields) -> SourceText:
    pieces = markup.one_line(latex.read(raw.raw("title")))
    subtitle = markup.one_line(latex.read(raw.raw("subtitle")))
    if pieces and subtitle:
        ends = pieces[-1].text[-1] in ":.?!–—"
        pieces = [*pieces, Piece("text", " " if ends else ": "), *subtitle]
    return marked(pieces, raw.line("title"), is_certain=True)


def _abstract(raw: _Fields) -> SourceText:
    pieces = markup.paragraphs(latex.read(raw.raw("abstract", "abstr", "summary")))
    return marked(pieces, raw.line("abstract"), is_certain=True)


# Names


def _authors(raw: _Fields) -> tuple[Author, ...]:
    names = latex.split(raw.raw("author", "authors"), _AND)
    orcids = {
        latex.plain(name).casefold(): orcid
        for name, orcid in _ORCID.findall(raw.raw("orcid-numbers"))
    }
    found = (_author(name) for run in names for name in _parted(run))
    return values.unique(
        Author(a.family, a.given, orcids.get(f"{a.family}, {a.given}".casefold(), ""))
        for a in found
        if a is not None
    )


def _parted(run: str) -> list[str]:
    """Names that commas or semicolons part although BibTeX asks for `and`: "A Turing, B Li"."""
    if ";" in run and "{" not in run and "\\" not in run:
        return run.split(";")
    parts = [part.strip() for part in run.split(",") if part.strip()]
    if "{" not in run and len(parts) > 1 and all(map(_INITIALS_LAST.fullmatch, parts)):
        return [", ".join(part.rsplit(" ", 1)) for part in parts]
    is_list = "{" not in run and len(parts) > 1 and all(map(_INITIALS_FIRST.match, parts))
    return parts if is_list else [run]


def _author(name: str) -> Author | None:
    """A name in any of BibTeX's and biblatex's forms; in braces, an institution."""
    name = name.strip().strip(",;").strip()
    if not name or _OTHERS.fullmatch(name):
        return None
    if name.startswith("{"):
        inner, end = latex.group_at(name, 0)
        if end == len(name):
            return Author(latex.plain(inner))
    parts = [part.strip() for part in latex.split(name, _COMMA)]
    extended = [_PART.fullmatch(part) for part in parts]
    if all(extended):
        named = {m[1].lower(): latex.plain(m[2]) for m in extended if m}
        family = f"{named.get('prefix', '')} {named.get('family', '')} {named.get('suffix', '')}"
        return Author(" ".join(family.split()), named.get("given", ""))
    if len(parts) > 1:
        return _of_parts([latex.plain(part) for part in parts if part])
    return _of_words(name)


def _of_parts(parts: list[str]) -> Author | None:
    """`von Last, Jr, First` or `von Last, First`."""
    if len(parts) > 2 and _SUFFIX.fullmatch(parts[1]):
        return Author(f"{parts[0]} {parts[1]}", " ".join(parts[2:]))
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]) and " " in parts[0]:
        author = author_of(parts[0])
        return Author(f"{author.family} {parts[1]}", author.given)
    return Author(parts[0], " ".join(parts[1:])) if parts else None


def _of_words(name: str) -> Author | None:
    """`First von Last`: braces keep words together, a small letter begins the family name."""
    words = [latex.plain(word) for word in latex.split(name, _SPACE)]
    words = [word for word in words if word]
    small = next((i for i, word in enumerate(words[:-1]) if i and word[0].islower()), 0)
    if small or any(" " in word for word in words):
        start = small or len(words) - 1
        return Author(" ".join(words[start:]), " ".join(words[:start]))
    return author_of(" ".join(words)) if words else None


# Other fields


def _arxiv(raw: _Fields, doi: str, address: str) -> str:
    eprint = raw.verbatim("eprint", "arxivid", "arxiv")
    kind = raw.verbatim("eprinttype", "archiveprefix").lower()
    bare = values.arxiv_bare(eprint) if kind in ("", "arxiv") or "arxiv" in raw.block.fields else ""
    return bare or values.arxiv(
        eprint,
        doi,
        address,
        *map(
            raw.verbatim,
            ("journal", "journaltitle", "note", "howpublished", "number", "volume", "pages", "ee"),
        ),
    )


def _venue(raw: _Fields, kind: str) -> str:
    if kind in ("book", "mvbook", "collection", "proceedings", "mvproceedings"):
        return raw.plain("publisher")
    if kind in ("incollection", "inbook") and not raw.raw("booktitle", "journal", "journaltitle"):
        return raw.plain("series", "publisher")
    title = raw.plain("booktitle")
    if title and not raw.raw("journaltitle", "journal"):
        subtitle = raw.plain("booksubtitle")
        return f"{title}: {subtitle}" if subtitle else title
    venue = raw.plain(*_VENUES)
    published = raw.raw("howpublished")
    return venue or ("" if re.search(r"https?:|\\url|www\.", published) else latex.plain(published))


def _date(raw: _Fields, gathering: Gathering) -> PartialDate | None:
    date, year = raw.plain("date"), raw.plain("year")
    month, day = raw.plain("month"), raw.plain("day")
    found = values.date(date) or values.date(f"{day} {month} {year}" if month else "", year)
    if month.isdigit() and not date:
        found = values.date_of_parts(year, month, day or None) or found
    written = date or year
    if written and found is None:
        gathering.warn(
            raw.line("date" if date else "year"),
            f'"{shown(written)}" is no date; "{shown(raw.block.key)}" is imported without one',
            "write the year in four digits",
        )
    return found


def _keywords(raw: _Fields) -> tuple[str, ...]:
    found = (
        word
        for name in ("keywords", "keyword", "author_keywords", "author-keywords")
        for word in values.split_keywords(latex.plain(raw.raw(name)))
    )
    return values.keywords(found)


def _csl(raw: _Fields, kind: str, csl_type: str, venue: str) -> str:
    variables: dict[str, object] = {"type": csl_type}
    for name, variable in _PASSED:
        text = raw.plain(name)
        if text and not variables.get(variable) and not (text == venue and name != "type"):
            variables[variable] = text
    number = raw.plain("number")
    is_issue = csl_type in ("article-journal", "periodical", "review") or not csl_type
    variables.setdefault("issue" if is_issue else "number", number)
    variables["page"] = values.pages(raw.plain("pages"))
    if kind in ("phdthesis", "mastersthesis") and not variables.get("genre"):
        variables["genre"] = "PhD thesis" if kind == "phdthesis" else "Master's thesis"
    editors = list(_editors(raw))
    variables["editor"] = editors
    return values.csl(variables)


def _editors(raw: _Fields) -> Iterator[dict[str, str]]:
    for name in latex.split(raw.raw("editor"), _AND):
        editor = _author(name)
        if editor and editor.given:
            yield {"family": editor.family, "given": editor.given}
        elif editor and editor.family:
            yield {"literal": editor.family}
