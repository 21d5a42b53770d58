"""Topics as the analysis finds them, the curator's decisions about them, and the lock."""

from __future__ import annotations

from dataclasses import dataclass, field

Cell = tuple[int, int]
"""Column and row of a paper's cell in the lattice, from 0."""

NO_CELL: Cell = (-1, -1)
"""Where there are too few papers for a map."""


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term as the texts write it, and how much it says of a topic (0 to 1, two places)."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence lifted from a paper's abstract."""

    paper: str
    sentence: int
    """Index into `paper.abstract.sentences`."""


@dataclass(frozen=True, slots=True)
class Borderline:
    """A paper that would nearly fit another topic as well."""

    paper: str
    other: str
    """The other topic's id."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A neighbouring topic and the terms that both use."""

    topic: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A labelled cluster of papers. Leaf topics partition the papers."""

    id: str
    """Fixed at birth; also the slug of its hub."""
    label: str
    label_terms: tuple[str, ...]
    """The terms that make up the label, best first."""
    parent: str
    """The parent topic's id, or empty."""
    children: tuple[str, ...]
    slot: int
    """Colour and shape slot from 0, kept from birth (LOOK 3)."""
    papers: tuple[str, ...]
    """Ids in order; a parent's holds its descendants'."""
    terms: tuple[WeightedTerm, ...]
    """Best first."""
    representative: tuple[str, ...]
    """The most central papers, best first: where to start."""
    summary: tuple[Quote, ...]
    cohesion: float
    """0 to 1: mean cosine of its papers to their centroid, two places."""
    coverage: float
    """0 to 1: the share of its papers that any label term occurs in, two places."""
    borderline: tuple[Borderline, ...]
    nearby: tuple[Nearby, ...]
    is_mixed: bool = False
    """A heap that holds together badly: named "Mixed: a, b" and listed last."""
    description: str = ""
    """The curator's words, or empty."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper like this one, and why."""

    paper: str
    score: float
    """Cosine of the tf-idf rows, two places."""
    terms: tuple[str, ...]
    """The shared terms, by their share in the score, best first."""


@dataclass(frozen=True, slots=True)
class PaperAnalysis:
    """What the analysis says of one paper."""

    paper: str
    topic: str
    """The leaf topic's id."""
    terms: tuple[str, ...]
    """Key terms as the texts write them, best first."""
    similar: tuple[Similar, ...]
    bridges: tuple[Similar, ...]
    """Similar papers of other topmost topics."""
    cell: Cell
    """In the wide lattice."""
    narrow_cell: Cell
    """In the narrow lattice, for phones."""


@dataclass(frozen=True, slots=True)
class IndexedTerm:
    """An entry of the back-of-book index: a phrase and the papers that use it, by id."""

    term: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A topic's name on the map: the cells that it reserves."""

    topic: str
    column: int
    row: int
    width: int
    """Cells."""
    text: str = ""
    """The part of the label that fits there; empty for the whole label."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """One drawing of the map: its size in cells and the labels' places."""

    columns: int
    rows: int
    labels: tuple[MapLabel, ...]
    is_density: bool = False
    """Whether several papers may share a cell."""


@dataclass(frozen=True, slots=True)
class TopicDecision:
    """What the curator wrote about one topic."""

    topic: str
    label: str = ""
    description: str = ""
    line: int = 0
    """Where it stands in topics.yaml, from 1."""
    column: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """Topics that become one: the papers of `others` go to `topic`."""

    topic: str
    others: tuple[str, ...]
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """A topic that falls into several."""

    topic: str
    parts: int = 2
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """A paper that stands in this topic, whatever the machine finds."""

    paper: str
    topic: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """Papers that must, or must not, stand together."""

    papers: tuple[str, ...]
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Retirement:
    """A topic that ends: its papers join the others."""

    topic: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """The curator's decisions, from topics.yaml: they always win over the machine."""

    count: int | None = None
    """The number of topmost topics, or None for automatic."""
    topics: tuple[TopicDecision, ...] = ()
    banned: tuple[str, ...] = ()
    """Words that no label may use."""
    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    pins: tuple[Pin, ...] = ()
    must_links: tuple[Linked, ...] = ()
    """Papers that belong in one topic: the others follow the first."""
    cannot_links: tuple[Linked, ...] = ()
    """Papers that belong in different topics: later ones leave."""
    retired: tuple[Retirement, ...] = ()


@dataclass(frozen=True, slots=True)
class LockedTopic:
    """A topic's line in the lock."""

    id: str
    parent: str
    slot: int
    name: tuple[str, ...] = ()
    """The terms of its name, folded and in the singular, as the analysis counts them."""


@dataclass(frozen=True, slots=True)
class LockedPaper:
    """A paper's line in the lock."""

    id: str
    topic: str
    fingerprint: str
    """Of its text; where it still matches, the paper keeps its topic."""
    cell: Cell
    narrow_cell: Cell


@dataclass(frozen=True, slots=True)
class Lock:
    """Machine state that keeps topics where they are. Lines are sorted by id."""

    topics: tuple[LockedTopic, ...] = ()
    papers: tuple[LockedPaper, ...] = ()
    refreshed_at: int = 0
    """The number of papers at the last refresh."""
    asked_count: int = 0
    """The number of topics asked for at the last refresh; 0 for automatic."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """A topic slug that was once published and the topic to which it leads now."""

    slug: str
    leads_to: str
    """A topic's id; the slug itself while the topic lives; empty where it leads to the list."""
    also: tuple[str, ...] = ()
    """Where the topic was split: its further successors."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the analysis found. Papers and topics sorted by id."""

    topics: tuple[Topic, ...] = ()
    papers: tuple[PaperAnalysis, ...] = ()
    terms: tuple[IndexedTerm, ...] = ()
    """Sorted by folded term."""
    wide: Lattice | None = None
    """None where there are too few papers for a map."""
    narrow: Lattice | None = None
    lock: Lock = Lock()
    permalinks: tuple[Permalink, ...] = ()
    """Sorted by slug."""
    moved: int = field(default=0, compare=False, repr=False)
    """Papers that the old lock knew in another topic."""
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What the build should say: clustered from scratch, topics born, merged, retired."""

    def topics_by_id(self) -> dict[str, Topic]:
        """A new mapping from id to topic."""
        return {topic.id: topic for topic in self.topics}

    def papers_by_id(self) -> dict[str, PaperAnalysis]:
        """A new mapping from paper id to what was found of it."""
        return {found.paper: found for found in self.papers}

    def topmost(self) -> tuple[Topic, ...]:
        """Topics without a parent: largest first, mixed ones last, ties by id."""
        tops = (topic for topic in self.topics if not topic.parent)
        return tuple(sorted(tops, key=lambda t: (t.is_mixed, -len(t.papers), t.id)))
