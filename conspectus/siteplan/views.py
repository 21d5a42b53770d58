"""What each page shows, computed completely: templates only lay it out.

`Markup` values are safe HTML made by `conspectus.prose`; every other text is escaped by Jinja.
Permalinks are from the site's root; the templates turn them into relative links.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from conspectus.settings.sizes import WHOLE, Size

EMPTY = Markup("")


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the frame or of a short list."""

    label: str
    permalink: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. It holds no count or date that a paper could change."""

    survey: str
    """The survey's title."""
    survey_id: str
    language: str
    base_url: str
    doors: tuple[Door, ...]
    """The header's links."""
    more: tuple[Door, ...]
    """The footer's links."""
    outside: tuple[Door, ...]
    """Links of the curator's to other sites; `permalink` is a whole URL."""
    has_papers: bool
    size: Size = WHOLE
    accent: str = ""
    """The survey's own accent as #rrggbb, or empty."""
    logo: str = ""
    """The permalink of the survey's logo, or empty."""


@dataclass(frozen=True, slots=True)
class TopicMark:
    """A topic as it is named anywhere: its shape, colour and words."""

    id: str
    permalink: str
    label: str
    colour: int
    """1 to 12: the class t1 … t12."""
    shape: int
    """1 to 8: the class s1 … s8."""
    is_mixed: bool = False


@dataclass(frozen=True, slots=True)
class Strokes:
    """A row of strokes: one for a paper, for ten above 60 papers, for a hundred above 600."""

    path: str
    """SVG path data of the strokes, 16 units high; beside `own`, one line to be dashed.

    Pages that show a paper's own stroke are as many as papers, and the dashes stand in the style.
    """
    own: str
    """Path data of the one stroke that stands for the page's own paper, or empty."""
    width: int
    colour: int
    label: str
    note: str
    """Says for how many papers one stroke stands; empty for one, or where a row above says it."""


@dataclass(frozen=True, slots=True)
class Outlink:
    """A link that leaves the site: its words say the kind and the host."""

    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in a list."""

    id: str
    """Empty where scripts take it from the link."""
    key: str
    """8 base-32 digits by which readers' browsers know the paper."""
    permalink: str
    title: Markup
    topic: TopicMark | None
    """Given in mixed lists only."""
    sentence: Markup
    is_stating: bool
    """Whether the sentence states the contribution, or is just the first."""
    facts: tuple[str, ...]
    outlinks: tuple[Outlink, ...]
    abstract: Markup
    """Empty where the list does not carry it."""
    has_abstract: bool = False
    """Whether the paper has one at all."""
    note: str = ""
    """The curator's words about the paper in this list."""
    note_by: str = ""
    """Who reads or presents it, and when."""
    former: tuple[str, ...] = ()
    """The keys of former ids, by which older reading lists may know it."""
    entered: str = ""
    """The day on which it entered the survey, as 2025-03-17, or empty."""
    year: str = ""
    """Given where years divide the list; the same holds for the next two."""
    has_code: bool = False
    upvotes: str = ""
    coins: str = ""
    """What reference managers read of a citable paper, or empty."""


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A paper by its title alone."""

    permalink: str
    title: Markup
    topic: TopicMark | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A topic in a table of contents."""

    mark: TopicMark
    count: int
    strokes: Strokes
    terms: tuple[str, ...]
    summary: tuple[SourcedSentence, ...] = ()
    description: str = ""
    children: tuple[ContentsRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcedSentence:
    """A sentence lifted from a paper, with its numbered source."""

    sentence: Markup
    number: int
    permalink: str
    title: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """A paper's cell on the lattice; `x` and `y` are the middle, in pixels."""

    permalink: str
    key: str
    title: str
    x: int
    y: int
    colour: int
    shape: int
    topic: str
    is_muted: bool = False
    """Of another topic than the one the map is about."""


@dataclass(frozen=True, slots=True)
class MapName:
    """A topic's name on the lattice."""

    mark: TopicMark
    text: str
    x: int
    y: int
    """The baseline's left end, in pixels."""
    length: int
    """The width that the text is fitted to, in pixels."""


@dataclass(frozen=True, slots=True)
class DensityDots:
    """All dots of one topic and one size, as one path of round caps."""

    colour: int
    size: int
    """The stroke width in pixels: 3, 5, 7 or 9."""
    path: str


@dataclass(frozen=True, slots=True)
class LatticeView:
    """One drawing of the map."""

    kind: str
    """`wide` or `narrow`."""
    width: int
    height: int
    label_size: int
    cells: tuple[MapCell, ...]
    names: tuple[MapName, ...]
    dots: tuple[DensityDots, ...] = ()


@dataclass(frozen=True, slots=True)
class MapView:
    """The map: both drawings; one is hidden by the page's width."""

    drawings: tuple[LatticeView, ...]


@dataclass(frozen=True, slots=True)
class MapTopic:
    """A topic and its papers in the list that mirrors the map."""

    mark: TopicMark
    papers: tuple[TitleRow, ...]
    rest: Door | None = None
    """The hub, where the list does not name all of its papers."""


@dataclass(frozen=True, slots=True)
class MapPageView:
    """The map's own page."""

    map: MapView
    topics: tuple[MapTopic, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    title: str
    subtitle: str
    facts: str
    description: str
    map: MapView | None
    topics: tuple[ContentsRow, ...]
    newest_title: str
    newest_permalink: str
    is_listing: bool
    """Whether the newest rows are a listing, whose heading carries the word "new"."""
    newest: tuple[Row, ...]
    newest_all: Door | None
    start: tuple[TitleRow, ...]
    feeds: tuple[Door, ...]
    subscribe: tuple[Outlink, ...]
    linked_data: Markup
    newest_day: str = ""
    """The last day on which a paper entered the survey, as 2025-03-17, or empty."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a paper: its right name and its value, with a link where there is one."""

    name: str
    value: str
    url: str = ""
    """A whole URL, or empty."""
    permalink: str = ""
    """A page of the site, or empty."""


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A similar paper and why."""

    permalink: str
    title: Markup
    topic: TopicMark
    both_say: str


@dataclass(frozen=True, slots=True)
class TermLink:
    """A term and its entry in the index."""

    term: str
    permalink: str


@dataclass(frozen=True, slots=True)
class CitationView:
    """How to cite a paper; plain text to select without a script."""

    bibtex: Markup
    ris: Markup
    csl: Markup
    """This one and the one before are empty in compact surveys."""
    missing: str
    """Says what is not known, or empty."""
    reference: str
    """Formatted; empty where something is not known, or the survey names no style."""
    style: str
    """What the reference's style calls itself."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper's page."""

    id: str
    key: str
    title: Markup
    is_long_title: bool
    path: tuple[TopicMark, ...]
    """From the topmost topic to the leaf; empty where there are no topics."""
    strokes: Strokes | None
    place: str
    authors: tuple[str, ...]
    more_authors: tuple[str, ...]
    more_authors_label: str
    """Opens the authors beyond the third, where there are many."""
    dateline: tuple[str, ...]
    unknown: str
    outlinks: tuple[Outlink, ...]
    """By kind, code and model first."""
    searches: tuple[Outlink, ...]
    """Where to look for the full text; empty where a way to it is known."""
    abstract: Markup
    has_line: bool
    notes: Markup
    notes_by: str
    similar: tuple[SimilarRow, ...]
    reaches: tuple[SimilarRow, ...]
    terms: tuple[TermLink, ...]
    facts: tuple[Fact, ...]
    previous: TitleRow | None
    next: TitleRow | None
    citation: CitationView
    meta: tuple[tuple[str, str], ...]
    """Citation tags: name and content; empty where authors or year are not known."""
    linked_data: Markup
    part: tuple[Outlink, ...]
    """Links to report an error and to edit."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a topic was made."""

    coverage: str
    cohesion: str
    terms: tuple[tuple[str, float], ...]
    borderline: tuple[tuple[TitleRow, TopicMark], ...]


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Attributes that papers of a topic have in common."""

    columns: tuple[str, ...]
    rows: tuple[tuple[TitleRow, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A hub, or a further page of its papers."""

    mark: TopicMark
    heading: str
    path: tuple[TopicMark, ...]
    count: int
    strokes: Strokes
    description: str
    summary: tuple[SourcedSentence, ...]
    start: tuple[TitleRow, ...]
    children: tuple[ContentsRow, ...]
    nearby: tuple[tuple[TopicMark, str], ...]
    rows: tuple[Row, ...]
    comparison: ComparisonTable | None
    evidence: Evidence
    map: MapView | None
    take: tuple[Door, ...]
    pager: tuple[Door, ...]
    number: int
    """Of the page; only the first carries more than rows."""
    years: tuple[tuple[str, Strokes], ...] = ()
    """The topic's papers by year, oldest first, where they make a trend."""
    elsewhere: Door | None = None
    """The search for the topic's papers, where its sub-topics alone list them."""


@dataclass(frozen=True, slots=True)
class TopicsView:
    """The list of topics."""

    lead: str
    topics: tuple[ContentsRow, ...]
    map: MapView | None
    """The narrow drawing, which stands beside the list."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows below a heading, or below none."""

    heading: str
    anchor: str
    rows: tuple[Row, ...]
    titles: tuple[TitleRow, ...] = ()
    """In place of rows, where the list has no room for more."""
    topic: TopicMark | None = None
    """The topic that the heading names, if it names one."""


@dataclass(frozen=True, slots=True)
class ListView:
    """A list of papers in groups."""

    heading: str
    lead: str
    groups: tuple[Group, ...]
    jumps_label: str
    jumps: tuple[Door, ...]
    pager: tuple[Door, ...]
    topics: tuple[ContentsRow, ...] = ()
    part: tuple[Outlink, ...] = ()
    """Links to suggest a paper."""
    is_new: bool = False
    note: Markup = EMPTY
    take: tuple[Door, ...] = ()
    """What belongs to the list itself: its feeds, its calendar, its siblings."""


@dataclass(frozen=True, slots=True)
class DoorsView:
    """A page that is a short list of links, each with a few words."""

    heading: str
    lead: str
    doors: tuple[tuple[Door, str], ...]


@dataclass(frozen=True, slots=True)
class TermEntry:
    """An entry of the back-of-book index."""

    term: str
    anchor: str
    count: int
    papers: tuple[TitleRow, ...]
    rest: Door | None = None
    """The search for all papers with the term, where the entry does not name them all."""


@dataclass(frozen=True, slots=True)
class TermsView:
    """Terms A to Z."""

    letters: tuple[Door, ...]
    groups: tuple[tuple[str, str, tuple[TermEntry, ...]], ...]
    """Letter, anchor and entries."""
    pager: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """Strokes by year."""

    years: tuple[tuple[str, Strokes, str], ...]
    """Year or words, its strokes, and the permalink of its papers or empty."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the search page shows before a query."""

    terms: tuple[TermLink, ...]
    topics: tuple[ContentsRow, ...]
    syntax: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeptView:
    """The reading list, which a script fills."""

    exports: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """What this survey is and how it was made."""

    description: str
    body: Markup
    made: tuple[str, ...]
    curator: str
    curator_url: str
    licence: str
    citation: str
    """BibTeX of the survey itself, or empty."""
    citation_file: str
    """The permalink of its CITATION.cff, or empty."""
    version: str
    """Of the survey: a hash of its papers."""
    part: tuple[Outlink, ...]


@dataclass(frozen=True, slots=True)
class FreeView:
    """A page that the curator wrote."""

    heading: str
    body: Markup


@dataclass(frozen=True, slots=True)
class MissingView:
    """The page for addresses that lead nowhere."""
