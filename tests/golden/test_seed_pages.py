"""The survey that this repository publishes: every paper is there, whole, in one topic."""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.building import CONTENT, SHARED
from tests.support.markup import Element, words
from tests.support.sources import abstract, front_matter, plain, same_words, shown_abstract

PAPERS = sorted((CONTENT / "papers").rglob("*.md"))
LISTING = SHARED / "seed" / "listing.txt"
TEX = re.compile(r"[\\{}$^_]|\dpm\d")


def _id(path: Path) -> str:
    return path.relative_to(CONTENT / "papers").with_suffix("").as_posix()


@pytest.fixture(scope="module")
def topics(seed_site: Path) -> list[dict[str, Any]]:
    """data/topics.json's topics."""
    read = json.loads((seed_site / "data" / "topics.json").read_text(encoding="utf-8"))
    assert read["count"] == len(read["topics"])
    return list(read["topics"])


@pytest.fixture(scope="module")
def papers(seed_site: Path) -> list[dict[str, Any]]:
    """data/papers.json's papers."""
    read = json.loads((seed_site / "data" / "papers.json").read_text(encoding="utf-8"))
    assert read["count"] == len(read["papers"])
    return list(read["papers"])


def test_every_paper_of_the_content_has_its_page(seed_pages: dict[str, Element]) -> None:
    pages = {
        page
        for page in seed_pages
        if page.startswith("papers/") and not re.fullmatch(r"papers/index(-\d+)?\.html", page)
    }

    assert len(PAPERS) == 101
    assert pages == {f"papers/{_id(path)}.html" for path in PAPERS}


def test_every_page_shows_its_whole_abstract(seed_pages: dict[str, Element]) -> None:
    torn = [
        _id(path)
        for path in PAPERS
        if not same_words(
            plain(abstract(path)), shown_abstract(seed_pages[f"papers/{_id(path)}.html"])
        )
    ]

    assert torn == []


def test_every_page_is_headed_by_its_title(seed_pages: dict[str, Element]) -> None:
    for path in PAPERS:
        page = seed_pages[f"papers/{_id(path)}.html"]
        assert same_words(plain(front_matter(path)["title"]), page.one("h1").text("math")), (
            path.name
        )


def test_every_formula_of_an_abstract_stands_on_its_page(seed_pages: dict[str, Element]) -> None:
    for path in PAPERS:
        (section,) = seed_pages[f"papers/{_id(path)}.html"].of_class("abstract")
        if "$" in abstract(path).replace("\\$", ""):
            assert list(section.all("math")), path.name


def test_every_paper_is_in_exactly_one_leaf_topic(topics: list[dict[str, Any]]) -> None:
    leaves = [topic for topic in topics if not topic["children"]]
    times = Counter(paper for topic in leaves for paper in topic["papers"])

    assert times == Counter(_id(path) for path in PAPERS)


def test_papers_and_topics_agree_on_who_is_where(
    papers: list[dict[str, Any]], topics: list[dict[str, Any]]
) -> None:
    by_topic = {p: t["id"] for t in topics if not t["children"] for p in t["papers"]}

    assert {paper["id"]: paper["topic"] for paper in papers} == by_topic


def test_a_parent_topic_holds_what_its_children_hold(topics: list[dict[str, Any]]) -> None:
    by_id = {topic["id"]: topic for topic in topics}
    for topic in topics:
        if topic["children"]:
            below = [p for child in topic["children"] for p in by_id[child]["papers"]]
            assert sorted(topic["papers"]) == sorted(below), topic["id"]


def test_every_topic_has_a_hub_that_lists_its_papers(
    topics: list[dict[str, Any]], seed_pages: dict[str, Element]
) -> None:
    for topic in topics:
        hub = seed_pages[f"topics/{topic['slug']}.html"]
        linked = {a.attributes.get("href", "") for a in hub.all("a")}
        assert {f"../papers/{paper}.html" for paper in topic["papers"]} <= linked, topic["id"]


def test_the_day_shows_the_listing_in_its_order(seed_pages: dict[str, Element]) -> None:
    day = seed_pages["days/2025-03-17.html"]
    listed = sorted(PAPERS, key=lambda path: int(front_matter(path)["position"]))
    shown = [
        a.attributes["href"]
        for a in day.one("main").all("a")
        if a.attributes.get("href", "").startswith("../papers/")
        and "index" not in a.attributes["href"]
    ]

    assert list(dict.fromkeys(shown)) == [f"../papers/{_id(path)}.html" for path in listed]


def test_the_day_of_the_listing_is_never_called_a_publication_date(
    papers: list[dict[str, Any]], seed_pages: dict[str, Element]
) -> None:
    assert {paper["listed"] for paper in papers} == {"2025-03-17"}
    assert not any(paper.get("published") for paper in papers)
    for path in PAPERS:
        page = seed_pages[f"papers/{_id(path)}.html"]
        names = [e.attributes.get("name", "") for e in page.all("meta")]
        assert "citation_publication_date" not in names
        for block in page.all("script"):
            assert "datePublished" not in block.text()


def test_pages_that_the_data_cannot_fill_are_left_out(seed_pages: dict[str, Element]) -> None:
    # The seed has no publication dates, no reading lists and no digests.
    assert "timeline.html" not in seed_pages
    assert not [page for page in seed_pages if page.startswith(("lists/", "digests/"))]


def test_the_pages_say_what_the_listing_says(seed_pages: dict[str, Element]) -> None:
    said = _said()
    by_title = {_folded(front_matter(path)["title"]): path for path in PAPERS}

    assert len(said) == 101
    for title, text in said:
        path = by_title[_nearest(title, by_title)]
        shown = shown_abstract(seed_pages[f"papers/{_id(path)}.html"])
        assert _strangers(text, shown) == [], path.name


def _said() -> list[tuple[str, str]]:
    """The listing's titles and abstracts, or the content's own where no listing lies at hand."""
    if LISTING.exists():
        return _pairs(LISTING.read_text(encoding="utf-8"))
    return [(plain(front_matter(path)["title"]), plain(abstract(path))) for path in PAPERS]


def _pairs(listing: str) -> list[tuple[str, str]]:
    """Titles and abstracts: the blocks after the header, which ends with a day."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", listing) if block.strip()]
    start = next(i for i, block in enumerate(blocks) if re.fullmatch(r"[A-Z][a-z]{2} \d+", block))
    rest = blocks[start + 1 :]
    return list(zip(rest[::2], rest[1::2], strict=True))


def _nearest(title: str, known: dict[str, Path]) -> str:
    return difflib.get_close_matches(_folded(title), known, n=1, cutoff=0.8)[0]


def _folded(text: str) -> str:
    return " ".join(words(text))


def _strangers(listed: str, shown: str) -> list[str]:
    """Words of the listing that its page lacks, away from math and TeX."""
    pieces = listed.split()
    for i, piece in enumerate(pieces):
        if TEX.search(piece):
            pieces[i] = "\0"
    there = "".join(words(shown))
    # The text between two TeX pieces must stand on the page as it is, in this order.
    missing, at = [], 0
    for run in " ".join(pieces).split("\0"):
        wanted = "".join(words(run))
        found = there.find(wanted, at)
        if found < 0:
            missing.append(run.strip())
        else:
            at = found + len(wanted)
    return missing
