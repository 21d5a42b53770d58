"""Numbers that follow from how many papers there are."""

from __future__ import annotations

import pytest

from conspectus.analysis.clusters import automatic_count
from conspectus.analysis.growth import _around, parts_of
from conspectus.analysis.space import Shape


@pytest.mark.parametrize(
    ("papers", "topics"),
    [(0, 0), (1, 1), (7, 1), (8, 2), (12, 2), (100, 8), (1_000, 15), (10_000, 22), (100_000, 28)],
)
def test_topics_that_are_sought_without_a_wish(papers: int, topics: int) -> None:
    assert automatic_count(papers) == topics


@pytest.mark.parametrize(
    ("papers", "parts"), [(30, 2), (49, 2), (61, 3), (100, 5), (150, 8), (1_000, 12)]
)
def test_sub_topics_are_of_about_twenty_papers_and_at_most_twelve(papers: int, parts: int) -> None:
    assert parts_of(papers) == parts


@pytest.mark.parametrize(
    ("papers", "width", "neighbours"),
    [(3, 10, 0), (20, 10, 5), (40, 10, 10), (300, 17, 10), (301, 17, 15), (10_000, 70, 15)],
)
def test_the_space_grows_with_the_survey(papers: int, width: int, neighbours: int) -> None:
    assert Shape.of(papers) == Shape(width, neighbours)


@pytest.mark.parametrize(
    ("wanted", "papers", "tried"),
    [
        (2, 10, [2, 3, 4]),
        (8, 100, [6, 7, 8, 9, 10]),
        (20, 5_000, [16, 18, 20, 22, 24]),
        (20, 5_001, [18, 20, 22]),
    ],
)
def test_counts_up_to_a_fifth_away_are_tried_and_one_step_above_5_000(
    wanted: int, papers: int, tried: list[int]
) -> None:
    assert _around(wanted, papers) == tried
