"""A curator's lists: feeds with the curator's words, and a schedule where papers have a day."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus import feeds
from conspectus.feeds.calendar import _folded, calendar
from conspectus.model.papers import ListedPaper, ReadingList
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from tests.support.makers import paper, survey

SETTINGS = Settings(id="s", title="Lamps", base_url="https://example.org/x/")
PAPERS = (paper("a", "Lamps; moss, and a \\ (part 1)"), paper("b", "Fog"), paper("c", "Rain"))
EVENING = ReadingList(
    "evening",
    "First evening",
    entries=(
        ListedPaper("b", note="Long.", person="Wren & Co", date=datetime.date(2024, 6, 10)),
        ListedPaper("a", note="Line\nline", date=datetime.date(2024, 6, 3)),
        ListedPaper("c"),
    ),
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    corpus = survey(*PAPERS).corpus
    return {
        output.path: output.body
        for output in feeds.outputs(corpus, Analysis(), SETTINGS, [EVENING])
    }


def lines(body: bytes) -> list[str]:
    """The calendar's lines, unfolded."""
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_a_list_has_feeds_of_its_papers_alone(files: dict[str, bytes]) -> None:
    tree = ElementTree.fromstring(files["feeds/lists/evening.atom"])
    titles = [title.text for title in tree.iterfind("{*}entry/{*}title")]
    assert sorted(map(str, titles)) == sorted(each.title for each in PAPERS)
    found = json.loads(files["feeds/lists/evening.json"])
    assert found["home_page_url"] == "https://example.org/x/lists/evening.html"


def test_a_feed_says_who_presents_a_paper_and_when(files: dict[str, bytes]) -> None:
    items = json.loads(files["feeds/lists/evening.json"])["items"]
    [fog] = [item for item in items if item["title"] == "Fog"]
    assert fog["content_html"].startswith("<p>Wren &amp; Co · 10 June 2024</p><p>Long.</p>")


def test_a_day_that_lies_ahead_is_not_the_entry_s_own(files: dict[str, bytes]) -> None:
    items = json.loads(files["feeds/lists/evening.json"])["items"]
    assert {item["date_modified"] for item in items} == {"1970-01-01T00:00:00Z"}


def test_papers_with_a_day_are_events_in_their_order(files: dict[str, bytes]) -> None:
    found = lines(files["feeds/lists/evening.ics"])
    assert [line for line in found if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20240603",
        "DTSTART;VALUE=DATE:20240610",
    ]
    assert r"SUMMARY:Lamps\; moss\, and a \\ (part 1)" in found
    assert r"DESCRIPTION:Line\nline" in found
    assert "URL:https://example.org/x/papers/b.html" in found
    assert len({line for line in found if line.startswith("UID:")}) == 2


def test_a_list_without_days_has_no_calendar() -> None:
    undated = ReadingList("l", "L", entries=(ListedPaper("a"),))
    assert calendar(undated, {"a": PAPERS[0]}, "s", SETTINGS) == b""


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_loses_a_letter(text: str) -> None:
    pieces = list(_folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
