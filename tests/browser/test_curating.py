"""Curating in the preview: lines for topics.yaml, what they change, and what is worth a look."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.clipboard import copied, note_copies
from tests.browser.test_preview import comes_true
from tests.support.building import CONTENT, built
from tests.support.previewing import Preview, previewed


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of this repository's survey, whose topics are kept."""
    folder = tmp_path_factory.mktemp("curating")
    shutil.copytree(CONTENT, folder / "content")
    built(folder)
    with previewed(folder) as running:
        yield running


def hubs(preview: Preview) -> list[str]:
    lock = (preview.survey / "content" / "topics.lock").read_text()
    return [line.split()[1] for line in lock.splitlines() if line.startswith("topic ")]


def opened(page: Page, address: str) -> Locator:
    page.goto(address)
    panel = page.locator("conspectus-curate")
    panel.get_by_text("Curate", exact=True).click()
    expect(panel.locator("details")).to_have_attribute("open", "")
    return panel


def shown(panel: Locator, label: str) -> None:
    panel.locator("form", has_text=label).get_by_role("button", name="Show").click()


def test_a_hub_offers_a_line_that_renames_it_and_says_what_it_changes(
    preview: Preview, page: Page
) -> None:
    topic = hubs(preview)[0]
    panel = opened(page, f"{preview.url}topics/{topic}.html")
    panel.get_by_label("Call this topic").fill("Moss: a story")
    shown(panel, "Call this topic")

    expect(panel.locator("pre")).to_have_text(f'topics:\n  {topic}:\n    label: "Moss: a story"\n')
    expect(panel.locator("li")).to_contain_text("is called “Moss: a story”")


def test_lines_that_are_copied_work_as_they_are(preview: Preview, page: Page) -> None:
    note_copies(page)
    one, other = hubs(preview)[:2]
    panel = opened(page, f"{preview.url}topics/{one}.html")
    panel.get_by_label("Let this topic take in").select_option(other)
    shown(panel, "Let this topic take in")
    panel.get_by_role("button", name="Copy").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    path = preview.survey / "content" / "topics.yaml"
    path.write_text(copied(page))
    try:
        page.wait_for_event("load")
        expect(page.locator("conspectus-curate")).to_have_count(1)
        page.goto(f"{preview.url}topics/{other}.html")
        expect(page).to_have_url(f"{preview.url}topics/{one}.html")
    finally:
        with page.expect_event("load"):  # a page that is left while it reloads may never close
            path.unlink()


def test_a_paper_can_be_moved_and_its_move_is_named(preview: Preview, page: Page) -> None:
    lock = (preview.survey / "content" / "topics.lock").read_text()
    paper, home = next(line.split()[1:3] for line in lock.splitlines() if line.startswith("paper "))
    other = next(topic for topic in hubs(preview) if topic != home)
    panel = opened(page, f"{preview.url}papers/{paper}.html")
    panel.get_by_label("Move this paper to").select_option(other)
    shown(panel, "Move this paper to")

    expect(panel.locator("pre")).to_have_text(f"pin:\n  {paper}: {other}\n")
    expect(panel.locator("li", has_text="moves from")).to_have_count(1)


def test_an_open_box_stays_open_when_the_page_is_reloaded(preview: Preview, page: Page) -> None:
    panel = opened(page, f"{preview.url}topics/{hubs(preview)[0]}.html")
    assert comes_true(page, "sessionStorage.getItem('conspectus-curate') === 'open'")
    page.reload()
    expect(panel.locator("details")).to_have_attribute("open", "")


def test_what_is_worth_a_look_is_a_page_of_the_preview(preview: Preview, page: Page) -> None:
    panel = opened(page, f"{preview.url}topics/{hubs(preview)[0]}.html")
    panel.get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What is worth a look")
    expect(page.get_by_role("heading", name="no-date")).to_be_visible()


def test_a_page_of_the_built_site_holds_nothing_to_curate_with(seed_site: Path) -> None:
    found = [
        path
        for path in seed_site.rglob("*.html")
        if b"curate.js" in path.read_bytes() or b".conspectus/" in path.read_bytes()
    ]

    assert found == []


def test_the_box_and_the_page_of_findings_are_accessible(preview: Preview, page: Page) -> None:
    opened(page, f"{preview.url}topics/{hubs(preview)[0]}.html")
    assert violations(page, "conspectus-curate") == []
    page.goto(f"{preview.url}.conspectus/check")
    assert violations(page, "html") == []


def violations(page: Page, selector: str) -> list[str]:
    found = Axe().run(page, context=selector).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
