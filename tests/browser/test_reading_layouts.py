"""Other languages, small windows, large letters, few colours: nothing is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from conspectus.words import CATALOGUES
from tests.browser.conftest import PageMaker
from tests.conftest import SiteMaker
from tests.support.building import FIXTURES

PAGES = (
    "index.html",
    "papers/index.html",
    "papers/lamp-rotation-timing.html",
    "topics/index.html",
    "days/2024-05-06.html",
    "lists/first-evening.html",
    "digests/2024-05-08.html",
    "terms.html",
    "timeline.html",
    "search.html",
    "reading-list.html",
    "about.html",
)

CUT_OFF = """() => [...document.querySelectorAll("main :is(a, button, p, h1, select, input)")]
    .filter((it) => it.checkVisibility() && !it.closest(".table-scroll, .hidden, svg, pre"))
    .filter((it) => {
        const { left, right, width } = it.getBoundingClientRect();
        return width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
    })
    .map((it) => it.outerHTML.slice(0, 120))"""
"""Script: what reaches beyond the window's sides."""


@pytest.fixture(scope="module")
def site_in(site_of: SiteMaker, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Builds the invented survey in another language."""

    def make(language: str) -> Path:
        content = tmp_path_factory.mktemp(language) / "survey"
        shutil.copytree(FIXTURES / "survey", content)
        settings = content / "survey.yaml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("language: en", f"language: {language}"), encoding="utf-8")
        return site_of(f"survey-{language}", content)

    return make


@pytest.fixture
def hub(survey_site: Path) -> str:
    """The path of a hub with a comparison table."""
    found = next(p for p in survey_site.glob("topics/*.html") if "lighthouse" in p.name)
    return f"topics/{found.name}"


def no_scroll_sideways(page: Page) -> bool:
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


# Languages


def test_a_german_survey_speaks_german_in_page_and_script(site_in, page: Page) -> None:  # type: ignore[no-untyped-def]
    site = site_in("de").as_uri() + "/"
    page.goto(site + "papers/index.html")
    row = page.locator("[data-rows] > li").first

    row.locator("[data-keep]").press("Enter")

    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("h1").inner_text() == "Arbeiten"
    assert row.locator("[data-keep] .when-on").inner_text() == "Gemerkt"
    assert page.get_by_role("button", name="Alle 18 merken").is_visible()
    row.locator(".row-title a").focus()
    page.keyboard.press("n")
    page.keyboard.press("m")
    assert page.evaluate("conspectus.store.shelf().kept.length") == 2


def test_no_english_word_is_left_in_a_german_page(site_in, hub: str, open_page: PageMaker) -> None:  # type: ignore[no-untyped-def]
    site = site_in("de").as_uri() + "/"
    same = {text for key, text in CATALOGUES["de"].items() if CATALOGUES["en"][key] == text}
    foreign = {
        text
        for key, text in CATALOGUES["en"].items()
        if text not in same and re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", text) and len(text) > 3
    }
    page = open_page()
    for path in (*PAGES, hub):
        page.goto(site + path)
        texts = page.locator("h1, h2, button, summary, label, option, th, nav a, footer a")
        assert foreign & {text.strip() for text in texts.all_inner_texts()} == set(), path


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_a_right_to_left_language_are_mirrored(  # type: ignore[no-untyped-def]
    site_in, hub: str, width: int, open_page: PageMaker
) -> None:
    site = site_in("ar").as_uri() + "/"
    page = open_page(width=width)
    for path in (*PAGES, hub):
        page.goto(site + path)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert no_scroll_sideways(page), path
        assert page.evaluate(CUT_OFF) == [], path
        title, kept = (
            page.locator(place).bounding_box() for place in (".site-title", ".site-kept")
        )
        assert title is not None
        assert kept is not None
        assert title["x"] > kept["x"], path
        assert title["x"] + title["width"] >= width - 41, path


# Windows, letters, colours


@pytest.mark.parametrize("path", [*PAGES, "hub"])
def test_nothing_is_lost_at_320_pixels(
    served_survey: str, hub: str, path: str, open_page: PageMaker
) -> None:
    page = open_page(width=320)
    page.goto(served_survey + path.replace("hub", hub))
    assert no_scroll_sideways(page)
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", [*PAGES, "hub"])
def test_nothing_is_lost_with_letters_of_twice_the_size(
    served_survey: str, hub: str, path: str, open_page: PageMaker
) -> None:
    page = open_page(width=1280)
    sizes = {"standard": 32, "fixed": 26}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})
    page.goto(served_survey + path.replace("hub", hub))
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert no_scroll_sideways(page)
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", [*PAGES, "hub"])
def test_nothing_is_lost_at_a_zoom_of_200_percent(
    served_survey: str, hub: str, path: str, open_page: PageMaker
) -> None:
    page = open_page(width=640, height=450, device_scale_factor=2)
    page.goto(served_survey + path.replace("hub", hub))
    assert no_scroll_sideways(page)
    assert page.evaluate(CUT_OFF) == []


def test_states_are_told_without_the_site_s_colours(
    served_survey: str, hub: str, open_page: PageMaker
) -> None:
    page = open_page(forced_colors="active")
    page.goto(served_survey + hub)
    first, second = page.locator("[data-rows] > li").nth(0), page.locator("[data-rows] > li").nth(1)
    first.locator("[data-keep]").press("Enter")
    second.locator(".row-skip").press("Enter")

    assert first.locator("[data-keep] .tick").is_visible()
    assert second.locator(".row-skipped").inner_text() == "Skipped. Undo"
    widths = page.locator("[data-strokes] path").evaluate_all(
        "(all) => all.map((it) => getComputedStyle(it).strokeWidth)"
    )
    assert "3px" in widths


def test_nothing_is_animated_for_those_who_asked_for_rest(
    served_survey: str, hub: str, open_page: PageMaker
) -> None:
    page = open_page(reduced_motion="reduce")
    for path in (*PAGES, hub):
        page.goto(served_survey + path)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((it) => {
                const { transitionDuration, animationName } = getComputedStyle(it);
                return transitionDuration !== "0s" || animationName !== "none";
            }).length"""
        )
        assert moving == 0, path


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_in_work_has_no_fault_that_axe_can_see(
    served_survey: str, hub: str, width: int, theme: str, open_page: PageMaker
) -> None:
    page = open_page(width=width, theme=theme)
    page.goto(served_survey + hub)
    page.locator("[data-rows] > li").nth(0).locator("[data-keep]").press("Enter")
    page.locator("[data-rows] > li").nth(1).locator(".row-skip").press("Enter")
    page.goto(served_survey + "days/2024-05-06.html")
    page.locator("[data-rows] > li").nth(2).locator(".row-skip").press("Enter")
    for path in (hub, "days/2024-05-06.html", "reading-list.html"):
        page.goto(served_survey + path)
        for details in page.locator(".skipped-papers summary").all():
            details.press("Enter")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [n["html"] for n in each["nodes"]]) for each in found] == [], path
