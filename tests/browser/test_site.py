"""The site in a real browser: every page kind, from a server and from a disk, with and without
JavaScript, in both themes, on a phone and on a screen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageMaker
from tests.support.serving import served

SEED_KINDS = {
    "home": "index.html",
    "paper": "papers/[!i]*.html",
    "papers": "papers/index.html",
    "topics": "topics/index.html",
    "hub": "topics/[!i]*.html",
    "day": "days/*-*.html",
    "terms": "terms.html",
    "search": "search.html",
    "map": "map.html",
    "kept": "reading-list.html",
    "about": "about.html",
    "missing": "404.html",
}
SURVEY_KINDS = {
    "paper with every field": "papers/lamp-rotation-timing.html",
    "hub with every field": "topics/[!i]*.html",
    "timeline": "timeline.html",
    "list": "lists/*.html",
    "digest": "digests/*-*.html",
    "free page": "contribute.html",
    "home": "index.html",
}
COMPACT_KINDS = {
    "compact paper": "papers/lamp-rotation-timing.html",
    "compact list": "papers/index.html",
    "compact hub": "topics/[!i]*.html",
}
KINDS = [
    *(("seed", kind) for kind in SEED_KINDS),
    *(("survey", kind) for kind in SURVEY_KINDS),
    *(("compact", kind) for kind in COMPACT_KINDS),
]
SITES = {
    "seed": ("seed_site", "served_site", SEED_KINDS),
    "survey": ("survey_site", "served_survey", SURVEY_KINDS),
    "compact": ("compact_site", "served_compact", COMPACT_KINDS),
}
"""The fixtures of a site's folder and server, and its pages."""
TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const name = (e) => `${e.tagName}.${e.getAttribute("class")}`;
    const sticksOut = (e) => e.getBoundingClientRect().right > clientWidth + 1;
    return scrollWidth > clientWidth
        ? ["the page", ...[...document.querySelectorAll("body *")].filter(sticksOut).map(name)]
        : [];
}"""
"""Script: what makes the page scroll sideways, if it does."""

every_kind = pytest.mark.parametrize(("survey", "kind"), KINDS, ids=lambda name: name)


@pytest.fixture
def place(survey: str, kind: str, request: pytest.FixtureRequest) -> tuple[str, str]:
    """A page of the kind: its URL on the server, and its URL on the disk."""
    folder, server, kinds = SITES[survey]
    site, base = request.getfixturevalue(folder), request.getfixturevalue(server)
    path = min(site.glob(kinds[kind]))
    return base + path.relative_to(site).as_posix(), path.as_uri()


@every_kind
def test_a_page_opens_from_a_server(place: tuple[str, str], open_page: PageMaker) -> None:
    page = open_page(place[0])

    assert page.locator("main h1").is_visible()


@every_kind
def test_a_page_opens_from_a_disk(place: tuple[str, str], open_page: PageMaker) -> None:
    page = open_page(place[1])

    assert page.locator("main h1").is_visible()


@every_kind
def test_a_page_reads_without_javascript(place: tuple[str, str], open_page: PageMaker) -> None:
    page = open_page(place[0], javascript=False)

    assert page.locator("main h1").is_visible()
    assert len(page.locator("main").inner_text().split()) > 5
    # Whatever needs a script is made by a script.
    assert page.locator("button:visible").count() == 0
    assert page.locator(":is(input, select, textarea):visible:not([type=search])").count() == 0


@every_kind
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_a_page_never_scrolls_sideways(
    place: tuple[str, str], width: int, open_page: PageMaker
) -> None:
    page = open_page(place[0], width=width)

    assert page.evaluate(TOO_WIDE) == []


@every_kind
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(
    place: tuple[str, str], theme: str, width: int, open_page: PageMaker
) -> None:
    page = open_page(place[0], width=width, theme=theme)

    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    told = [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in found]
    assert told == [], json.dumps(told, indent=1)


@every_kind
def test_the_first_tab_stop_leads_to_the_content(
    survey: str, kind: str, place: tuple[str, str], open_page: PageMaker
) -> None:
    page = open_page(place[0])
    if page.locator("a.skip").count() == 0:
        assert (survey, kind) == ("seed", "missing")  # without an address: plain text, no frame
        return
    if kind == "search":
        assert page.locator("input[name=q]").last.evaluate("e => e === document.activeElement")
        return  # the page puts its reader into its field

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert page.locator("a.skip").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_follows_the_theme_of_the_system(
    theme: str, served_site: str, open_page: PageMaker
) -> None:
    page = open_page(served_site, theme=theme)

    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if colour in {"rgba(0, 0, 0, 0)", "transparent"}:
        colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == {"light": "rgb(252, 252, 251)", "dark": "rgb(21, 24, 27)"}[theme]


def test_without_javascript_the_search_points_to_the_index_of_terms(
    served_site: str, open_page: PageMaker
) -> None:
    page = open_page(served_site, javascript=False)

    page.locator("input[type=search]:visible").first.fill("robots")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=robots")
    page.locator("main a[href='terms.html']").first.click()

    page.wait_for_url(served_site + "terms.html")


def test_without_javascript_every_paper_can_be_reached_by_its_topic(
    served_site: str, seed_site: Path, open_page: PageMaker
) -> None:
    topics = json.loads((seed_site / "data" / "topics.json").read_text(encoding="utf-8"))["topics"]
    topic = topics[0]
    page = open_page(served_site, javascript=False)

    page.locator(f"main a[href='topics/{topic['slug']}.html']:visible").first.click()
    page.locator(f"main a[href='../papers/{topic['papers'][-1]}.html']:visible").first.click()
    page.locator(f"main a[href='../topics/{topic['slug']}.html']:visible").first.click()

    page.wait_for_url(f"{served_site}topics/{topic['slug']}.html")


def test_an_abstract_opens_in_its_row_without_javascript(
    served_site: str, open_page: PageMaker
) -> None:
    page = open_page(served_site + "papers/index.html", javascript=False)
    row = page.locator("main details:visible").first
    assert not row.locator(".prose").is_visible()

    row.locator("summary").click()

    assert row.locator(".prose").is_visible()


def test_a_former_id_leads_to_the_paper(served_survey: str, page: Page) -> None:
    page.goto(served_survey + "papers/keepers-logbook.html")

    page.wait_for_url("**/papers/2024/keepers-logbooks.html")


def test_a_missing_page_at_any_depth_leads_home(
    survey_site: Path, page: Page, complaints: list[str]
) -> None:
    # base_url names this path, and only this path can be known at any depth.
    with served(survey_site, "/surveys/slow/") as url:
        page.goto(url + "papers/2019/no/such/page.html")
        page.wait_for_load_state("networkidle")
        assert [x for x in complaints if "404" not in x] == []
        complaints.clear()

        page.locator("main a").first.click()
        page.wait_for_load_state("networkidle")

        expect(page).to_have_url(re.compile(f"^{re.escape(url)}(index[.]html)?$"))


def test_a_missing_page_of_a_survey_without_an_address_asks_for_nothing(
    served_site: str, page: Page, complaints: list[str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(served_site + "papers/no/such/page.html")

    assert page.locator("h1").is_visible()
    assert [url for url in asked if not url.endswith(("page.html", "favicon.ico"))] == []
    complaints.clear()  # the browser's own word on the answer 404


def test_print_shows_the_abstract_and_leaves_the_frame_out(served_survey: str, page: Page) -> None:
    page.goto(served_survey + "papers/lamp-rotation-timing.html")
    page.emulate_media(media="print")

    assert page.locator(".abstract").is_visible()
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".site-footer").is_visible()
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize(
    "permalink", ["topics/kites-clouds.html", "lists/winter-evenings.html", "days/2024-06-03.html"]
)
def test_print_shows_a_lists_papers_without_what_can_only_be_pressed(
    permalink: str, bottles_site: Path, page: Page
) -> None:
    page.goto((bottles_site / permalink).as_uri())
    page.locator("[data-keep]").first.wait_for()
    page.emulate_media(media="print")

    assert page.locator(".row-title").first.is_visible()
    assert page.locator("button:visible:not(th button), input:visible, select:visible").count() == 0
    assert not page.locator("[data-rows-switch]").is_visible()
    assert not page.locator(".site-header").is_visible()


def test_an_empty_survey_opens_and_shows_how_to_begin(empty_site: Path, page: Page) -> None:
    page.goto((empty_site / "index.html").as_uri())

    assert "No papers yet." in page.locator("main").inner_text()
