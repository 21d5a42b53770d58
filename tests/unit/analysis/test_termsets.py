"""The set of terms that names a group: counted as a patient reader would count."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus.analysis.termsets import COVERED, Reach, TermSet, overlaps

PAPERS = 12


@st.composite
def uses(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Who uses which of a few terms, and the papers of one group."""
    terms = draw(st.integers(1, 6))
    row = st.lists(st.booleans(), min_size=terms, max_size=terms)
    hits = np.array(draw(st.lists(row, min_size=PAPERS, max_size=PAPERS)))
    size = draw(st.integers(1, PAPERS))
    return hits, np.arange(size)


def best_of(hits: np.ndarray, group: np.ndarray, broad: int = 99) -> TermSet:
    count = hits.shape[1]
    free = np.ones((count, count), dtype=np.bool_)
    return Reach.of(hits, group).best(np.arange(count), np.ones(count), free, broad)


@settings(deadline=None)
@given(uses())
def test_what_a_set_reaches_is_what_its_papers_say(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    hits, group = drawn
    found = best_of(hits, group)
    users = hits[:, list(found.places)].any(axis=1)
    assert found.coverage == users[group].sum() / len(group)
    assert found.precision == users[group].sum() / max(1, users.sum())


def test_a_broad_group_takes_a_fourth_term_where_three_do_not_reach_enough() -> None:
    hits = np.kron(np.eye(4, dtype=np.bool_), np.ones((3, 1), dtype=np.bool_))
    hits = np.vstack([hits, np.zeros((6, 4), dtype=np.bool_)])
    group = np.arange(18)
    assert len(best_of(hits, group).places) == 3
    assert len(best_of(hits, group, broad=12).places) == 4
    assert best_of(hits, group, broad=12).coverage >= COVERED


def test_a_phrase_overlaps_what_holds_it() -> None:
    assert overlaps(("tide",), ("spring", "tide", "gate"))
    assert not overlaps(("tide", "gate"), ("tide", "mill", "gate"))
