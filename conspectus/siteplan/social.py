"""Social cards: what each one shows, computed to the pixel (LOOK 1).

The home has one, and so has each topic, of large surveys each topmost one; a paper's page is shown
with its topic's. They are named by full addresses only, so a survey without a base URL has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median_low

from conspectus.model.site import CardMark, SocialCard
from conspectus.model.topics import Cell, Lattice, Topic
from conspectus.settings.sizes import Size
from conspectus.siteplan.home import facts_sentence
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.maps import CELLS_AT_MOST, crowd_dots
from conspectus.siteplan.strokes import stroke_lefts
from conspectus.siteplan.views import PaperView, TopicMark, TopicView

WIDTH, HEIGHT = 1200, 630
LATTICE_LEFT = 792
"""From here to the right edge stands the lattice; text keeps to the left of it."""
CELL, SHAPE = 34, 15
"""Pixels of a cell that is one paper's, and of the shape in it."""
DENSE_CELL = 12
HOME_CARD = "cards/index.png"


@dataclass(frozen=True, slots=True)
class _Ground:
    """The lattice that all cards show a part of: the narrow one, which is as upright as its place.

    The wide one where there is no narrow one.
    """

    kind: str
    lattice: Lattice | None
    dots: Mapping[Cell, tuple[int, int]] | None
    """Colour and size of each cell's dot; None where each paper has a cell."""

    @classmethod
    def of(cls, survey: Lookup) -> _Ground:
        kind = "narrow" if survey.analysis.narrow else "wide"
        is_dense = len(survey.papers) > CELLS_AT_MOST
        lattice = survey.analysis.narrow or survey.analysis.wide
        return cls(kind, lattice, crowd_dots(kind, survey) if is_dense and lattice else None)


def social_cards(survey: Lookup) -> tuple[SocialCard, ...]:
    """The home's card and its topics', by permalink."""
    if not survey.settings.base_url:
        return ()
    found, ground = survey.analysis, _Ground.of(survey)
    topics = found.topics if survey.size.has_cards_of_all_topics else found.topmost()
    cards = (_home(survey, ground), *(_topic(topic, survey, ground) for topic in topics))
    return tuple(sorted(cards, key=lambda card: card.permalink))


def card_of(view: object, size: Size) -> str:
    """The permalink of the card that the page with this view is shown with."""
    path: tuple[TopicMark, ...] = ()
    if isinstance(view, TopicView):
        path = (*view.path, view.mark)
    elif isinstance(view, PaperView):
        path = view.path
    return _permalink(path[-1 if size.has_cards_of_all_topics else 0].id) if path else HOME_CARD


def _permalink(topic: str) -> str:
    return f"cards/topics/{topic}.png"


def _home(survey: Lookup, ground: _Ground) -> SocialCard:
    settings = survey.settings
    return SocialCard(
        permalink=HOME_CARD,
        above=settings.subtitle,
        heading=settings.title,
        colour=0,
        below=facts_sentence(survey),
        strokes=(),
        marks=_marks(survey, ground),
    )


def _topic(topic: Topic, survey: Lookup, ground: _Ground) -> SocialCard:
    count = len(topic.papers)
    return SocialCard(
        permalink=_permalink(topic.id),
        above=survey.settings.title,
        heading=topic.label,
        colour=survey.marks[topic.id].colour,
        below=survey.words("papers.count", n=count),
        strokes=stroke_lefts(count),
        marks=_marks(survey, ground, topic),
    )


def _marks(survey: Lookup, ground: _Ground, topic: Topic | None = None) -> tuple[CardMark, ...]:
    """The part of the lattice in which a topic's papers stand; without one, its middle."""
    kind, lattice, dots = ground.kind, ground.lattice, ground.dots
    if not lattice:
        return ()
    middle = _middle(kind, survey, topic) if topic else (lattice.columns // 2, lattice.rows // 2)
    window = _Window(lattice, CELL if dots is None else DENSE_CELL, middle)
    if dots is None:
        return tuple(window.placed(_shapes(kind, survey, topic)))
    return tuple(window.placed(_dots(kind, dots, survey, topic)))


def _middle(kind: str, survey: Lookup, topic: Topic) -> Cell:
    """The cell around which a topic's papers stand."""
    cells = [_cell(kind, survey, paper) for paper in topic.papers]
    return median_low(cell[0] for cell in cells), median_low(cell[1] for cell in cells)


def _cell(kind: str, survey: Lookup, paper: str) -> Cell:
    found = survey.found[paper]
    return found.cell if kind == "wide" else found.narrow_cell


def _shapes(kind: str, survey: Lookup, topic: Topic | None) -> Iterator[tuple[Cell, CardMark]]:
    """Each paper's shape; in colour where it belongs to the topic."""
    members = frozenset(topic.papers if topic else survey.papers)
    for found in survey.analysis.papers:
        mark = survey.marks[found.topic]
        colour = mark.colour if found.paper in members else 0
        yield _cell(kind, survey, found.paper), CardMark(0, 0, colour, mark.shape, SHAPE)


def _dots(
    kind: str, dots: Mapping[Cell, tuple[int, int]], survey: Lookup, topic: Topic | None
) -> Iterator[tuple[Cell, CardMark]]:
    """Each cell's dot; in colour where a paper of the topic stands there."""
    own = {_cell(kind, survey, paper) for paper in topic.papers} if topic else None
    for cell, (colour, size) in dots.items():
        if topic and own is not None:
            colour = survey.marks[topic.id].colour if cell in own else 0
        yield cell, CardMark(0, 0, colour, 0, size)


class _Window:
    """The cells of a lattice that fit at the card's right edge, around a middle one."""

    def __init__(self, lattice: Lattice, cell: int, middle: Cell) -> None:
        self._cell = cell
        self._columns, self._left = _fitted(WIDTH - LATTICE_LEFT, cell, lattice.columns, middle[0])
        self._rows, self._top = _fitted(HEIGHT, cell, lattice.rows, middle[1])

    def placed(self, marks: Iterable[tuple[Cell, CardMark]]) -> Iterator[CardMark]:
        """The marks that stand in the window, at their pixels; row by row."""
        right = WIDTH - self._columns * self._cell
        top = (HEIGHT - self._rows * self._cell) // 2
        for (column, row), mark in sorted(marks, key=lambda each: (each[0][1], each[0][0])):
            across, down = column - self._left, row - self._top
            if 0 <= across < self._columns and 0 <= down < self._rows:
                yield CardMark(
                    right + across * self._cell + self._cell // 2,
                    top + down * self._cell + self._cell // 2,
                    mark.colour,
                    mark.shape,
                    mark.size,
                )


def _fitted(pixels: int, cell: int, cells: int, middle: int) -> tuple[int, int]:
    """How many cells are shown, and the first of them."""
    shown = min(pixels // cell, cells)
    return shown, max(0, min(middle - shown // 2, cells - shown))
