"""The map: papers lie near their likes, each in a cell of its own, and stay there."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from conspectus.analysis import layout
from conspectus.analysis.layout import WIDE, Form, draw
from conspectus.analysis.neighbours import Neighbours
from conspectus.analysis.space import Floats, unit
from conspectus.analysis.tree import Node
from conspectus.model.topics import Cell

SMALL = Form(6, 4, 50, 12, 8, 24.0, 7.6, 5, 12.0, 10.9, 9)


def alike(*near: tuple[int, ...]) -> Neighbours:
    """Papers that are equally like each of these."""
    width = max(map(len, near))
    papers = np.array([[*row, *[-1] * (width - len(row))] for row in near])
    scores = np.where(papers >= 0, 0.5, 0.0)
    return Neighbours(papers, scores, scores, frozenset())


def placed(known: list[Cell | None], near: Neighbours, form: Form = SMALL) -> list[Cell]:
    nodes = [Node(np.arange(len(known)), "kites", 0)]
    return list(draw(form, nodes, {"kites": ("kites",)}, known, near, None).cells)


def test_cells_are_dealt_with_the_least_squared_distance_in_all() -> None:
    points = np.random.default_rng(3).random((4, 2)) * (2, 1)
    free = [(c, r) for r in range(2) for c in range(3)]
    cells = layout._spread(points, (3, 2), frozenset(), False)

    def cost(chosen: tuple[Cell, ...] | list[Cell]) -> float:
        return float(((points - np.array(chosen)) ** 2).sum())

    assert cost(cells) == min(map(cost, permutations(free, 4)))


def test_no_paper_is_dealt_a_reserved_cell() -> None:
    points = np.zeros((3, 2))
    for is_density in (False, True):
        cells = layout._spread(points, (2, 2), frozenset({(0, 0)}), is_density)
        assert (0, 0) not in cells


def rows(count: int) -> Floats:
    return unit(np.random.default_rng(5).normal(size=(count, 8)))


def test_in_a_large_survey_a_paper_lies_among_the_landmarks_that_are_most_like_it() -> None:
    given = rows(330)
    chosen = np.arange(0, 330, 11)
    laid = np.random.default_rng(6).random((len(chosen), 2))
    found = layout._among(given, chosen, laid)
    likeness = given @ given[chosen].T
    near = np.argsort(-likeness, axis=1)[:, :6]
    for i in sorted(set(range(330)) - set(chosen.tolist())):
        weight = np.maximum(likeness[i, near[i]], 1e-6) ** 8
        expected = (laid[near[i]] * weight[:, None]).sum(axis=0) / weight.sum()
        assert np.allclose(found[i], expected, atol=1e-4)
    assert np.allclose(found[chosen], laid, atol=1e-6)


@pytest.mark.parametrize("count", [20, 340])
def test_positions_fill_the_unit_square_and_repeat(count: int) -> None:
    points = layout.positions(rows(count))
    assert points.shape == (count, 2)
    assert np.array_equal(points, layout.positions(rows(count)))
    assert points.min() == 0
    assert points.max() == 1


def test_papers_that_are_all_alike_lie_apart() -> None:
    points = layout.positions(np.ones((12, 4)) / 2)
    assert len({tuple(point) for point in points.tolist()}) == 12


def test_a_known_paper_keeps_its_cell_and_a_new_one_takes_the_nearest_free_to_its_likes() -> None:
    cells = placed([(1, 1), (3, 1), None], alike((), (), (0, 1)))
    assert cells == [(1, 1), (3, 1), (2, 1)]
    cells = placed([(1, 1), (2, 1), (3, 1), None], alike((), (), (), (0, 2)))
    assert cells[:3] == [(1, 1), (2, 1), (3, 1)]
    assert cells[3] == (2, 0)


def test_a_paper_that_is_like_nobody_goes_to_the_middle() -> None:
    assert placed([(0, 0), None], alike((), ())) == [(0, 0), (3, 2)]


def test_cells_outside_of_the_map_or_taken_twice_are_given_anew() -> None:
    cells = placed([(1, 1), (1, 1), (99, 0), (-1, -1)], alike((), (0,), (0,), (0,)))
    assert cells[0] == (1, 1)
    assert len(set(cells)) == 4
    assert all(0 <= column < 6 and row >= 0 for column, row in cells)


def test_where_cells_are_shared_a_new_paper_may_join_its_like() -> None:
    dense = Form(6, 4, 1, 12, 8, 24.0, 7.6, 5, 12.0, 10.9, 9)
    assert placed([(4, 4), (4, 4), None], alike((), (), (0,)), dense)[2] == (4, 4)


def test_the_map_grows_downwards_to_hold_its_papers_their_names_and_their_cells() -> None:
    def rows_of(known: list[Cell | None]) -> int:
        nodes = [Node(np.arange(len(known)), "kites", 0)]
        near = alike(*[()] * (len(known) - 1), (0,))
        return draw(SMALL, nodes, {"kites": ("kites",)}, known, near, None).lattice.rows

    assert rows_of([(0, 0)]) == 4
    assert rows_of([(0, 8), (1, 0)]) == 9
    assert rows_of([(i % 6, i // 6) for i in range(22)]) == 6  # 1.5 times 22 papers and a name


def labels_of(points: Floats, sizes: list[int], terms: tuple[str, ...] = ("kites",)) -> list[Cell]:
    ends = np.cumsum([0, *sizes])
    names = [f"t{n}" for n in range(len(sizes))]
    nodes = [
        Node(np.arange(a, b), name, n)
        for n, (name, a, b) in enumerate(zip(names, ends[:-1], ends[1:], strict=True))
    ]
    unlike = np.zeros((len(points), 1))
    near = Neighbours(np.full((len(points), 1), -1), unlike, unlike, frozenset())
    named = dict.fromkeys(names, terms)
    drawn = draw(WIDE, nodes, named, [None] * len(points), near, points).lattice
    return [(label.column, label.row) for label in drawn.labels]


def test_a_name_stands_above_its_own_papers() -> None:
    chance = np.random.default_rng(2)
    left, right = chance.random((30, 2)) * 0.2, chance.random((30, 2)) * 0.2 + (0.7, 0.7)
    (near, top), (far, low) = labels_of(np.vstack([left, right]), [30, 30])
    assert near < 10 < far
    assert top < 8 < low


@pytest.mark.parametrize(
    ("terms", "count"),
    [
        (("kites", "winches", "sails"), 3),
        (("m" * 25, "winches", "sails"), 2),
        (("k" * 80, "sails"), 1),
    ],
)
def test_a_name_holds_as_many_terms_as_fit(terms: tuple[str, ...], count: int) -> None:
    assert layout._fitting(terms, WIDE) == " · ".join(terms[:count])


def test_wide_letters_take_more_room_than_narrow_ones() -> None:
    form = Form(6, 4, 50, 12, 8, 10.0, 10.0, 99, 12.0, 10.9, 9)
    assert [layout._width(text * 10, form) for text in "iaAm漢"] == [7, 10, 12, 15, 19]
    assert layout._width("漢" * 10, form, 12) == 12
    assert layout._width("", form) == 2
