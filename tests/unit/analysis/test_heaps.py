"""Papers of a heap go where a name holds for them, and no name is stretched too far."""

from __future__ import annotations

import numpy as np

from conspectus.analysis import heaps

NAMED, HEAP = 0, 1
LABELS = np.array([NAMED] * 10 + [HEAP] * 4)
IS_HEAP = np.array([False, True])


def near(*likeness: float) -> np.ndarray:
    """How near the papers of the heap are to the named group; its own are all near it."""
    found = np.tile([0.6, 0.1], (len(LABELS), 1))
    found[10:] = [[one, 0.5] for one in likeness]
    return found


def using(*papers: int) -> np.ndarray:
    """Who uses a term of the named group; nobody one of the heap's."""
    found = np.zeros((len(LABELS), 2), dtype=np.bool_)
    found[list(papers), NAMED] = True
    return found


def dealt(likeness: np.ndarray, uses: np.ndarray, given: float = 2.0) -> list[int]:
    return heaps.cleared(LABELS, IS_HEAP, likeness, uses, given)[10:].tolist()


def test_a_paper_that_uses_a_groups_terms_goes_there() -> None:
    assert dealt(near(0.1, 0.1, 0.1, 0.1), using(*range(7), 11)) == [HEAP, NAMED, HEAP, HEAP]


def test_a_paper_stays_where_it_is_much_nearer_its_heap() -> None:
    assert dealt(near(0.1, 0.1, 0.1, 0.1), using(*range(7), 11), given=0.1) == [HEAP] * 4


def test_papers_that_use_no_term_join_as_long_as_the_name_reaches_enough() -> None:
    """Eight of ten use its terms: one more paper leaves 73 %, two would leave 67 %."""
    assert dealt(near(0.7, 0.9, 0.8, 0.7), using(*range(8))) == [HEAP, NAMED, HEAP, HEAP]


def test_a_paper_farther_than_all_of_a_group_does_not_join_it_unnamed() -> None:
    assert dealt(near(0.5, 0.5, 0.5, 0.5), using(*range(10))) == [HEAP] * 4


def test_a_heap_keeps_what_its_name_holds_and_little_more() -> None:
    uses = using()
    uses[[10, 12], HEAP] = True
    found = heaps.cored(LABELS, IS_HEAP, near(0.1, 0.1, 0.1, 0.1), uses)
    assert found[10:].tolist() == [HEAP, 2, HEAP, 2]
