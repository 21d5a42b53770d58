"""The map in a browser: walked by arrows, one topic alone, and kept papers with a ring."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import PageMaker
from tests.support.building import ROOT

VISITED = """(points) => {
    const visited = new Set([0]);
    const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
    for (const place of visited) {
        for (const arrow of arrows) {
            const next = conspectus.map.nextPlace(points, points[place], arrow);
            if (next >= 0) visited.add(next);
        }
    }
    return visited.size;
}"""
"""Script: how many papers can be reached from the first one."""


@pytest.fixture(params=["server", "disk"])
def site(request: pytest.FixtureRequest, served_site: str, seed_site: Path) -> str:
    """The seed's site: from a server, and from a disk."""
    return served_site if request.param == "server" else seed_site.as_uri() + "/"


def drawing(page: Page) -> Locator:
    """The drawing of the first map that is in view."""
    return page.locator("[data-map] .map:visible").first


def focused(page: Page) -> dict[str, Any]:
    found = page.evaluate("""() => {
        const { ariaLabel, dataset, classList } = document.activeElement;
        return { title: ariaLabel, topic: dataset.topic, isCell: classList.contains("cell") };
    }""")
    assert isinstance(found, dict)
    return found


def caption(page: Page) -> str:
    return page.locator("[data-map-caption]").first.inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_arrows_lead_from_a_name_into_its_topic_and_escape_leads_back(
    width: int, site: str, open_page: PageMaker
) -> None:
    page = open_page(site + "index.html", width=width)
    name = drawing(page).locator(".map-name").first
    topic = name.get_attribute("data-topic")
    name.focus()

    page.keyboard.press("ArrowDown")
    assert focused(page)["isCell"]
    assert focused(page)["topic"] == topic
    there = focused(page)
    page.keyboard.press("Escape")

    assert not focused(page)["isCell"]
    assert focused(page)["topic"] == there["topic"]


def test_enter_opens_the_paper(site: str, page: Page) -> None:
    page.goto(site + "map.html")
    drawing(page).locator(".map-name").first.press("ArrowRight")
    title = focused(page)["title"]

    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")

    assert " ".join(page.locator("h1").inner_text().split()) == title


def test_every_paper_of_the_map_can_be_walked_to(site: str, page: Page) -> None:
    page.goto(site + "map.html")

    for kind in ("wide", "narrow"):
        points = page.evaluate("""(kind) =>
            [...document.querySelectorAll(`.map-${kind} .cell rect`)].map((rect) =>
                ({ x: +rect.getAttribute("x"), y: +rect.getAttribute("y") }))""", kind)  # fmt: skip
        assert page.evaluate(VISITED, points) == len(points) > 0


def test_every_cell_of_any_lattice_can_be_walked_to(page: Page) -> None:
    page.add_script_tag(path=ROOT / "static" / "js" / "map.js")
    chance = random.Random(7)

    for _ in range(60):
        columns, rows = chance.randint(1, 30), chance.randint(1, 22)
        cells = [(x, y) for x in range(columns) for y in range(rows)]
        taken = chance.sample(cells, chance.randint(1, len(cells)))
        points = [{"x": 24 * x, "y": 24 * y} for x, y in taken]
        assert page.evaluate(VISITED, points) == len(points)


@pytest.mark.parametrize(
    ("arrow", "place"), [("ArrowRight", 2), ("ArrowLeft", 1), ("ArrowUp", 3), ("ArrowDown", 4)]
)
def test_an_arrow_leads_to_the_nearest_in_its_direction(arrow: str, place: int, page: Page) -> None:
    page.add_script_tag(path=ROOT / "static" / "js" / "map.js")
    cells = [(5, 5), (3, 5), (9, 5), (5, 2), (6, 8), (6, 6.9), (0, 0), (12, 9)]
    cells[5] = (12, 6)  # the next row, but far aside
    points = [{"x": 24 * x, "y": 24 * y} for x, y in cells]

    found = page.evaluate(
        "([points, arrow]) => conspectus.map.nextPlace(points, points[0], arrow)", [points, arrow]
    )

    assert found == place


def test_the_tab_key_stops_at_names_only(site: str, page: Page) -> None:
    page.goto(site + "map.html")
    names = drawing(page).locator(".map-name").count()
    drawing(page).locator(".map-name").first.focus()

    for _ in range(names - 1):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.map-name')")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.map') === null")


def test_the_caption_names_the_paper_and_its_topic(site: str, page: Page) -> None:
    page.goto(site + "index.html")
    name = drawing(page).locator(".map-name").first
    topic = page.locator(
        f".contents-row[data-topic='{name.get_attribute('data-topic')}'] .topic-name"
    ).first.inner_text()

    name.focus()
    assert caption(page) == topic
    page.keyboard.press("ArrowDown")

    assert caption(page) == f"{focused(page)['title']} · {topic}"


def test_the_caption_follows_the_pointer(served_site: str, page: Page) -> None:
    page.goto(served_site + "map.html")
    # One that no name covers in a made-up layout.
    cell = drawing(page).locator(".cell").last

    cell.hover(force=True)
    assert caption(page).startswith(str(cell.get_attribute("aria-label")))
    page.mouse.move(1, 1)

    assert caption(page) == ""


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_topic_of_the_contents_stands_out_on_the_map(way: str, site: str, page: Page) -> None:
    page.goto(site + "index.html")
    row = page.locator(".contents-row").nth(1)
    topic = row.get_attribute("data-topic")

    if way == "hover":
        row.hover()
    else:
        row.locator("a").first.focus()

    own = drawing(page).locator(f".cell[data-topic='{topic}']").first
    other = drawing(page).locator(f".cell:not([data-topic='{topic}'])").first
    assert own.evaluate("(cell) => getComputedStyle(cell).opacity") == "1"
    assert other.evaluate("(cell) => getComputedStyle(cell).opacity") == "0.25"

    page.mouse.move(1, 1)
    page.locator(".site-title").focus()
    assert other.evaluate("(cell) => getComputedStyle(cell).opacity") == "1"


def test_kept_papers_wear_a_ring(site: str, page: Page) -> None:
    page.goto(site + "index.html")
    button = page.locator("[data-rows] [data-keep]").first
    key = button.get_attribute("data-keep")

    button.press("Enter")

    kept = page.locator(".map-wide .cell.is-kept")
    assert [kept.first.get_attribute("data-key"), kept.count()] == [key, 1]
    button.press("Enter")
    assert kept.count() == 0


def test_a_hubs_map_has_one_tab_stop_and_is_walked_from_there(
    site: str, seed_site: Path, page: Page
) -> None:
    hub = min(seed_site.glob("topics/[!i]*.html")).relative_to(seed_site).as_posix()
    page.goto(site + hub)
    stops = drawing(page).locator(".cell[tabindex='0']")
    assert stops.count() == 1
    first = stops.get_attribute("data-key")

    stops.press("ArrowRight")

    assert focused(page)["isCell"]
    assert stops.count() == 1
    assert stops.get_attribute("data-key") != first
