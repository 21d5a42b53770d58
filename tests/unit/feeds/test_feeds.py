"""Feeds: valid by a parser and by their rules; ids and dates that change by no build."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from conspectus import feeds
from conspectus.feeds.entries import Feed
from conspectus.model.papers import Author, Paper
from conspectus.settings import Curator, Settings
from tests.support.makers import analysis, paper, survey, topic

ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = Settings(
    id="garden",
    title="Roses & violets",
    curator=Curator("Rosa", "https://rosa.example"),
    base_url="https://survey.example/",
)
HOSTED = ("https://survey.example/papers/a.html", "https://survey.example/papers/b.html")


def listed(id: str, day: int, **fields: Any) -> Paper:  # noqa: A002
    return paper(id, listed=datetime.date(2025, 3, day), **fields)


A = listed("a", 17, position=2, abstract="We propose $x^2$ roses. <b>So.</b>")
B = listed("b", 18, title="Roses & <i>thorns</i>", authors=(Author("Gärtner", "Rosa"),))


def files(*papers: Paper, settings: Settings = SETTINGS) -> dict[str, bytes]:
    members = papers or (A, B)
    found = analysis(topic("roses", sorted(each.id for each in members)))
    corpus = survey(*members).corpus
    return {output.path: output.body for output in feeds.outputs(corpus, found, settings)}


def parsed(name: str = "feeds/all.atom", *papers: Paper, settings: Settings = SETTINGS) -> Any:
    result = feedparser.parse(files(*papers, settings=settings)[name])
    assert not result.bozo
    return result


def json_items(*papers: Paper, settings: Settings = SETTINGS) -> list[dict[str, Any]]:
    return list(json.loads(files(*papers, settings=settings)["feeds/all.json"])["items"])


def test_there_is_a_feed_of_all_and_of_every_topic_in_both_formats() -> None:
    assert set(files()) == {
        "feeds/all.atom", "feeds/all.json", "feeds/topics/roses.atom", "feeds/topics/roses.json",
    }  # fmt: skip


def test_entries_come_newest_first_then_in_the_listing_s_order() -> None:
    papers = (
        listed("c", 18, position=2),
        listed("d", 18, position=1),
        listed("e", 19),
        paper("f"),
        paper("g", added=datetime.date(2025, 3, 20), listed=datetime.date(2020, 1, 1)),
    )
    titles = [item["url"].rpartition("/")[2] for item in json_items(*papers)]
    assert titles == ["g.html", "e.html", "d.html", "c.html", "f.html"]


def test_only_the_newest_fifty_are_told() -> None:
    papers = [paper(f"p{number:03}", listed=datetime.date(2025, 1, 1)) for number in range(60)]
    assert len(json_items(*papers)) == len(parsed("feeds/all.atom", *papers).entries) == 50


def test_ids_are_made_of_survey_and_paper_alone() -> None:
    moved = Settings(id="garden", title="Moved", base_url="https://elsewhere.example/x/")
    ids = [item["id"] for item in json_items()]
    assert ids == [item["id"] for item in json_items(settings=moved)]
    assert ids != [item["id"] for item in json_items(settings=Settings(id="other"))]
    assert all(uuid.UUID(each).version == 5 for each in ids)


def test_an_entry_has_the_same_id_in_every_feed() -> None:
    written = files()
    entries = feedparser.parse(written["feeds/topics/roses.atom"]).entries
    assert [entry.id for entry in entries] == [item["id"] for item in json_items()]


def test_no_two_feeds_or_entries_share_an_id() -> None:
    written = files()
    ids = [
        element.text
        for name in ("feeds/all.atom", "feeds/topics/roses.atom")
        for element in ElementTree.fromstring(written[name]).findall(f"{ATOM}id")
    ]
    assert len({*ids, *(item["id"] for item in json_items())}) == 4


def test_the_day_of_entry_is_no_date_of_publication() -> None:
    assert b"published" not in b"".join(files().values())
    assert [entry.updated for entry in parsed().entries] == [
        "2025-03-18T00:00:00Z",
        "2025-03-17T00:00:00Z",
    ]


def test_a_feed_is_as_old_as_its_newest_entry() -> None:
    assert parsed().feed.updated == "2025-03-18T00:00:00Z"


def test_papers_without_a_day_never_take_that_of_the_build() -> None:
    result = parsed("feeds/all.atom", paper("a"))
    assert result.feed.updated == result.entries[0].updated == "1970-01-01T00:00:00Z"


def test_links_are_absolute_where_the_survey_has_an_address() -> None:
    assert sorted(entry.link for entry in parsed().entries) == [*HOSTED]
    own = [link.href for link in parsed().feed.links if link.rel == "self"]
    assert own == ["https://survey.example/feeds/all.atom"]


def test_links_are_relative_to_the_feed_where_it_has_none() -> None:
    written = files(settings=Settings(id="garden"))
    hrefs = re.findall(rb'href="([^"]*)"', written["feeds/topics/roses.atom"])
    assert hrefs == [b"../../topics/roses.html", b"../../papers/b.html", b"../../papers/a.html"]
    document = json.loads(written["feeds/topics/roses.json"])
    assert document["home_page_url"] == "../../topics/roses.html"
    assert "feed_url" not in document


def test_the_abstract_is_content_that_stands_alone() -> None:
    content = json_items(A)[0]["content_html"]
    assert content == (
        '<p dir="auto">We propose <math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math> '
        "roses. &lt;b&gt;So.&lt;/b&gt;</p>"
    )
    assert parsed("feeds/all.atom", A).entries[0].content[0].type == "text/html"


def test_a_title_is_text_whatever_it_holds() -> None:
    (entry,) = parsed("feeds/all.atom", B).entries
    element = ElementTree.fromstring(files(B)["feeds/all.atom"]).find(f"{ATOM}entry/{ATOM}title")
    assert element is not None
    assert element.text == "Roses & <i>thorns</i>"
    assert entry.authors[0].name == "Rosa Gärtner"


def test_a_feed_has_an_author_since_entries_may_have_none() -> None:
    assert parsed().feed.author_detail.name == "Rosa"
    assert parsed(settings=Settings(title="Nobody's")).feed.author_detail.name == "Nobody's"


def test_atom_has_what_its_rules_require_exactly_once() -> None:
    tree = ElementTree.fromstring(files()["feeds/all.atom"])
    for parent in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(ATOM + name)) == 1
        alternates = [
            link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "alternate"
        ]
        assert len(alternates) == 1


def test_json_has_what_its_rules_require() -> None:
    document = json.loads(files()["feeds/all.json"])
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(document["title"], str)
    for item in document["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_html"], str)


@pytest.mark.parametrize("odd", ["\x00\x1b[31m", "\ufffe", "]]>", "&amp;", "\u202e"])
def test_odd_characters_keep_feeds_readable(odd: str) -> None:
    odd_paper = paper("a", title=f"Odd {odd} x", abstract=f"Odd {odd} y", url=f"https://a.b/{odd}")
    parsed("feeds/all.atom", odd_paper)
    assert json_items(odd_paper)


def test_an_empty_survey_has_a_feed_to_follow() -> None:
    corpus = survey().corpus
    written = {o.path: o.body for o in feeds.outputs(corpus, analysis(), SETTINGS)}
    assert not feedparser.parse(written["feeds/all.atom"]).bozo
    assert json.loads(written["feeds/all.json"])["items"] == []


def test_a_topic_s_feed_leads_to_its_hub() -> None:
    result = parsed("feeds/topics/roses.atom")
    assert result.feed.title == "roses · Roses & violets"
    assert result.feed.link == "https://survey.example/topics/roses.html"


def test_a_feed_s_links_know_their_own_depth() -> None:
    feed = Feed("feeds/topics/x", "", "", "", "index.html", Settings(), ())
    assert feed.link("papers/2023/a.html") == "../../papers/2023/a.html"
