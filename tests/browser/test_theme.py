"""The theme: the system's, or the reader's own, remembered and set before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageMaker

BACKGROUND = {"light": "rgb(252, 252, 251)", "dark": "rgb(21, 24, 27)"}


@pytest.fixture(params=["server", "disk"])
def site(request: pytest.FixtureRequest, served_site: str, seed_site: Path) -> str:
    """The seed's site: from a server, and from a disk."""
    return served_site if request.param == "server" else seed_site.as_uri() + "/"


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize(("system", "chosen"), [("light", "Dark"), ("dark", "Light")])
def test_a_theme_is_chosen_by_the_keyboard_and_remembered(
    system: str, chosen: str, site: str, open_page: PageMaker
) -> None:
    page = open_page(site + "index.html", theme=system)
    assert background(page) == BACKGROUND[system]
    steps = {"Light": 1, "Dark": 2}[chosen]
    page.get_by_role("radio", name="System").focus()

    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    assert background(page) == BACKGROUND[chosen.lower()]
    page.goto(site + "papers/index.html")

    assert background(page) == BACKGROUND[chosen.lower()]
    assert page.get_by_role("radio", name=chosen).is_checked()


def test_the_systems_theme_can_be_chosen_again(site: str, open_page: PageMaker) -> None:
    page = open_page(site + "index.html", theme="dark")
    page.get_by_role("radio", name="Light").press("Space")
    assert background(page) == BACKGROUND["light"]

    page.get_by_role("radio", name="Light").press("ArrowLeft")

    assert background(page) == BACKGROUND["dark"]
    page.reload()
    assert background(page) == BACKGROUND["dark"]


def test_a_remembered_theme_is_there_before_the_page_is(
    served_site: str, open_page: PageMaker
) -> None:
    page = open_page(served_site + "index.html", theme="light")
    page.evaluate("localStorage.setItem('conspectus-theme', 'dark')")
    page.add_init_script("""
        new MutationObserver((_, observer) => {
            if (!document.body) return;
            window.themeAtBody = document.documentElement.dataset.theme;
            observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
    """)

    page.reload()

    assert page.evaluate("themeAtBody") == "dark"


def test_other_tabs_follow(served_site: str, page: Page) -> None:
    page.goto(served_site + "index.html")
    other = page.context.new_page()
    other.goto(served_site + "index.html")

    page.get_by_role("radio", name="Dark").press("Space")
    other.wait_for_function("document.documentElement.dataset.theme === 'dark'")

    assert other.get_by_role("radio", name="Dark").is_checked()


def test_a_browser_that_keeps_nothing_still_switches(site: str, page: Page) -> None:
    page.add_init_script("""
        const refuse = () => { throw new DOMException("refused", "SecurityError"); };
        Object.defineProperty(window, "localStorage", { get: refuse });
    """)
    page.goto(site + "index.html")

    page.get_by_role("radio", name="Dark").press("Space")

    assert background(page) == BACKGROUND["dark"]


@pytest.mark.parametrize("remembered", ["", "sepia", "<b>", "__proto__"])
def test_a_theme_that_does_not_exist_is_the_systems(
    remembered: str, served_site: str, page: Page
) -> None:
    page.goto(served_site + "index.html")
    page.evaluate("(theme) => localStorage.setItem('conspectus-theme', theme)", remembered)

    page.reload()

    assert background(page) == BACKGROUND["light"]
    assert page.get_by_role("radio", name="System").is_checked()
