"""Topics and the old cells in; the map's lattices and every paper's cell out (LOOK 7).

A layout is computed only where no paper has a cell yet, or at a refresh. Otherwise papers keep
their cells, and a new one takes the free cell nearest to the papers that it is most like.
The labels' places follow from the cells alone, so that a build from its own lock repeats them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from conspectus.analysis import tsne
from conspectus.analysis.neighbours import Neighbours
from conspectus.analysis.space import Floats, unit
from conspectus.analysis.tree import Node
from conspectus.model.topics import Cell, Lattice, MapLabel

FEWEST = 12
"""Papers below which there is no map."""
_LANDMARKS = 300
_NEAR = 5
_AT_ONCE = 500
_WIDER = 100_000
"""Than any map, in cells."""


@dataclass(frozen=True, slots=True)
class Form:
    """One drawing of the map."""

    columns: int
    rows: int
    most: int
    """Papers up to which a cell holds one paper."""
    dense_columns: int
    dense_rows: int
    cell: float
    """Width of a cell in pixels."""
    letter: float
    """Mean width of a label's letter in pixels."""
    widest: int
    """Cells that a label may take."""
    dense_cell: float
    dense_letter: float
    dense_widest: int
    """The same three where the map shows density."""

    def dense(self) -> Form:
        """The form whose labels stand on the smaller cells of a density."""
        return replace(
            self, cell=self.dense_cell, letter=self.dense_letter, widest=self.dense_widest
        )


WIDE = Form(30, 22, 300, 100, 62, 24.0, 7.6, 15, 12.0, 10.9, 28)
NARROW = Form(14, 19, 130, 35, 62, 25.0, 7.1, 12, 10.0, 6.6, 18)
_DENSE_LABEL = 1
"""Rows above and below a label's own that its letters and its line reach into, in a density."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A lattice and, in the order of the papers, their cells."""

    lattice: Lattice
    cells: tuple[Cell, ...]


def positions(rows: Floats) -> Floats:
    """t-SNE from a PCA start; in the unit square.

    Above 300 papers it lays out as many landmarks; the others lie among their nearest.
    """
    count = len(rows)
    chosen = np.arange(count)
    if count > _LANDMARKS:
        chosen = np.unique(np.linspace(0, count - 1, _LANDMARKS).astype(np.int64))
    laid = _scaled(_laid_out(unit(rows[chosen])))
    if len(chosen) == count:
        return laid
    return _among(rows, chosen, laid)


def _laid_out(rows: Floats) -> Floats:
    if np.ptp(rows, axis=0).max(initial=0.0) < 1e-9:
        # All papers are alike: any order will do.
        return np.column_stack([np.arange(len(rows)) % 7, np.arange(len(rows)) // 7]).astype(float)
    return tsne.embed(rows, _start(rows), min(30.0, (len(rows) - 1) / 3))


def _start(rows: Floats) -> Floats:
    """The two main components, small, each with a settled sign."""
    centred = rows - rows.mean(axis=0)
    left, values, right = np.linalg.svd(centred, full_matrices=False)
    signs = np.sign(right[np.arange(len(right)), np.argmax(np.abs(right), axis=1)])
    start = (left * values * signs)[:, :2]
    if start.shape[1] < 2:
        start = np.column_stack([start, np.zeros(len(start))])
    spread = max(float(start[:, 0].std()), 1e-12)
    return np.asarray(np.round(start / spread * 1e-4, 12), dtype=np.float64)


def _scaled(points: Floats) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    return np.asarray(np.round((points - low) / np.maximum(high - low, 1e-9), 6))


def _among(
    rows: Floats, chosen: np.ndarray[tuple[int], np.dtype[np.int64]], laid: Floats
) -> Floats:
    placed = np.empty((len(rows), 2))
    for start in range(0, len(rows), 2_000):
        likeness = np.round(rows[start : start + 2_000] @ rows[chosen].T, 6)
        near = np.argpartition(-likeness, 6, axis=1)[:, :6]
        weight = np.maximum(np.take_along_axis(likeness, near, axis=1), 1e-6) ** 8
        weight /= weight.sum(axis=1, keepdims=True)
        placed[start : start + 2_000] = (laid[near] * weight[:, :, None]).sum(axis=1)
    placed[chosen] = laid
    return np.round(placed, 6)


def draw(
    form: Form,
    nodes: Sequence[Node],
    labels: Mapping[str, tuple[str, ...]],
    known: Sequence[Cell | None],
    neighbours: Neighbours,
    points: Floats | None,
) -> Drawn:
    """Give every paper a cell and every topmost topic's label its place.

    `labels` holds each topic's label terms; `points`, where given, a new layout.
    """
    count = len(known)
    is_density = count > form.most
    columns = form.dense_columns if is_density else form.columns
    lettered = form.dense() if is_density else form
    texts = {node.id: _fitting(labels[node.id], lettered) for node in nodes}
    widths = {topic: _width(text, lettered, columns) for topic, text in texts.items()}
    if is_density:
        rows = form.dense_rows
    else:
        wanted = -(-3 * (count + sum(widths.values())) // (2 * columns))
        lowest = max((cell[1] + 1 for cell in known if cell), default=0)
        rows = max(form.rows, wanted, lowest)
    size = (columns, rows)
    order = _by_size(nodes)
    if points is not None:
        spread = points * (np.array(size) - 1)
        groups = [(node.id, spread[node.papers]) for node in order]
        reserved = _places(groups, widths, size, frozenset(), is_density)
        reach = _DENSE_LABEL if is_density else 0
        cells = _spread(spread, size, _cells_of(reserved, reach), is_density)
    else:
        cells = _kept(known, neighbours, size, is_density)
    groups = [
        (node.id, np.array([cells[i] for i in node.papers.tolist()], dtype=float)) for node in order
    ]
    occupied = frozenset() if is_density else frozenset(cells)
    placed = _places(groups, widths, size, occupied, is_density)
    found = tuple(
        MapLabel(topic, column, row, widths[topic], texts[topic])
        for topic, (column, row, _) in sorted(placed.items())
    )
    return Drawn(Lattice(columns, rows, found, is_density), tuple(cells))


def _by_size(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=lambda node: (-len(node.papers), node.id))


def _fitting(terms: tuple[str, ...], form: Form) -> str:
    """As many of the terms as the widest label holds, at least one."""
    for count in range(len(terms), 1, -1):
        text = " · ".join(terms[:count])
        if _width(text, form) <= form.widest:
            return text
    return terms[0]


def _width(text: str, form: Form, most: int | None = None) -> int:
    wide = sum(_share(letter) for letter in text)
    cells = max(2, int(np.ceil(wide * form.letter / form.cell)))
    return cells if most is None else min(cells, most)


def _share(letter: str) -> float:
    """A letter's width against the mean letter's: enough to reserve whole cells."""
    if letter in "iljtfrI.,:;'·| ()[]-":
        return 0.62
    if letter in "mwMW@%—":
        return 1.5
    if letter.isupper() or letter.isdigit():
        return 1.15
    return 1.0 if ord(letter) < 0x2E80 else 1.9


Place = tuple[int, int, int]
"""Column, row and width."""


def _places(
    groups: Sequence[tuple[str, Floats]],
    widths: Mapping[str, int],
    size: Cell,
    occupied: frozenset[Cell],
    may_cover: bool,
) -> dict[str, Place]:
    """Largest topic first: the free place nearest to its median, above its 20th percentile."""
    taken = np.zeros(size, dtype=np.bool_)
    for column, row in occupied:
        taken[column, row] = True
    found: dict[str, Place] = {}
    for topic, points in groups[:22] if may_cover else groups:
        width = min(widths[topic], size[0])
        centre = float(np.median(points[:, 0]))
        top = float(np.percentile(points[:, 1], 20)) - 1
        place = _nearest_run(taken, width, centre, top)
        if place is not None:
            found[topic] = (*place, width)
            # A free cell on either side, or two names in a row would read as one.
            reach = _DENSE_LABEL if may_cover else 0
            rows = slice(max(0, place[1] - 2 * reach), place[1] + 2 * reach + 1)
            taken[max(0, place[0] - 1) : place[0] + width + 1, rows] = True
    return found


def _nearest_run(
    taken: np.ndarray[tuple[int, int], np.dtype[np.bool_]], width: int, centre: float, top: float
) -> Cell | None:
    columns, rows = taken.shape
    summed = np.zeros((columns + 1, rows), dtype=np.int64)
    np.cumsum(taken, axis=0, out=summed[1:])
    is_free = (summed[width:] - summed[:-width]) == 0
    if not is_free.any():
        return None
    starts = np.arange(columns - width + 1)[:, None]
    distance = (starts + width / 2 - 0.5 - centre) ** 2 + 2 * (np.arange(rows)[None, :] - top) ** 2
    distance = np.where(is_free, np.round(distance, 6), np.inf)
    column, row = np.unravel_index(int(np.argmin(distance)), distance.shape)
    return int(column), int(row)


def _cells_of(places: Mapping[str, Place], reach: int) -> frozenset[Cell]:
    return frozenset(
        (column + i, row + below)
        for column, row, width in places.values()
        for i in range(width)
        for below in range(reach + 1)
    )


def _spread(points: Floats, size: Cell, reserved: frozenset[Cell], is_density: bool) -> list[Cell]:
    """Free cells for all papers, by least squared distance in all."""
    free = np.array(
        [(c, r) for r in range(size[1]) for c in range(size[0]) if (c, r) not in reserved]
    )
    if is_density:
        return _rounded(points, free)
    from scipy.optimize import linear_sum_assignment

    cost = ((points[:, None, :] - free[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(np.round(cost, 4))
    return [(int(c), int(r)) for c, r in free[chosen].tolist()]


def _rounded(points: Floats, free: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> list[Cell]:
    cells = np.rint(points).astype(np.int64)
    # A cell as one number.
    allowed = np.sort(free[:, 0] * _WIDER + free[:, 1])
    wanted = cells[:, 0] * _WIDER + cells[:, 1]
    found = np.minimum(np.searchsorted(allowed, wanted), len(allowed) - 1)
    elsewhere = np.flatnonzero(allowed[found] != wanted)
    for start in range(0, len(elsewhere), _AT_ONCE):
        some = elsewhere[start : start + _AT_ONCE]
        columns, rows = (points[some, axis, None] - free[:, axis] for axis in (0, 1))
        cells[some] = free[np.argmin(np.round(columns**2 + rows**2, 6), axis=1)]
    return [(column, row) for column, row in cells.tolist()]


def _kept(
    known: Sequence[Cell | None], neighbours: Neighbours, size: Cell, is_density: bool
) -> list[Cell]:
    """Papers keep their cells; others take the free one nearest to their likes'."""
    cells: list[Cell | None] = list(known)
    used: set[Cell] = set()
    for i, cell in enumerate(cells):
        if cell is None:
            continue
        fits = cell[0] < size[0] and cell[1] < size[1] and min(cell) >= 0
        # After a merge of two branches two papers may claim one cell: the first keeps it.
        if not fits or (cell in used and not is_density):
            cells[i] = None
        else:
            used.add(cell)
    placed = dict(enumerate(cells))
    for i, cell in enumerate(cells):
        if cell is None:
            target = _target(i, cells, neighbours, size)
            placed[i] = _nearest_free(target, used if not is_density else set(), size)
            used.add(placed[i])  # type: ignore[arg-type]
    return [placed[i] for i in range(len(cells))]  # type: ignore[misc]


def _target(
    paper: int, cells: Sequence[Cell | None], neighbours: Neighbours, size: Cell
) -> tuple[float, float]:
    near = [
        (float(score), cell)
        for other, score in zip(
            neighbours.papers[paper].tolist(), neighbours.scores[paper].tolist(), strict=True
        )
        if other >= 0 and score > 0 and (cell := cells[other]) is not None
    ][:_NEAR]
    total = sum(score for score, _ in near)
    if not total:
        return size[0] / 2, size[1] / 2
    column = sum(score * cell[0] for score, cell in near) / total
    row = sum(score * cell[1] for score, cell in near) / total
    return column, row


def _nearest_free(target: tuple[float, float], used: set[Cell], size: Cell) -> Cell:
    return min(
        ((c, r) for r in range(size[1]) for c in range(size[0]) if (c, r) not in used),
        key=lambda cell: (
            round((cell[0] - target[0]) ** 2 + (cell[1] - target[1]) ** 2, 6),
            cell[1],
            cell[0],
        ),
    )
