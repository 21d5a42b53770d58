"""Papers as the content folder holds them: the values that every later stage reads."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import Literal

from conspectus.model.characters import escaped

_PLACE = Struct("<II")
"""Where a sentence begins and ends. Numbers in a tuple would weigh as much as the sentences."""

LinkKind = Literal[
    "code", "model", "dataset", "demo", "project", "video", "slides", "paper", "link"
]
LINK_KINDS: tuple[LinkKind, ...] = (
    "code", "model", "dataset", "demo", "project", "video", "slides", "paper", "link"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the month or the day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601 at the precision that is known: 2025, 2025-02 or 2025-02-17."""
        parts = [f"{self.year:04}"]
        if self.month is not None:
            parts.append(f"{self.month:02}")
            if self.day is not None:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Author:
    """One author; an institution has a family name only."""

    family: str
    given: str = ""
    orcid: str = ""
    affiliation: str = ""

    @property
    def name(self) -> str:
        """The name in reading order."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Link:
    """A way out of the site, of a known kind."""

    kind: LinkKind
    url: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown, read once: what the pages show, the index searches and the analysis counts."""

    source: str
    """The Markdown as it stands in the file."""
    html: str
    """Safe block HTML; the stating sentence, if any, in `<mark class="line">`."""
    text: str
    """Plain text, one line a block; math as its TeX source without delimiters."""
    places: bytes = b""
    """Where each sentence of `text` begins and ends: pairs of numbers (see `places_of`)."""
    apart: tuple[str, ...] = ()
    """The sentences, where they are no stretches of the text."""
    marked_up: tuple[tuple[int, str], ...] = ()
    """Places and safe inline HTML of those sentences that hold markup, in order."""
    stating: int | None = None
    """The place of the one sentence that states the contribution."""
    links: tuple[Link, ...] = ()
    """The links found in the text, in order, without repeats."""

    def __post_init__(self) -> None:
        """A survey holds all its papers: what most texts have twice is held once."""
        if self.text == self.source:
            object.__setattr__(self, "source", self.text)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of `text`, in order; made anew each time that they are asked for."""
        if not self.places:
            return self.apart
        return tuple(self.text[start:end] for start, end in _PLACE.iter_unpack(self.places))

    @property
    def sentences_html(self) -> tuple[str, ...]:
        """The sentences as safe inline HTML, one for each."""
        known = dict(self.marked_up)
        return tuple(known.get(i, escaped(each)) for i, each in enumerate(self.sentences))

    @property
    def stating_text(self) -> str:
        """The sentence that states the contribution, or empty."""
        return "" if self.stating is None else self.sentence(self.stating)

    @property
    def leading_html(self) -> str:
        """The sentence that states the contribution, or else the first, as safe inline HTML."""
        return self.sentence_html(self.stating or 0) if self.places or self.apart else ""

    def sentence(self, place: int) -> str:
        """One sentence."""
        if not self.places:
            return self.apart[place]
        start, end = _PLACE.unpack_from(self.places, place * _PLACE.size)
        return self.text[start:end]

    def sentence_html(self, place: int) -> str:
        """One sentence as safe inline HTML."""
        known = (html for i, html in self.marked_up if i == place)
        return next(known, "") or escaped(self.sentence(place))


def places_of(sentences: Sequence[str], text: str) -> bytes:
    """Where they stand in the text, as `Prose` has it; empty where they do not stand in it so."""
    places, at = b"", 0
    for sentence in sentences:
        start = text.find(sentence, at)
        if start < 0:
            return b""
        at = start + len(sentence)
        places += _PLACE.pack(start, at)
    return places


EMPTY_PROSE = Prose(source="", html="", text="")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: a file below content/papers."""

    id: str
    """The path below papers/ without `.md`: unique, and the paper's URL for ever."""
    path: str
    """The file, relative to the content folder, with forward slashes."""
    title: str
    """As written, with `$math$`."""
    title_text: str
    """Plain text, for sorting, searching and machine readers."""
    title_html: str
    """Safe inline HTML."""
    abstract: Prose = EMPTY_PROSE
    notes: Prose = EMPTY_PROSE
    """The curator's own words, from `## Notes` on."""
    authors: tuple[Author, ...] = ()
    published: PartialDate | None = None
    listed: datetime.date | None = None
    """The day on which a listing showed the paper: never its publication date."""
    position: int | None = None
    """Its place in that listing, from 1."""
    venue: str = ""
    added: datetime.date | None = None
    """The day on which it entered the survey."""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    pdf: str = ""
    links: tuple[Link, ...] = ()
    """From the front matter, then those found in the abstract, without repeats."""
    citekey: str = ""
    """As fixed at import; empty where the file has none."""
    aliases: tuple[str, ...] = ()
    csl: str = "{}"
    """CSL-JSON variables that pass through to citations, as canonical JSON."""
    keywords: tuple[str, ...] = ()
    language: str = ""
    upvotes: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """Columns of the topic's comparison table, in the file's order."""
    sources: tuple[tuple[str, str], ...] = ()
    """Where fields come from that `complete` filled: a field's name and a service's."""

    def __post_init__(self) -> None:
        """A title without markup is held once."""
        for form in ("title_text", "title_html"):
            if getattr(self, form) == self.title:
                object.__setattr__(self, form, self.title)

    @property
    def entered(self) -> datetime.date | None:
        """The day by which feeds, digest and "new since" sort: `added`, else `listed`."""
        return self.added or self.listed

    @property
    def year(self) -> int | None:
        """The year of publication, where known."""
        return self.published.year if self.published else None


@dataclass(frozen=True, slots=True)
class Corpus:
    """All published papers, sorted by id; ids are unique."""

    papers: tuple[Paper, ...] = ()

    def by_id(self) -> dict[str, Paper]:
        """A new mapping from id to paper."""
        return {paper.id: paper for paper in self.papers}

    def has_listings(self) -> bool:
        """Whether the papers were listed on more than one day: a day they share divides nothing."""
        return len({paper.listed for paper in self.papers}) > 1


@dataclass(frozen=True, slots=True)
class FreePage:
    """A page that the curator wrote, from content/pages."""

    slug: str
    title: str
    body: Prose
    path: str


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper on a reading list."""

    paper: str
    note: str = ""
    person: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A list that the curator publishes, from content/lists."""

    slug: str
    title: str
    note: Prose = EMPTY_PROSE
    entries: tuple[ListedPaper, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """A file of content/files, copied to the site's root as it is."""

    permalink: str
    """Its path from the site's root."""
    source: str
    """Where it lies on disk."""
    size: int
    """Bytes."""
    modified: int = field(compare=False, default=0)
    """Nanoseconds; decides only whether a copy may be reused."""
