from __future__ import annotations

import numpy as np
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
