"""Nothing on a page moves while it is read: what scripts add has its place from the start."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageMaker
from tests.support.hubs import REHEARSAL, hub_with

WATCH = """
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push(entry.value);
    }).observe({ type: "layout-shift", buffered: true });
"""
STILL = 0.01
"""Of the window's area times the way that it moved; up to .1 counts as good."""
ARRIVING = 0.1


def shifted(page: Page, url: str, ready: str) -> float:
    page.add_init_script(WATCH)
    page.goto(url)
    page.locator(ready).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))")
    return float(page.evaluate("shifts.reduce((sum, value) => sum + value, 0)"))


@pytest.mark.parametrize("width", [390, 1280])
def test_home_papers_hubs_and_lists_stand_still(
    width: int, open_page: PageMaker, served_site: str, seed_site: object
) -> None:
    hub = hub_with(REHEARSAL, seed_site)  # type: ignore[arg-type]
    moved = {
        permalink: shifted(open_page(width=width), served_site + permalink, "h1")
        for permalink in (
            "index.html", hub.path, f"papers/{REHEARSAL}.html", "papers/index.html", "search.html"
        )
    }  # fmt: skip
    assert {permalink: value for permalink, value in moved.items() if value > STILL} == {}


@pytest.mark.parametrize(("width", "most"), [(390, ARRIVING), (1280, 2 * STILL)])
def test_an_answer_moves_little_as_it_arrives(
    width: int, most: float, open_page: PageMaker, served_site: str
) -> None:
    url = f"{served_site}search.html?q=distillation"
    assert shifted(open_page(width=width), url, "[data-facet]") <= most


def test_what_stands_before_a_question_comes_back_when_nothing_is_asked(
    open_page: PageMaker, served_site: str
) -> None:
    page = open_page(f"{served_site}search.html?q=distillation")
    page.locator("[data-search-results] > li").first.wait_for()
    assert not page.locator("[data-search-before]").first.is_visible()

    page.locator("main [data-search-input]").fill("")
    page.locator("[data-search-before]").first.wait_for()
