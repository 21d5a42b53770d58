"""Of two groups that want the same term, the one that needs it less gives way."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import SimpleNamespace
from typing import Any

from conspectus.analysis import labels

WORDS = [
    ("reinforcement", "learning"),
    ("online", "reinforcement", "learning"),
    ("offline", "data"),
]
GENERAL, ONLINE, OFFLINE = range(3)


def parted(*wishes: dict[int, float]) -> list[tuple[int, ...]]:
    """The term of each group, which takes the best of its wishes that it is not refused."""
    groups: Any = [SimpleNamespace(without=wanting(wish)) for wish in wishes]
    return [choice.places for choice in labels._parted(groups, WORDS.__getitem__)]


def wanting(wish: dict[int, float]) -> Callable[[Collection[int]], labels.Choice]:
    def without(refused: Collection[int]) -> labels.Choice:
        free = {place: worth for place, worth in wish.items() if place not in refused}
        best = max(free, key=lambda place: free[place], default=None)
        return labels.Choice() if best is None else labels.Choice(value=free[best], places=(best,))

    return without


def test_groups_without_a_common_wish_keep_their_best_terms() -> None:
    assert parted({GENERAL: 2.0}, {OFFLINE: 1.0}) == [(GENERAL,), (OFFLINE,)]


def test_the_group_that_is_named_nearly_as_well_without_the_term_gives_way() -> None:
    assert parted({GENERAL: 2.0}, {ONLINE: 3.0, OFFLINE: 2.9}) == [(GENERAL,), (OFFLINE,)]
    assert parted({GENERAL: 2.0, OFFLINE: 1.9}, {ONLINE: 3.0}) == [(OFFLINE,), (ONLINE,)]


def test_of_equals_the_later_one_gives_way() -> None:
    wish = {GENERAL: 2.0, OFFLINE: 1.0}
    assert parted(wish, wish) == [(GENERAL,), (OFFLINE,)]


def test_a_group_may_end_without_a_name() -> None:
    assert parted({GENERAL: 2.0}, {GENERAL: 1.0}) == [(GENERAL,), ()]


def test_what_a_topic_above_is_called_is_taken_with_its_parts_and_all_that_holds_it() -> None:
    taken = labels.Taken([("reinforcement", "learning")])
    taken.add(("tide",))
    phrases = [
        ("reinforcement", "learning"), ("learning",), ("offline", "reinforcement", "learning"),
        ("spring", "tide"), ("learning", "reinforcement"), ("gull",),
    ]  # fmt: skip
    assert [taken.clashes(phrase) for phrase in phrases] == [True, True, True, True, False, False]
