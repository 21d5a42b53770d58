"""A part is drawn only where its data can divide the papers (docs/design.md)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus import siteplan
from conspectus.model.papers import Link, PartialDate
from conspectus.siteplan.carried import (
    Carried,
    carried,
    compared,
    is_facet,
    is_flag,
    is_trend,
)
from tests.support.makers import analysis, paper, survey, topic

YEARS = st.lists(st.none() | st.integers(2000, 2005), max_size=60)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], False),
        ([2020], False),
        ([2020, 2020], False),
        ([2020, 2021], True),
        ([2020, 2021, *[None] * 8], True),
        ([2020, 2021, *[None] * 9], False),
        ([0, 1], True),
    ],
)
def test_a_facet_needs_two_values_and_a_fifth_of_the_papers(
    values: list[int | None], expected: bool
) -> None:
    assert is_facet(values) is expected


@pytest.mark.parametrize(
    ("yes", "no", "expected"),
    [(0, 0, False), (0, 5, False), (5, 0, False), (1, 4, True), (1, 5, False), (4, 1, True)],
)
def test_a_yes_divides_where_a_fifth_say_it_and_not_all(yes: int, no: int, expected: bool) -> None:
    assert is_flag([True] * yes + [False] * no) is expected


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([2020, 2021, 2022] * 10, True),
        ([2020, 2021, 2022] * 9 + [2020, 2021], False),
        ([2020, 2021] * 30, False),
        ([2020, 2021, None] * 30, False),
        ([2020, 2021, 2022, None] * 10, True),
    ],
)
def test_a_trend_needs_three_periods_and_thirty_papers(
    periods: list[int | None], expected: bool
) -> None:
    assert is_trend(periods) is expected


@given(YEARS, st.randoms(use_true_random=False))
def test_the_order_of_papers_decides_nothing(years: list[int | None], random: Any) -> None:
    mixed = random.sample(years, len(years))
    assert (is_facet(mixed), is_trend(mixed)) == (is_facet(years), is_trend(years))


@given(YEARS)
def test_a_trend_s_years_are_a_facet_of_the_dated_papers(years: list[int | None]) -> None:
    dated = [year for year in years if year]
    assert is_facet(dated) >= is_trend(years)


def test_a_table_needs_three_papers_that_share_two_attributes() -> None:
    both = (("method", "a"), ("size", "1"))
    two = [paper(f"p{i}", attributes=both) for i in range(2)]
    assert compared(two) == ((), ())
    assert compared([*two, paper("q", attributes=both[:1])]) == ((), ())

    rest = [paper("r", attributes=(*both, ("rare", "x"))), paper("s")]
    columns, rows = compared([*two, *rest])

    assert columns == ("method", "size")
    assert [each.id for each in rows] == ["p0", "p1", "r"]


def test_a_list_carries_what_its_papers_can() -> None:
    code = (Link("code", "https://example.org/code"),)
    papers = [
        paper("a", published=PartialDate(2020), upvotes=3, links=code),
        paper("b", published=PartialDate(2021), upvotes=3),
    ]
    assert carried(papers) == Carried(has_years=True, has_code=True, has_upvotes=False)
    assert carried([]) == Carried()


def test_rows_carry_a_year_only_where_years_divide_their_list() -> None:
    one, other = (paper(i, published=PartialDate(y)) for i, y in (("a", 2020), ("b", 2021)))
    found = analysis(topic("alone", ["a"]), topic("both", ["b", "c"]))
    site = siteplan.plan(survey(one, other, paper("c", published=PartialDate(2022))), found)
    views: dict[str, Any] = {page.permalink: page.view for page in site.pages}

    assert [row.year for row in views["topics/both.html"].rows] == ["2021", "2022"]
    assert [row.year for row in views["topics/alone.html"].rows] == [""]
    listed = [row.year for group in views["papers/index.html"].groups for row in group.rows]
    assert sorted(listed) == ["2020", "2021", "2022"]


def test_a_hub_draws_its_years_where_they_make_a_trend() -> None:
    papers = [paper(f"p{i:02}", published=PartialDate(2020 + i % 3)) for i in range(30)]
    found = analysis(topic("many", [each.id for each in papers]))
    hub: Any = next(
        page.view
        for page in siteplan.plan(survey(*papers, paper("z")), found).pages
        if page.permalink == "topics/many.html"
    )
    assert [(year, strokes.label) for year, strokes in hub.years] == [
        ("2020", "10 papers"),
        ("2021", "10 papers"),
        ("2022", "10 papers"),
    ]
