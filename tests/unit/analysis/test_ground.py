from __future__ import annotations

import numpy as np
from making import harbour

from conspectus.analysis import documents, neighbours, tfidf, vocabulary
from conspectus.analysis.ground import Ground, space_of
from conspectus.analysis.uses import Uses


def ground(each: int) -> Ground:
    """Four subjects with as many papers each; no term may name anything."""
    weights = tfidf.weigh(vocabulary.build(documents.read(harbour(each))))
    none = np.zeros(0, dtype=np.int64)
    uses = Uses(weights.matrix[:, :0], none, (), none, np.zeros(0), none.astype(bool), np.zeros(0))
    return Ground(weights, uses, neighbours.find(weights).papers)


def test_a_small_group_is_sought_in_the_space_of_what_holds_it() -> None:
    whole = ground(100)
    half = whole.within(np.arange(0, 400, 2))
    some = np.arange(0, 100, 2)
    seen = half.above.rows[:50] - half.above.rows[:50].mean(axis=0)  # type: ignore[union-attr]
    assert np.allclose(space_of(half, some), seen / np.linalg.norm(seen, axis=1, keepdims=True))
    assert space_of(half, some).shape != space_of(whole, some).shape


def test_a_large_group_is_sought_in_a_space_of_its_own() -> None:
    whole, half = ground(100), np.arange(0, 400, 2)
    assert space_of(whole, half).shape[1] < space_of(whole, np.arange(400)).shape[1]
    assert not whole.within(half[:100]).above
