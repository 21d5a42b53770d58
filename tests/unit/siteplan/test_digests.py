"""Digests on the site: pages by topic, the list of them, their feed, and the doors to them."""

from __future__ import annotations

import datetime
import json

from hypothesis import given
from hypothesis import strategies as st

from conspectus import feeds, siteplan
from conspectus.model.digests import Digest
from conspectus.model.site import Page
from conspectus.settings import Settings
from conspectus.siteplan.digests import by_topic, told
from conspectus.siteplan.views import DoorsView, Frame, HomeView, ListView
from tests.support.makers import analysis, paper, survey, topic

DAY = datetime.date(2025, 3, 17)
PAPERS = [paper(name, name.title()) for name in ("fog", "lamp", "moss", "rain", "slate")]
TOPICS = analysis(topic("stones", ["moss", "slate", "rain"]), topic("lights", ["fog", "lamp"]))


def pages(*digests: Digest) -> dict[str, Page]:
    content = survey(*PAPERS, digests=digests)
    return {page.permalink: page for page in siteplan.plan(content, TOPICS).pages}


def view(page: Page) -> ListView:
    assert isinstance(page.view, ListView)
    return page.view


def test_a_digest_shows_its_papers_by_topic_in_its_own_order() -> None:
    found = view(pages(Digest(DAY, ("slate", "fog", "moss")))["digests/2025-03-17.html"])

    groups = [(group.heading, [row.id for row in group.rows]) for group in found.groups]
    assert groups == [("stones", ["slate", "moss"]), ("lights", ["fog"])]


def test_papers_without_a_topic_come_last() -> None:
    stranger = paper("stranger")
    groups = by_topic([stranger, PAPERS[0]], TOPICS)
    assert [(each.id if each else "", len(papers)) for each, papers in groups] == [
        ("lights", 1),
        ("", 1),
    ]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(12, 100))
def test_of_many_papers_as_many_are_told_as_may_be_and_small_topics_whole(
    sizes: list[int], most: int
) -> None:
    names = [[f"p{number}-{each}" for each in range(size)] for number, size in enumerate(sizes)]
    topics = analysis(*(topic(f"t{number}", papers) for number, papers in enumerate(names)))
    found = told([paper(name) for papers in names for name in papers], topics, most)
    shown = [len(papers) for _, papers, _ in found]
    assert sum(shown) <= most
    assert sorted(len(papers) + more for _, papers, more in found) == sorted(sizes)
    assert all(len(papers) == max(shown) for _, papers, more in found if more)
    assert not any(more for *_, more in found) or sum(shown) + len(sizes) > most


def test_a_digest_of_many_papers_goes_on_on_a_second_page() -> None:
    many = [paper(f"p{number:03}") for number in range(160)]
    content = survey(*many, digests=(Digest(DAY, tuple(each.id for each in many)),))

    site = siteplan.plan(content, analysis())

    sizes = {
        page.permalink: sum(len(group.rows) for group in view(page).groups)
        for page in site.pages
        if page.permalink.startswith("digests/2025")
    }
    assert sizes == {"digests/2025-03-17.html": 150, "digests/2025-03-17-2.html": 10}


def test_the_list_of_digests_is_newest_first() -> None:
    found = pages(Digest(DAY, ("fog",)), Digest(DAY + datetime.timedelta(7), ("moss", "rain")))
    doors = found["digests/index.html"].view
    assert isinstance(doors, DoorsView)
    assert [(door.label, note) for door, note in doors.doors] == [
        ("24 March 2025", "2 papers"),
        ("17 March 2025", "1 paper"),
    ]


def test_a_digest_whose_papers_are_all_gone_keeps_its_page() -> None:
    assert view(pages(Digest(DAY, ()))["digests/2025-03-17.html"]).groups[0].rows == ()


def test_footer_and_home_lead_to_digests_only_where_there_are_some() -> None:
    for digests, expected in (((), False), ((Digest(DAY, ("fog",)),), True)):
        site = siteplan.plan(survey(*PAPERS, digests=digests), TOPICS)
        home = next(page.view for page in site.pages if page.permalink == "index.html")
        assert isinstance(site.frame, Frame)
        assert isinstance(home, HomeView)
        for doors in (site.frame.more, home.feeds):
            assert ("digests/index.html" in [door.permalink for door in doors]) is expected


def test_the_feed_of_digests_names_the_papers_by_topic() -> None:
    settings = Settings(id="s", base_url="https://example.org/x/")
    digest = Digest(DAY, ("slate", "fog"), since=datetime.date(2025, 3, 10))
    found = {
        output.path: output.body
        for output in feeds.outputs(survey(*PAPERS).corpus, TOPICS, settings, (), (digest,))
    }

    [entry] = json.loads(found["feeds/digests.json"])["items"]

    assert entry["url"] == "https://example.org/x/digests/2025-03-17.html"
    assert entry["date_modified"] == "2025-03-17T00:00:00Z"
    assert entry["content_html"] == (
        "<p>2 papers that entered this survey since 10 March 2025, by topic.</p>"
        '<h2>stones</h2><ul><li dir="auto"><a href="https://example.org/x/papers/slate.html">'
        "Slate</a></li></ul>"
        '<h2>lights</h2><ul><li dir="auto"><a href="https://example.org/x/papers/fog.html">'
        "Fog</a></li></ul>"
    )


def test_without_digests_there_is_no_feed_of_them() -> None:
    found = feeds.outputs(survey(*PAPERS).corpus, TOPICS, Settings(id="s"))
    assert not any("digests" in output.path for output in found)
