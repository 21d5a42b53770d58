from __future__ import annotations

import numpy as np
import pytest
from making import harbour

from conspectus.analysis import documents, neighbours, tfidf, vocabulary
from conspectus.analysis.neighbours import Neighbours
from conspectus.analysis.tfidf import Weights


@pytest.fixture(scope="module")
def weights() -> Weights:
    return tfidf.weigh(vocabulary.build(documents.read(harbour(each=30))))


def by_trying_all(weights: Weights, width: int) -> np.ndarray:
    """For each paper the numbers of the `width` others of greatest cosine, ties by number."""
    cosines = np.round((weights.matrix @ weights.matrix.T).toarray(), 6)
    np.fill_diagonal(cosines, -1)
    return np.argsort(-cosines, axis=1, kind="stable")[:, :width]


def recalled(found: Neighbours, weights: Weights) -> float:
    """The share of each paper's five nearest that were found among its first five."""
    nearest = by_trying_all(weights, 5)
    scores = np.take_along_axis(found.scores, np.arange(5)[None, :], axis=1)
    cosines = np.round((weights.matrix @ weights.matrix.T).toarray(), 6)
    best = np.take_along_axis(cosines, nearest, axis=1)
    return float(np.isclose(scores, best).mean())


def test_in_a_small_survey_the_nearest_papers_are_those_of_an_exact_search(
    weights: Weights,
) -> None:
    found = neighbours.find(weights)
    width = found.papers.shape[1]
    is_found = found.scores > 0
    assert np.array_equal(found.papers[is_found], by_trying_all(weights, width)[is_found])


def test_the_three_heaviest_features_find_most_of_the_nearest(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "_LEADING", (3,))
    assert 0.5 < recalled(neighbours.find(weights), weights) < 1


def test_a_paper_is_never_near_itself(weights: Weights) -> None:
    found = neighbours.find(weights)
    assert not (found.papers == np.arange(len(found.papers))[:, None]).any()
