"""Chromium opens every page of the hostile survey, and searches, keeps and shares by its texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from conspectus.siteplan.lookup import paper_key
from tests.browser.conftest import PageMaker
from tests.hostile.conftest import PAYLOADS, Hostile
from tests.hostile.payloads import ALL, HOST
from tests.hostile.test_files import ELEMENTS, FORMULAS
from tests.support.figures import note
from tests.support.serving import served

INTRUDERS = """(known) => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const found = [];
    for (const element of document.querySelectorAll("*")) {
        const tag = element.localName;
        if (!known.includes(tag)) found.push(`<${tag}>`);
        if (element.id === "hostile" || element.matches(".hostile")) found.push(`${tag}#hostile`);
        for (const { name, value } of element.attributes) {
            if (name.startsWith("on") || name === "srcdoc") found.push(`<${tag} ${name}>`);
            if (name === "style" && value.includes("url(")) found.push(`<${tag} style=${value}>`);
        }
        for (const address of [element.href, element.src, element.action]) {
            if (typeof address !== "string" || !address) continue;
            const { protocol, hostname } = new URL(address, document.baseURI);
            if (!["file:", "http:", "https:", "mailto:", "data:", "blob:"].includes(protocol)) {
                found.push(`<${tag}> leads to ${protocol}`);
            }
            if (tag !== "link" && tag !== "img" && ["data:", "blob:"].includes(protocol)) {
                found.push(`<${tag}> leads to ${protocol}`);
            }
        }
    }
    if (window.hostile !== undefined) found.push("a script ran");
    if (Object.prototype.hostile !== undefined) found.push("a prototype was changed");
    return found;
}"""
"""Script: what stands in the page that no text may bring there."""
KNOWN = sorted(
    {*ELEMENTS, *FORMULAS, *str.split("b canvas datalist fieldset i kbd legend output textarea")}
)


@pytest.fixture
def page(open_page: PageMaker) -> Iterator[Page]:
    """A watched page; a dialog that opens is an intruder too."""
    opened: list[str] = []
    page = open_page()
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda popup: opened.append(popup.url))
    yield page
    assert opened == []


def intruders(page: Page) -> list[str]:
    found: list[str] = page.evaluate(INTRUDERS, KNOWN)
    return found


def wait_for_cards(page: Page) -> None:
    """Until the reading list shows all that it knows of its papers."""
    page.locator("[data-kept][aria-busy=false]").wait_for()


def test_no_page_runs_or_becomes_what_its_texts_say(hostile: Hostile, page: Page) -> None:
    found = {}
    for path in hostile.pages():
        if path.name != "404.html":
            page.goto(path.as_uri())
            found[path.name] = intruders(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    note("pages", payloads=len(PAYLOADS), pages=len(found))


def test_an_alias_leads_on_and_runs_nothing(hostile: Hostile, page: Page) -> None:
    for path, target in hostile.redirects().items():
        page.goto(path.as_uri())
        page.wait_for_url(target.as_uri())
        assert intruders(page) == [], path.name


def test_the_page_for_what_is_missing_is_as_harmless(hostile: Hostile, page: Page) -> None:
    with served(hostile.site, "/hostile/") as url:
        page.goto(f"{url}404.html")
        assert intruders(page) == []


def test_a_query_is_text_in_the_page_of_results(hostile: Hostile, page: Page) -> None:
    found = {}
    for payload in ALL[:: 1 if len(PAYLOADS) == len(ALL) else 20]:
        query = quote(payload.text[:500], safe="")
        page.goto(f"{(hostile.site / 'search.html').as_uri()}?q={query}")
        page.evaluate("q => window.conspectus.search(q, {limit: 20})", payload.text[:500])
        page.locator("html:not([data-asked])").wait_for()  # its answer is drawn
        found[payload.text[:50]] = intruders(page)

    assert {query: wrong for query, wrong in found.items() if wrong} == {}


def test_results_show_hostile_papers_as_text(hostile: Hostile, page: Page) -> None:
    for kind in sorted({payload.kind for payload in PAYLOADS}):
        page.goto(f"{(hostile.site / 'search.html').as_uri()}?q={kind}")
        page.wait_for_selector("[data-search-results] > *")
        assert intruders(page) == [], kind


def test_a_shared_list_is_text_whatever_its_address_says(hostile: Hostile, page: Page) -> None:
    keys = "".join(paper_key(paper) for paper in hostile.papers)
    shared = [f"1.{keys}", "1.", "99.abcdefgh", *(quote(each.text[:200]) for each in PAYLOADS)]
    for fragment in (*shared, *(f"1.{paper_key('x')}{each}" for each in shared)):
        page.goto("about:blank")
        page.goto(f"{(hostile.site / 'reading-list.html').as_uri()}#{fragment}")
        wait_for_cards(page)
        assert intruders(page) == [], fragment


def test_a_shelf_that_holds_hostile_texts_shows_them_as_text(hostile: Hostile, page: Page) -> None:
    kept = [
        {"key": paper_key(f"gone-{n}"), "id": each.text, "title": each.text, "note": each.text,
         "permalink": f"javascript:window.hostile=1//{HOST}"}
        for n, each in enumerate(PAYLOADS)
    ]  # fmt: skip
    url = (hostile.site / "reading-list.html").as_uri()
    page.goto(url)
    for text in (
        json.dumps({"version": 1, "kept": kept, "skipped": [], "__proto__": {"hostile": 1}}),
        *(each.text for each in PAYLOADS),
    ):
        page.evaluate("text => localStorage.setItem('conspectus/1/hostile', text)", text)
        page.goto(url)
        wait_for_cards(page)
        assert intruders(page) == []
