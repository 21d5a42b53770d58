"""What a term weighs by how many papers use it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from conspectus.analysis.tfidf import rarity

PAPERS = 10_000


def test_the_rarer_of_two_terms_never_weighs_less() -> None:
    assert (np.diff(rarity(np.arange(1, PAPERS), PAPERS)) <= 0).all()


def test_one_paper_more_leaves_the_weight_of_nearly_every_common_term_as_it_was() -> None:
    frequency = np.arange(10, PAPERS // 2)
    changed = rarity(frequency, PAPERS) != rarity(frequency + 1, PAPERS + 1)
    assert changed.sum() < 25


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_weights_stay_near_the_smoothed_idf(papers: int, frequency: int) -> None:
    used = min(frequency, papers)
    smoothed = np.log((1 + papers) / (1 + used)) + 1
    assert abs(rarity(np.array([used]), papers)[0] - smoothed) < 0.36
