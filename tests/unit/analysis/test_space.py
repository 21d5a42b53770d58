from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
from making import harbour
from scipy.sparse import csr_matrix, vstack

from conspectus.analysis import documents, space, tfidf, tsne, vocabulary


def weights(each: int) -> csr_matrix:
    return tfidf.weigh(vocabulary.build(documents.read(harbour(each)))).matrix


def test_the_space_holds_nearly_all_that_the_main_components_can() -> None:
    matrix = weights(30)
    width = space.Shape.of(matrix.shape[0]).width
    squares = np.linalg.eigvalsh((matrix @ matrix.T).toarray())[-width:]
    rows = space._reduced(matrix, width)
    assert rows.shape[1] == width
    assert (rows**2).sum() > 0.98 * squares.sum()


def test_papers_that_repeat_each_other_span_what_they_can() -> None:
    few = weights(2)
    rows = space._reduced(vstack([few] * 20).tocsr(), 10)
    assert rows.shape[1] <= few.shape[0]
    assert np.allclose(rows @ rows.T, np.tile((few @ few.T).toarray(), (20, 20)), atol=1e-4)


def test_a_paper_that_only_others_find_near_is_drawn_to_them_too() -> None:
    rows = np.eye(8)
    alike = np.full((8, 2), -1)
    alike[0, 0] = 7
    with patch.object(space, "nearest", lambda rows, count: np.full((len(rows), count), -1)):
        drawn = space.smooth(rows, alike)
    assert drawn[0] @ drawn[7] > 0.2
    assert np.allclose(drawn[0, 0], drawn[7, 7])
    assert np.array_equal(drawn[1:7], rows[1:7])


def test_points_of_one_heap_lie_together_in_the_plane() -> None:
    chance = np.random.RandomState(0)
    heaps = np.repeat(np.eye(3), 20, axis=0) + chance.normal(scale=0.01, size=(60, 3))
    points = tsne.embed(heaps, chance.normal(scale=1e-4, size=(60, 2)), perplexity=10)
    centres = points.reshape(3, 20, 2).mean(axis=1)
    nearest = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert np.array_equal(nearest, np.repeat(np.arange(3), 20))


def test_rows_that_are_all_alike_are_laid_out_without_a_warning() -> None:
    start = np.column_stack([np.linspace(0, 1e-4, 12), np.zeros(12)])
    assert np.isfinite(tsne.embed(np.ones((12, 3)), start, perplexity=3)).all()


def by_trying_all(rows: np.ndarray, count: int) -> np.ndarray:
    cosines = np.round(rows @ rows.T, 6)
    np.fill_diagonal(cosines, -2)
    return np.argsort(-cosines, axis=1, kind="stable")[:, :count]


def test_the_nearest_rows_are_those_of_trying_all_with_ties_by_number() -> None:
    rows = space.unit(np.random.RandomState(1).normal(size=(70, 4)))
    rows[40:50] = rows[3]
    assert np.array_equal(space.nearest(rows, 5), by_trying_all(rows, 5))


def test_where_there_are_fewer_rows_than_are_asked_for_the_rest_is_minus_one() -> None:
    rows = np.eye(3)
    assert space.nearest(rows, 4).tolist() == [[1, 2, -1, -1], [0, 2, -1, -1], [0, 1, -1, -1]]


def test_rows_that_are_sought_among_near_cells_are_nearly_all_of_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = np.random.RandomState(2)
    centres = chance.normal(size=(20, 6))
    rows = space.unit(centres.repeat(20, axis=0) + chance.normal(scale=0.2, size=(400, 6)))
    exact = by_trying_all(rows, 5)
    monkeypatch.setattr(space, "_EXACT", 100)
    assert np.array_equal(space.nearest(rows, 5), exact)
    monkeypatch.setattr(space, "_PROBED", 4)
    found = space.nearest(rows, 5)
    assert 0.9 < np.mean([len(set(a) & set(b)) / 5 for a, b in zip(found, exact, strict=True)]) <= 1
