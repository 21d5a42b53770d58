from __future__ import annotations

import numpy as np
import pytest
from making import corpus, harbour, paper

from conspectus.analysis import analyse, documents, neighbours, tfidf, vocabulary
from conspectus.analysis.neighbours import Neighbours
from conspectus.analysis.tfidf import Weights
from conspectus.model.topics import Decisions


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


def test_steadied_papers_stand_by_the_cosines_of_the_steady_weights(weights: Weights) -> None:
    found = neighbours.steadied(neighbours.find(weights))
    cosines = np.round((weights.steady @ weights.steady.T).toarray(), 6)
    of_found = np.take_along_axis(cosines, np.maximum(found.papers, 0), axis=1)
    assert np.allclose(found.scores, np.where(found.papers >= 0, of_found, 0), atol=2e-6)
    assert (np.diff(found.scores, axis=1) <= 0).all()


def test_the_three_heaviest_features_find_most_of_the_nearest(
    weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "_LEADING", (3,))
    assert 0.5 < recalled(neighbours.find(weights), weights) < 1


def test_a_paper_is_never_near_itself(weights: Weights) -> None:
    found = neighbours.find(weights)
    assert not (found.papers == np.arange(len(found.papers))[:, None]).any()


PASSING = "In all seasons the quay of this town was left by its last crew."
TELLING = "Copper keeps barnacles away. Copper lasts. Barnacles return where copper is thin."


def said_by_both() -> set[str]:
    """What two papers share of which both speak of copper, and mention a quay."""
    pair = [paper(name, name.title(), TELLING, PASSING) for name in ("hulls", "keels")]
    others = [
        paper(
            f"other-{i}", f"Other {i}", f"Gulls{i} nest{i} on roofs{i}.", PASSING if i % 2 else ""
        )
        for i in range(12)
    ]
    found = analyse(corpus(*pair, *others), Decisions(), None)
    return {
        term
        for one in found.papers
        if one.paper == "hulls"
        for near in one.similar
        if near.paper == "keels"
        for term in near.terms
    }


def test_what_two_papers_share_are_their_subjects_not_words_in_passing() -> None:
    assert said_by_both() == {"copper", "barnacles"}
