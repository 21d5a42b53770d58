"""A field's value as programs export it in; the value that a paper's own field takes out."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from conspectus.content.authors import author_of
from conspectus.content.papers import arxiv_of, doi_of
from conspectus.fields import is_url
from conspectus.importers.formats import latex
from conspectus.importers.formats.months import month_of
from conspectus.model.papers import Author, PartialDate

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]*(?:<[^\s<>]*>[^\s\"<>]*)*", re.I)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format)/|\barxiv[:\s]\s*)"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?![0-9])",
    re.IGNORECASE,
)
_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.(?:org|acm\.org)/", re.IGNORECASE)
_DATABASES = re.compile(
    r"https?://[^/]*(?:embase|scopus|ovid|lens|semanticscholar|webofknowledge|webofscience|ebscohost"
    r"|proquest|ncbi\.nlm\.nih|\bproxy\b)[^/]*\.[a-z]+/",
    re.IGNORECASE,
)
"""Where a record stands rather than the paper: a DOI leads to the paper itself."""
_VERSION = re.compile(r"v[0-9]+$")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_LANGUAGES = {
    name: tag
    for tag, names in {
        "en": "english eng american british usenglish ukenglish canadian australian",
        "de": "german deutsch ger deu ngerman austrian naustrian nswissgerman swissgerman",
        "fr": "french français francais fre fra acadian canadien",
        "es": "spanish español espanol spa castilian",
        "it": "italian italiano ita",
        "pt": "portuguese português portugues por",
        "pt-BR": "brazilian brazil",
        "nl": "dutch nederlands dut nld",
        "ru": "russian rus",
        "zh": "chinese chi zho mandarin",
        "ja": "japanese jpn",
        "ko": "korean kor",
        "pl": "polish pol",
        "sv": "swedish swe",
        "da": "danish dan",
        "no": "norwegian nor norsk",
        "fi": "finnish fin",
        "cs": "czech cze ces",
        "hu": "hungarian hun magyar",
        "tr": "turkish tur",
        "ar": "arabic ara",
        "fa": "persian farsi per fas",
        "he": "hebrew heb",
        "el": "greek gre ell",
        "uk": "ukrainian ukr",
        "ro": "romanian rum ron",
        "id": "indonesian ind",
        "ca": "catalan cat",
        "hr": "croatian hrv",
        "sr": "serbian srp",
        "sk": "slovak slo slk",
        "sl": "slovenian slovene slv",
        "la": "latin lat",
    }.items()
    for name in names.split()
}
_INITIALS = re.compile(r"(?:[A-Z]\.?[- ]?){1,4}")
_NUMERALS = frozenset(("II", "III", "IV"))
_EARLIEST, _LATEST = 1400, 2200
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\ufeff]+")
_CSL_NAME = re.compile(r"[A-Za-z][A-Za-z-]*")
_AND_OTHERS = re.compile(
    r"\W*(?:et\.? al\.?|and others|others|u\. ?a\.|\.\.\.|…)\W*", re.IGNORECASE
)
_ET_AL = re.compile(r"[\s,]+et\.? al\.?\s*$", re.IGNORECASE)
_MOST_CSL = 5_000
"""Characters of a variable that is passed through."""


def line(value: object) -> str:
    """A text or a number as one line of text; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = html.unescape(str(value)) if "&" in str(value) else str(value)
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def doi(*texts: str) -> str:
    """The first DOI that the texts name, in lower case."""
    for text in texts:
        match = _DOI.search(unquote(text) if "%2" in text else text)
        found = doi_of(_closed(match[0])) if match else ""
        if found:
            return found
    return ""


def arxiv(*texts: str) -> str:
    """The first arXiv identifier that the texts name with arXiv's own name, without version."""
    for text in texts:
        match = _ARXIV_DOI.search(text) or _ARXIV.search(text)
        found = arxiv_bare(match[1].rstrip(".")) if match else ""
        if found:
            return found
    return ""


def arxiv_bare(text: str) -> str:
    """The arXiv identifier that a text is, without version."""
    return _VERSION.sub("", arxiv_of(text.strip()))


def url(*texts: str) -> str:
    """The first web address among the texts, as it may stand in a paper's file."""
    for text in texts:
        match = _URL.search(text)
        if match is None:
            continue
        found = _closed(match[0].rstrip("|;,"))
        found = re.sub(r"[{}\\^`|]", lambda m: f"%{ord(m[0]):02X}", found.replace("\\", ""))
        if is_url(found):
            return found
    return ""


def landing(found_doi: str, found_arxiv: str, *addresses: str) -> str:
    """The first address that does not only repeat the DOI; arXiv's in its own short form."""
    for address in filter(None, map(url, addresses)):
        if found_doi and _DATABASES.search(address):
            continue
        if found_arxiv and arxiv(address) == found_arxiv:
            return f"https://arxiv.org/abs/{found_arxiv}"
        if not found_doi or not _RESOLVER.match(address):
            return address
    return "" if found_doi or not found_arxiv else f"https://arxiv.org/abs/{found_arxiv}"


def doi_link(address: str) -> str:
    """The address where it is a DOI's own; else empty."""
    return (
        address if re.match(r"https?://(?:dx\.)?doi\.(?:org|acm\.org)/10\.", address, re.I) else ""
    )


def date(*texts: str) -> PartialDate | None:
    """The date that the first text which holds one says, as exactly as it says it.

    Of a range its beginning. Years alone are never guessed from other numbers.
    """
    for text in texts:
        found = _date(text.strip())
        if found:
            return found
    return None


def date_of_parts(year: object, month: object = None, day: object = None) -> PartialDate | None:
    """The same from numbers or texts of their own."""
    numbers = [_whole(year), _month(month), _whole(day)]
    return _checked(*numbers)


def authors(names: Iterable[str], *, is_exported: bool = False) -> tuple[Author, ...]:
    """The names, in either order, without repeats and without "et al.".

    `is_exported` for databases that write "Liskov B." and "Liskov BH" without a comma.
    """
    lines = (latex.plain(name) if "\\" in name else line(name) for name in names)
    written = (_ET_AL.sub("", name).strip(" ;,|") for name in lines)
    found = (_exported(name) if is_exported else author_of(name) for name in written if name)
    return unique(author for author in found if not _AND_OTHERS.fullmatch(author.name))


def split_names(texts: Iterable[str], *, has_commas: bool = False) -> list[str]:
    """Names of which several may stand on one line, parted by semicolons, bars or "and".

    With `has_commas`, "and" parts only what has a comma on both sides: not "Moss and Stone Group".
    """
    return [
        name for t in texts for part in re.split(r"[;|\n]", t) for name in _anded(part, has_commas)
    ]


def _anded(text: str, has_commas: bool) -> list[str]:
    parts = re.split(r"\s+(?:and|AND)\s+", text)
    return parts if not has_commas or all("," in part for part in parts) else [text]


def list_of_names(text: str) -> list[str]:
    """The same for one line of all names, where commas may part them too.

    "Liskov B., Hoare C.A.R." and "Ada Lovelace, Alan Turing" are two names each, "Liskov, Barbara"
    is one.
    """
    names = split_names([text])
    if len(names) > 1 or "," not in text:
        return names
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if all(" " in part for part in parts):
        return parts
    is_inverted = (
        len(parts) > 2 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2]))
    )
    if is_inverted:
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [text]


def _exported(name: str) -> Author:
    family, _, last = name.rpartition(" ")
    is_inverted = "," not in name and family and _INITIALS.fullmatch(last)
    if is_inverted and not _INITIALS.fullmatch(family.split(" ")[0]) and last not in _NUMERALS:
        return Author(family, last.rstrip(".") if last[:-1].isalpha() and len(last) > 2 else last)
    return author_of(name)


def unique(found: Iterable[Author]) -> tuple[Author, ...]:
    """Each author once, in order; none without a name."""
    return tuple(dict.fromkeys(author for author in found if author.family))


def keywords(words: Iterable[str]) -> tuple[str, ...]:
    """Each keyword once, in order, without the star of a main heading."""
    found: dict[str, str] = {}
    for word in words:
        text = line(word).strip(" *;,")
        if text:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords of one line, which semicolons, or else bars or commas outside brackets, part."""
    mark = next((mark for mark in (";", "|", ",", "\n") if mark in text), ";")
    if mark == ",":
        return keywords(re.split(r",(?![^()]*\))", text))
    return keywords(text.split(mark))


def language(text: str) -> str:
    """The tag of a language that is named by its tag, its code or its name; else empty."""
    word = re.split(r"[;,/(]", text.strip(), maxsplit=1)[0].strip(" .").lower()
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    if not _LANGUAGE.fullmatch(word):
        return ""
    first, *rest = re.split("[-_]", word)
    first = _LANGUAGES.get(first, first)
    if len(first) > 3:
        return ""
    return "-".join((first, *(part.upper() if len(part) == 2 else part for part in rest)))


def csl(variables: Mapping[str, object]) -> str:
    """The variables that hold anything, as JSON that a paper's front matter takes."""
    kept = {
        name: value
        for name, value in ((name, _kept(value)) for name, value in variables.items())
        if value and _CSL_NAME.fullmatch(name)
    }
    return json.dumps(kept, ensure_ascii=False)


def pages(text: str) -> str:
    """A range of pages with one hyphen."""
    return re.sub(r"\s*(?:-{1,3}|[–—−])\s*", "-", line(text)).strip(" -,")


def day(text: str) -> datetime.date | None:
    """A whole day, where the text begins with one in ISO 8601."""
    found = _date(text[:10])
    return (
        datetime.date(found.year, found.month, found.day)
        if found and found.month and found.day
        else None
    )


def _closed(text: str) -> str:
    """Without the punctuation and the unopened bracket that end a sentence around it."""
    while text:
        last = text[-1]
        opener = _BRACKETS.get(last)
        if last not in ".,;:'\"" and not (opener and text.count(last) > text.count(opener)):
            break
        text = text[:-1]
    return text


_ISO = re.compile(
    r"([0-9]{4})(?:[-/.](00|[0-9]{1,2})(?:[-/.](00|[0-9]{1,2}))?)?"
    r"(?![0-9])(?:[T ~?%/].*|[-–].*)?",
    re.DOTALL,
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR = re.compile(r"(?<![0-9])([0-9]{4})(?![0-9])")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:])")
_BY_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_BY_MONTH = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")


def _date(text: str) -> PartialDate | None:
    if match := _COMPACT.fullmatch(text):
        return _checked(*map(int, match.groups()))
    if match := _ISO.fullmatch(text):
        found = _checked(*(int(part) if part else None for part in match.groups()))
        named = _named(text) if found and found.month is None else None
        return named or found
    if match := _BY_DAY.fullmatch(text):
        return _of_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _BY_MONTH.fullmatch(text):
        return _checked(int(match[2]), int(match[1]))
    return _named(text)


def _of_day(first: int, second: int, year: int) -> PartialDate | None:
    """Day and month where only one order can be meant; else the year alone."""
    if first > 12 or first == second:
        return _checked(year, second, first)
    return _checked(year, first, second) if second > 12 else _checked(year)


def _named(text: str) -> PartialDate | None:
    """A year of four digits among words, with the first month and day that they name."""
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    month = next((found for word in _WORD.findall(rest) if (found := month_of(word))), None)
    days = _DAY.findall(rest) if month else []
    return _checked(int(year[1]), month, int(days[0]) if days else None)


def _checked(
    year: int | None, month: int | None = None, day_of_month: int | None = None
) -> PartialDate | None:
    """The date as far as it can be one."""
    if year is None or not _EARLIEST <= year <= _LATEST:
        return None
    if not month or not 1 <= month <= 12:
        return PartialDate(year)
    if not day_of_month:
        return PartialDate(year, month)
    try:
        datetime.date(year, month, day_of_month)
    except ValueError:
        return PartialDate(year, month)
    return PartialDate(year, month, day_of_month)


def _whole(value: object) -> int | None:
    digits = re.fullmatch(r"\s*([0-9]{1,4})(?:\.0)?\s*", str(value)) if value is not None else None
    return int(digits[1]) if digits else None


def _month(value: object) -> int | None:
    number = _whole(value)
    return number if number is not None or value is None else month_of(str(value))


def _kept(value: object) -> object:
    """A variable's value without what is empty; numbers as text."""
    if isinstance(value, Mapping):
        parts = {str(k): _kept(v) for k, v in value.items() if _CSL_NAME.fullmatch(str(k))}
        return {key: part for key, part in parts.items() if part}
    if isinstance(value, list | tuple):
        return [part for part in (_kept(entry) for entry in value) if part]
    if isinstance(value, bool):
        return str(value).lower() if value else ""
    text = line(value)
    return text if len(text) <= _MOST_CSL else ""
