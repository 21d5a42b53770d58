"""A survey of 43 invented papers with every field: the parts that such data can carry are drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import pages_of
from tests.support.markup import Element


@pytest.fixture(scope="module")
def pages(bottles_site: Path) -> dict[str, Element]:
    return pages_of(bottles_site)


@pytest.fixture(scope="module")
def hub(bottles_site: Path, pages: dict[str, Element]) -> Element:
    """The page of the largest topic."""
    topics = json.loads((bottles_site / "data/topics.json").read_bytes())["topics"]
    largest = max(topics, key=lambda topic: len(topic["papers"]))
    assert len(largest["papers"]) >= 30
    return pages[largest["permalink"]]


def headings(root: Element) -> list[str]:
    return [heading.text() for heading in root.all("h2")]


def test_a_topic_of_thirty_dated_papers_shows_its_trend(hub: Element) -> None:
    text = hub.one("main").text()
    assert all(str(year) in text for year in range(2018, 2025))


def test_papers_with_the_same_attributes_are_compared(hub: Element) -> None:
    table = next(hub.all("table"))
    assert [cell.text() for cell in list(table.all("th"))[:4]] == [
        "Paper", "bottles", "weeks", "recovered",
    ]  # fmt: skip
    assert "71 of 90" in table.text()


def test_the_timeline_has_every_year(pages: dict[str, Element]) -> None:
    text = pages["timeline.html"].one("main").text()
    assert all(str(year) in text for year in range(2018, 2025))


def test_a_dated_list_is_a_calendar(bottles_site: Path, pages: dict[str, Element]) -> None:
    calendar = (bottles_site / "feeds/lists/winter-evenings.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 4
    assert "DTSTART;VALUE=DATE:20241104" in calendar
    hrefs = [a.attributes.get("href") for a in pages["lists/winter-evenings.html"].all("a")]
    assert "../feeds/lists/winter-evenings.ics" in hrefs


@pytest.mark.parametrize(
    "paper", ["bareed-alzujajat", "doar-bakbukim", "ping-zhong-xin", "kumo-wo-atsumeru"]
)
def test_titles_and_abstracts_of_any_script_find_their_own_direction(
    paper: str, pages: dict[str, Element]
) -> None:
    page = pages[f"papers/{paper}.html"]
    assert page.one("h1").attributes.get("dir") == "auto"
    assert [e for e in page.all("div") if e.attributes.get("dir") == "auto"]


def test_of_fifteen_authors_three_are_in_view_and_the_others_open(
    pages: dict[str, Element],
) -> None:
    page = pages["papers/fifteen-villages.html"]
    opener = next(e for e in page.all("details") if "and 12 more" in e.text())
    assert "Beatrix Cuttle" in opener.text()
    assert "Ottoline Brackwater" not in opener.text()


def test_every_citable_paper_has_a_reference_and_coins(pages: dict[str, Element]) -> None:
    papers = [
        page for permalink, page in pages.items()
        if permalink.startswith("papers/") and "index" not in permalink
    ]  # fmt: skip
    references = [
        [e for e in page.all("p") if "is-reference" in e.attributes.get("class", "")]
        for page in papers
    ]
    assert [len(found) for found in references] == [1] * 43


def test_lists_offer_years_code_and_upvotes_only_where_they_divide(hub: Element) -> None:
    rows = [e for e in hub.all("li") if "data-paper" in e.attributes]
    assert sum("data-year" in row.attributes for row in rows) == len(rows)
    assert any("data-upvotes" in row.attributes for row in rows)
    assert 0 < sum("data-code" in row.attributes for row in rows) < len(rows)
