"""What readers come for, by keyboard alone; docs/reading.md says in how many steps."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageMaker
from tests.browser.keyboard import Reader
from tests.conftest import SiteMaker
from tests.support.building import FIXTURES, ROOT
from tests.support.hubs import REHEARSAL, Hub, hub_with

TABLE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
STEPS = {
    task: int(steps) for task, steps in re.findall(r"^\| (.+?) \| (\d+) \|$", TABLE, re.MULTILINE)
}
"""What the documentation promises."""


SIZES = ("70B", "0.25B", "350M", "7B", "1,500M")
"""Numbers as papers write them."""


@pytest.fixture
def reader(page: Page) -> Reader:
    return Reader(page)


@pytest.fixture
def hub(seed_site: Path) -> Hub:
    return hub_with(REHEARSAL, seed_site)


@pytest.fixture
def compared_site(site_of: SiteMaker, tmp_path: Path) -> Path:
    """The site of a survey whose papers all have the same attributes."""
    content = shutil.copytree(FIXTURES / "survey", tmp_path / "compared")
    for number, path in enumerate(sorted(content.glob("papers/**/*.md"))):
        text = path.read_text(encoding="utf-8")
        bare = re.sub("^attributes: .*\n", "", text, flags=re.MULTILINE)
        size = SIZES[number % len(SIZES)]
        line = f'attributes: {{sensor: eye, lamps: {number * 7 % 30}, size: "{size}"}}'
        path.write_text(bare.replace("\ntitle:", f"\n{line}\ntitle:", 1), encoding="utf-8")
    return site_of("compared", content)


def titles(page: Page, rows: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(rows).all_inner_texts()]


def test_a_paper_is_found_by_half_its_title_mistyped(served_site: str, reader: Reader) -> None:
    page = reader.page
    page.goto(served_site)

    reader.act("Control+k")
    reader.write("rehersal-free continual lerning")
    page.wait_for_url("**/search.html?q=*")
    hit = page.get_by_role("link", name="A Closer Look at Rehearsal-Free Continual Learning")
    expect(hit.first).to_be_visible()
    reader.press(page.locator("[data-search-results] a").first)
    page.wait_for_url("**/papers/**")

    assert page.locator("h1").inner_text() == "A Closer Look at Rehearsal-Free Continual Learning"
    assert reader.steps == STEPS["find a paper from a mistyped half title"]


def test_from_home_to_a_paper_with_code(served_survey: str, reader: Reader) -> None:
    page = reader.page
    page.goto(served_survey)

    reader.press(page.locator(".contents .topic-link").first)
    page.wait_for_url("**/topics/**")
    coded = page.locator("[data-rows] > li", has=page.locator("a", has_text="Code on"))
    reader.press(coded.locator(".row-title a").first)
    page.wait_for_url("**/papers/**")

    assert page.locator(".actions a", has_text="Code on").is_visible()
    assert reader.steps == STEPS["from home to a paper with code in a topic"] <= 3


def test_a_hub_is_decided_with_a_key_a_paper(served_site: str, hub: Hub, reader: Reader) -> None:
    page = reader.page
    page.goto(served_site + hub.path)

    reader.press(page.get_by_role("button", name="Next undecided"))
    for place in range(hub.papers):
        reader.act("k" if place < 4 else "s")

    progress = page.locator("[data-progress]").inner_text()
    assert progress == f"{hub.papers} papers, 4 kept, 0 to go"
    assert page.locator("[data-voice]").inner_text() == "No paper here is undecided."
    assert reader.steps - hub.papers == STEPS["decide a hub, beside a press for each paper"]


def test_three_papers_are_kept_and_their_bibtex_taken(
    served_site: str, hub: Hub, reader: Reader
) -> None:
    page = reader.page
    page.goto(served_site + hub.path)
    three = titles(page, "[data-rows] .row-title")[:3]

    reader.press(page.get_by_role("button", name="Next undecided"))
    for _ in three:
        reader.act("k")
    page.keyboard.press("Control+Home")
    reader.press(page.locator(".site-kept"))
    page.wait_for_url("**/reading-list.html")
    page.locator("[data-kept][aria-busy=false]").wait_for()
    with page.expect_download() as download:
        reader.press(page.get_by_role("button", name="Download .bib"))

    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("\n@") + text.startswith("@") == 3
    assert reader.steps == STEPS["keep three papers of a hub and get their .bib"]


def test_a_list_is_shared_and_opened_in_a_fresh_profile(
    served_site: str, hub: Hub, reader: Reader, open_page: PageMaker
) -> None:
    page = reader.page
    page.goto(served_site + hub.path)
    page.locator("[data-rows] .row-title a").first.focus()
    page.keyboard.type("kkk")
    page.goto(served_site + "reading-list.html")
    reader.press(page.get_by_role("button", name="Copy link to this list"))
    address = page.get_by_label("Link to this list").input_value()

    other = open_page()
    other.goto(address)
    guest = Reader(other)
    guest.steps = reader.steps + 1  # opening the link
    other.locator("[data-kept][aria-busy=false]").wait_for()
    guest.press(other.get_by_role("button", name="Add these to yours"))

    assert titles(other, ".kept-row .row-title") == titles(page, ".kept-row .row-title")
    assert guest.steps == STEPS["share a list and open it in a fresh profile"]


def test_papers_are_compared_by_an_attribute(compared_site: Path, reader: Reader) -> None:
    page = reader.page
    hub = max(compared_site.glob("topics/[!i]*.html"), key=lambda path: path.stat().st_size)
    page.goto(hub.as_uri())
    lamps = page.locator("[data-table] tbody tr td:nth-child(3)")
    assert lamps.count() >= 5

    reader.press(page.get_by_role("button", name="lamps", exact=True))

    found = [int(text) for text in lamps.all_inner_texts() if text]
    assert found == sorted(found)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert reader.steps == STEPS["compare five papers by an attribute"]


def test_sizes_are_ordered_as_the_numbers_that_they_are(compared_site: Path, page: Page) -> None:
    hub = max(compared_site.glob("topics/[!i]*.html"), key=lambda path: path.stat().st_size)
    page.goto(hub.as_uri())
    head = page.get_by_role("button", name="size", exact=True)
    by_size = ["0.25B", "350M", "1,500M", "7B", "70B"]

    for order in (by_size, by_size[::-1]):
        head.press("Enter")
        found = page.locator("[data-table] tbody tr td:nth-child(4)").all_inner_texts()
        assert found == sorted(found, key=order.index)


def test_a_topic_is_subscribed_to(served_site: str, seed_site: Path, reader: Reader) -> None:
    page = reader.page
    page.goto(served_site)

    reader.press(page.locator(".contents .topic-link").first)
    page.wait_for_url("**/topics/**")
    feed = page.locator(".hub-margin").get_by_role("link", name="Atom feed")
    reader.reach(feed)
    reader.steps += 1  # Enter would hand its address to a feed reader

    path = str(feed.evaluate("(link) => link.href")).removeprefix(served_site)
    assert (seed_site / path).read_bytes().startswith(b"<?xml")
    assert path.startswith("feeds/topics/")
    assert reader.steps == STEPS["subscribe to a topic"]


def test_a_paper_is_cited_without_javascript(served_survey: str, open_page: PageMaker) -> None:
    page = open_page(served_survey + "papers/lamp-rotation-timing.html", javascript=False)
    reader = Reader(page)
    reader_target = page.locator(".actions").get_by_role("link", name="Cite", exact=True)
    for _ in range(100):  # without scripts, the page cannot be asked what has the focus
        if page.locator(".actions a[href='#cite']:focus").count():
            break
        page.keyboard.press("Tab")
    assert reader_target.count() == 1
    reader.act("Enter")

    page.wait_for_url("**#cite")
    reference, entry = (page.locator("#cite .cite-box").nth(number) for number in (0, 1))
    assert reference.is_visible()
    assert reference.inner_text().startswith("Fennimore, O.")
    assert entry.is_visible()
    assert entry.inner_text().startswith("@article{fennimore2021timing,")
    assert reader.steps == STEPS["cite a paper without JavaScript"]


def test_a_full_text_is_reached_where_no_link_leads_to_it(
    served_site: str, seed_site: Path, reader: Reader
) -> None:
    page = reader.page
    path = next(
        path
        for path in sorted(seed_site.glob("papers/[!i]*.html"))
        if "Find the full text" in path.read_text(encoding="utf-8")
    )
    page.goto(served_site + path.relative_to(seed_site).as_posix())

    reader.press(page.locator(".find > summary"))
    search = page.locator(".find a").first
    reader.reach(search)
    reader.steps += 1  # Enter would leave the machine

    assert search.is_visible()
    assert search.get_attribute("href").startswith("https://arxiv.org/search/")  # type: ignore[union-attr]
    assert reader.steps == STEPS["reach a full text of a paper that has no link"]


def test_every_task_of_the_table_is_tested() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [task for task in STEPS if f'STEPS["{task}"]' not in source] == []
    assert len(STEPS) == 9
