"""The map: lattice cells in; pixels and names out (LOOK 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from conspectus.model.site import Given, Page
from conspectus.model.topics import Cell, Lattice, Topic
from conspectus.siteplan import urls
from conspectus.siteplan.lists import PAPERS_A_PAGE, sort_title
from conspectus.siteplan.lookup import Lookup, paper_key
from conspectus.siteplan.rows import title_row
from conspectus.siteplan.views import (
    DensityDots,
    Door,
    LatticeView,
    MapCell,
    MapName,
    MapPageView,
    MapTopic,
    MapView,
)

MAP_PERMALINK = "map.html"
STARTS = 3
"""Papers that the mirror names of each topic, where it cannot name all."""
CELLS_AT_MOST = 300
"""Papers up to which each has a cell of its own; above, the map shows density."""
CELL = {"wide": 24, "narrow": 25}
"""Pixels a cell, where each is one paper's."""
DENSE_CELL = {"wide": 12, "narrow": 10}
LABEL_SIZE = {"wide": 14, "narrow": 13}
DENSE_LABEL_SIZE = {"wide": 20, "narrow": 12}
"""The wide density is drawn at 1,200 pixels, and shown at two thirds of that beside the topics."""
DOT_SIZES = ((8, 9), (4, 7), (2, 5), (1, 3))
"""Papers in a cell, and the dot's size from that many on."""


def map_page(survey: Lookup) -> Iterator[Page]:
    """The map's page, where there are papers enough for a map."""
    drawn = whole_map(survey)
    if not drawn:
        return
    words = survey.words
    yield Page(
        permalink=MAP_PERMALINK,
        kind="map",
        title=words("map.title"),
        description=words("map.lead"),
        make=Given(MapPageView(map=drawn, topics=_mirror(survey))),
    )


def whole_map(survey: Lookup) -> MapView | None:
    """Both drawings of the whole survey; None where there is no map."""
    lattices = (("wide", survey.analysis.wide), ("narrow", survey.analysis.narrow))
    drawings = tuple(_drawing(kind, lattice, survey) for kind, lattice in lattices if lattice)
    return MapView(drawings) if drawings else None


def narrow_map(survey: Lookup) -> MapView | None:
    """The narrow drawing of the whole survey, for a page's side."""
    drawn = whole_map(survey)
    narrow = drawn.drawings[-1] if drawn else None
    return MapView((narrow,)) if narrow and narrow.kind == "narrow" else None


def topic_map(topic: Topic, survey: Lookup) -> MapView | None:
    """The narrow drawing with one topic's papers in colour and the others muted."""
    narrow = survey.analysis.narrow
    if not narrow or len(survey.papers) > CELLS_AT_MOST:
        return None
    return MapView((_drawing("narrow", narrow, survey, topic),))


def crowd_dots(kind: str, survey: Lookup) -> dict[Cell, tuple[int, int]]:
    """For each cell, in order, the colour of its most frequent topic and its dot's size."""
    cells: dict[Cell, Counter[int]] = {}
    for found in survey.analysis.papers:
        cell = found.cell if kind == "wide" else found.narrow_cell
        cells.setdefault(cell, Counter())[survey.marks[found.topic].colour] += 1
    return {cell: _dot(colours) for cell, colours in sorted(cells.items())}


def _drawing(
    kind: str, lattice: Lattice, survey: Lookup, about: Topic | None = None
) -> LatticeView:
    is_dense = len(survey.papers) > CELLS_AT_MOST
    size = DENSE_CELL[kind] if is_dense else CELL[kind]
    letters = DENSE_LABEL_SIZE[kind] if is_dense else LABEL_SIZE[kind]
    return LatticeView(
        kind=kind,
        width=lattice.columns * size,
        height=lattice.rows * size,
        label_size=letters,
        cells=() if is_dense else _cells(kind, size, survey, about),
        names=() if about else _names(letters, size, lattice, survey),
        dots=_dots(kind, size, survey) if is_dense else (),
    )


def _cells(kind: str, size: int, survey: Lookup, about: Topic | None) -> tuple[MapCell, ...]:
    members = frozenset(about.papers) if about else frozenset(survey.papers)
    cells = []
    for found in survey.analysis.papers:
        mark = survey.marks[found.topic]
        column, row = found.cell if kind == "wide" else found.narrow_cell
        cells.append(
            MapCell(
                permalink=urls.paper_permalink(found.paper),
                key=paper_key(found.paper),
                title=survey.papers[found.paper].title_text,
                x=column * size + size // 2,
                y=row * size + size // 2,
                colour=mark.colour,
                shape=mark.shape,
                topic=mark.id,
                is_muted=found.paper not in members,
            )
        )
    return tuple(sorted(cells, key=lambda cell: (cell.y, cell.x)))


def _names(letters: int, size: int, lattice: Lattice, survey: Lookup) -> tuple[MapName, ...]:
    return tuple(
        MapName(
            mark=survey.marks[label.topic],
            text=label.text or survey.marks[label.topic].label,
            x=label.column * size + 2,
            y=label.row * size + (size + letters) // 2 - 3,
            length=label.width * size - 4,
        )
        for label in lattice.labels
    )


def _dots(kind: str, size: int, survey: Lookup) -> tuple[DensityDots, ...]:
    """One path for each colour and dot size; a cell shows its most frequent topic's colour."""
    paths: dict[tuple[int, int], list[str]] = {}
    for (column, row), (colour, dot) in crowd_dots(kind, survey).items():
        place = f"M{column * size + size // 2} {row * size + size // 2}h0"
        paths.setdefault((colour, dot), []).append(place)
    return tuple(
        DensityDots(colour, dot, "".join(places)) for (colour, dot), places in sorted(paths.items())
    )


def _dot(colours: Counter[int]) -> tuple[int, int]:
    total = sum(colours.values())
    colour = min(colours, key=lambda colour: (-colours[colour], colour))
    return colour, next(dot for least, dot in DOT_SIZES if total >= least)


def _mirror(survey: Lookup) -> tuple[MapTopic, ...]:
    """The same as a list: topics, and their papers by title where a page can hold them all.

    Above that each topic names the papers of its hub to start with, and the hub has the others.
    """
    is_whole = len(survey.papers) <= PAPERS_A_PAGE
    return tuple(
        MapTopic(
            mark=survey.marks[topic.id],
            papers=tuple(
                title_row(paper, survey)
                for paper in sorted(
                    (
                        survey.papers[p]
                        for p in (topic.papers if is_whole else topic.representative[:STARTS])
                    ),
                    key=sort_title,
                )
            ),
            rest=None
            if is_whole
            else Door(
                survey.words("home.all_papers", n=len(topic.papers)), urls.topic_permalink(topic.id)
            ),
        )
        for topic in survey.analysis.topmost()
    )
