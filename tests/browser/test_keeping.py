"""What a reader keeps: in the browser's storage, whatever becomes of it, and on their list."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from conspectus.siteplan.lookup import paper_key
from tests.browser.conftest import PageMaker
from tests.browser.gate import Gate
from tests.support.building import ROOT

REFUSED = """
    const refuse = () => { throw new DOMException("refused", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get: refuse });
    Object.defineProperty(window, "sessionStorage", { get: refuse });
"""
"""Script: a browser that keeps nothing, as in some private modes."""

FULL = """
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
"""Script: a storage without room."""

REFUSAL = "Your browser keeps nothing here; the list lasts until you close this tab."

DISPLACED = """() => {
    const boxes = [...document.querySelectorAll("main h1, main h3, main .button, .row-facts *")];
    return boxes.map((box) => {
        const { left, top, width } = box.getBoundingClientRect();
        return [left, top + scrollY, width].map(Math.round).join();
    });
}"""


@pytest.fixture(params=["server", "disk"])
def site(request: pytest.FixtureRequest, served_site: str, seed_site: Path) -> str:
    """The seed's site: from a server, and from a disk."""
    return served_site if request.param == "server" else seed_site.as_uri() + "/"


@pytest.fixture
def hub(seed_site: Path) -> str:
    """The path of a hub."""
    return min(seed_site.glob("topics/[!i]*.html")).relative_to(seed_site).as_posix()


@pytest.fixture
def paper(seed_site: Path) -> str:
    """The path of a paper's page."""
    return min(seed_site.glob("papers/[!i]*.html")).relative_to(seed_site).as_posix()


def rows(page: Page) -> Locator:
    return page.locator("[data-rows] > li")


def keep(row: Locator) -> Locator:
    return row.locator("[data-keep]")


def title_of(row: Locator) -> str:
    return " ".join(row.locator(".row-title a").inner_text().split())


def count(page: Page) -> str:
    return page.locator("[data-kept-count]").inner_text().strip()


def keep_first(page: Page, url: str, papers: int) -> list[str]:
    """Keep the first papers of a list, by keyboard; their titles."""
    page.goto(url)
    for place in range(papers):
        keep(rows(page).nth(place)).press("Enter")
    return [title_of(rows(page).nth(place)) for place in range(papers)]


def open_list(page: Page, site: str, fragment: str = "") -> Locator:
    """The reading list's rows, with what is known of the papers."""
    page.goto("about:blank")
    page.goto(site + "reading-list.html" + fragment)
    wait_for_cards(page)
    return page.locator(".kept-row")


def wait_for_cards(page: Page) -> None:
    """Until the reading list knows what there is to know of its papers."""
    page.locator("[data-kept][aria-busy=false]").wait_for()


def titles(kept: Locator) -> list[str]:
    return [" ".join(text.split()) for text in kept.locator(".row-title").all_inner_texts()]


def stored(page: Page) -> dict[str, Any]:
    name = "'conspectus/1/' + document.documentElement.dataset.survey"
    found = json.loads(page.evaluate(f"localStorage.getItem({name})"))
    assert isinstance(found, dict)
    return found


def store(page: Page, text: str) -> None:
    name = "'conspectus/1/' + document.documentElement.dataset.survey"
    page.evaluate(f"(text) => localStorage.setItem({name}, text)", text)


def active(page: Page) -> str:
    """The accessible name of what has the focus."""
    return str(
        page.evaluate(
            "(({ ariaLabel, textContent }) => ariaLabel ?? textContent)(document.activeElement)"
        )
    )


# Rows and papers


def test_a_paper_is_kept_and_let_go_by_the_keyboard(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    row = rows(page).first
    assert keep(row).get_attribute("aria-pressed") == "false"
    assert keep(row).get_attribute("aria-label") == f"Keep: {title_of(row)}"

    keep(row).press("Enter")

    assert keep(row).get_attribute("aria-pressed") == "true"
    assert keep(row).get_attribute("aria-label") == f"Kept: {title_of(row)}"
    assert count(page) == "1"
    assert page.locator("[data-voice]").inner_text() == "Kept. 1 paper in your list."

    keep(row).press("Space")

    assert keep(row).get_attribute("aria-pressed") == "false"
    assert count(page) == ""


def test_what_was_kept_is_there_on_every_page(site: str, hub: str, page: Page) -> None:
    keep_first(page, site + hub, 1)

    rows(page).first.locator(".row-title a").press("Enter")
    page.wait_for_url("**/papers/**")

    assert page.locator("[data-actions] [data-keep]").get_attribute("aria-pressed") == "true"
    assert count(page) == "1"


def test_a_papers_page_keeps_it(site: str, paper: str, page: Page) -> None:
    page.goto(site + paper)
    button = page.locator("[data-actions] > :first-child")
    assert button.get_attribute("aria-label") == f"Keep: {page.locator('h1').inner_text()}"

    button.press("Enter")

    assert titles(open_list(page, site)) == [stored(page)["kept"][0]["title"]]


def test_nothing_moves_when_a_paper_is_kept(
    served_site: str, hub: str, paper: str, open_page: PageMaker
) -> None:
    page = open_page(width=390)
    for path in (hub, paper):
        page.goto(served_site + path)
        before = page.evaluate(DISPLACED)

        page.locator("[data-keep]").first.press("Enter")

        assert page.evaluate(DISPLACED) == before


def test_a_skipped_row_shrinks_and_comes_back_by_undo(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    row = rows(page).first

    row.locator(".row-skip").press("Enter")

    assert not row.locator(".row-facts").is_visible()
    assert row.locator(".row-skipped").inner_text() == "Skipped. Undo"
    assert active(page) == f"Undo: {title_of(row)}"

    page.reload()
    assert not rows(page).first.is_visible()
    page.get_by_role("button", name="Show 1 skipped").press("Enter")
    assert not rows(page).first.locator(".row-facts").is_visible()
    rows(page).first.locator(".row-skipped button").press("Enter")

    assert rows(page).first.locator(".row-facts").is_visible()
    assert active(page) == f"Skip: {title_of(row)}"


def test_keeping_again_brings_the_note_and_the_place_back(site: str, hub: str, page: Page) -> None:
    keep_first(page, site + hub, 3)
    page.evaluate(
        "conspectus.store.change('change', conspectus.store.shelf().kept[0].key, {note: 'mine'})"
    )

    keep(rows(page).first).press("Enter")
    keep(rows(page).first).press("Enter")

    assert [each["note"] for each in stored(page)["kept"]] == ["mine", "", ""]


def test_rows_that_a_script_adds_get_their_words(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    page.evaluate("""() => {
        const row = document.querySelector("[data-rows] > li").cloneNode(true);
        row.classList.remove("has-doings");
        row.querySelectorAll(".row-doings, .row-skipped").forEach((made) => made.remove());
        const list = Object.assign(document.createElement("ol"), { className: "rows" });
        list.id = "added";
        document.querySelector("main").append(list);
        list.append(row);
        conspectus.keep.decorate(row);
        conspectus.keep.decorate(row);
    }""")

    page.locator("#added [data-keep]").press("Enter")

    assert page.locator("#added [data-keep]").count() == 1
    assert keep(rows(page).first).get_attribute("aria-pressed") == "true"


def test_results_of_a_search_get_their_words(served_site: str, page: Page) -> None:
    page.goto(served_site + "search.html")

    page.evaluate("""() => {
        const parts = { "row-title": "a", "row-facts": "span" };
        const row = document.createElement("li");
        row.dataset.paper = "2024/moss";
        for (const [name, child] of Object.entries(parts)) {
            const part = Object.assign(document.createElement("div"), { className: name });
            part.append(Object.assign(document.createElement(child), { textContent: "On Moss" }));
            row.append(part);
        }
        document.querySelector("[data-search-results]").append(row);
    }""")

    page.locator("[data-search-results] [data-keep]").press("Enter")
    [kept] = stored(page)["kept"]
    assert kept["permalink"] == "papers/2024/moss.html"
    assert kept["key"] == paper_key("2024/moss")


def test_a_title_is_never_read_as_markup(served_site: str, page: Page) -> None:
    page.goto(served_site + "reading-list.html")
    entry = {"key": "abcdefgh", "id": "x", "title": "<img src=x onerror=alert(1)>", "note": "<b>"}
    store(page, json.dumps({"version": 1, "kept": [entry], "skipped": []}))

    kept = open_list(page, served_site)

    assert titles(kept) == ["<img src=x onerror=alert(1)>"]
    assert page.locator("main img").count() == 0


# Storage


@pytest.mark.parametrize("failure", [REFUSED, FULL], ids=["refused", "full"])
def test_a_browser_that_keeps_nothing_is_told_of_once_and_the_tab_remembers(
    failure: str, site: str, hub: str, page: Page
) -> None:
    page.add_init_script(failure)
    kept = keep_first(page, site + hub, 2)
    assert page.locator(".storage-note").all_inner_texts() == [REFUSAL]

    rows_of_list = page.locator(".kept-row")
    page.locator(".site-kept").press("Enter")
    page.wait_for_url("**/reading-list.html")

    assert titles(rows_of_list) == kept
    assert page.locator(".kept-messages").inner_text() == REFUSAL


def test_a_refused_storage_says_nothing_before_something_is_kept(
    site: str, hub: str, page: Page
) -> None:
    page.add_init_script(REFUSED)

    page.goto(site + hub)

    assert page.get_by_text(REFUSAL).count() == 0


def test_when_the_storage_has_room_again_the_list_moves_there(
    site: str, hub: str, page: Page
) -> None:
    page.goto(site + hub)
    page.evaluate("() => { window.mended = Storage.prototype.setItem; }")
    page.evaluate(f"() => {{ {FULL} }}")
    keep(rows(page).first).press("Enter")
    page.evaluate("() => { Storage.prototype.setItem = mended; }")

    keep(rows(page).nth(1)).press("Enter")

    assert len(stored(page)["kept"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\x00",
        '{"version":2,"shelves":[]}',
        '{"version":1,"kept":{},"skipped":[]}',
        '{"version":1,"kept":[{"key":"../../x"}],"skipped":[]}',
        '{"version":1,"kept":[null,7,"abcdefgh"],"skipped":null}',
    ],
)
def test_what_cannot_be_read_is_put_aside_and_never_lost(
    text: str, site: str, hub: str, page: Page
) -> None:
    page.goto(site + hub)
    store(page, text)
    page.reload()

    keep(rows(page).first).press("Enter")
    open_list(page, site)

    assert page.evaluate("conspectus.store.aside()") == [text]
    assert len(stored(page)["kept"]) == 1
    assert "put aside" in page.locator(".kept-messages").inner_text()


def test_the_readable_part_of_a_damaged_list_stays(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    whole = {"key": "abcdefgh", "title": "On Moss", "extra": 1}
    store(page, json.dumps({"version": 1, "kept": [whole, {"key": 7}], "skipped": [], "more": 2}))
    page.reload()

    keep(rows(page).first).press("Enter")

    assert stored(page)["more"] == 2
    assert stored(page)["kept"][0]["title"] == "On Moss"
    assert stored(page)["kept"][0]["extra"] == 1


def test_a_link_in_storage_never_runs(site: str, page: Page) -> None:
    page.goto(site + "reading-list.html")
    entry = {"key": "abcdefgh", "title": "On Moss", "permalink": "javascript:alert(1)"}
    store(page, json.dumps({"version": 1, "kept": [entry], "skipped": []}))

    open_list(page, site)

    assert page.locator(".kept-row a").count() == 0


def test_two_tabs_share_one_list(served_site: str, hub: str, page: Page) -> None:
    page.goto(served_site + hub)
    other = page.context.new_page()
    other.goto(served_site + hub)

    keep(rows(page).first).press("Enter")
    other.wait_for_function("document.querySelector('[data-kept-count]').textContent === ' 1'")
    keep(rows(other).nth(1)).press("Enter")
    page.wait_for_function("document.querySelector('[data-kept-count]').textContent === ' 2'")

    assert keep(rows(other).first).get_attribute("aria-pressed") == "true"
    assert len(stored(page)["kept"]) == 2


def test_two_surveys_on_one_host_keep_apart(
    served_site: str, hub: str, survey_site: Path, seed_site: Path, page: Page
) -> None:
    # On a disk all files share one storage.
    keep_first(page, f"{seed_site.as_uri()}/{hub}", 2)

    page.goto((survey_site / "index.html").as_uri())

    assert count(page) == ""


def test_the_count_is_right_after_going_back(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    rows(page).first.locator(".row-title a").press("Enter")
    page.wait_for_url("**/papers/**")
    page.locator("[data-actions] [data-keep]").press("Enter")

    page.go_back()
    page.wait_for_function("document.querySelector('[data-kept-count]').textContent === ' 1'")

    assert keep(rows(page).first).get_attribute("aria-pressed") == "true"


def test_scripts_and_pages_name_a_paper_by_the_same_key(page: Page) -> None:
    page.add_script_tag(path=ROOT / "static" / "js" / "search" / "key.js")
    chance = random.Random(5)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-./"
    ids = ["a", "moss", "2024/keepers-logbooks", "z" * 80]
    ids += ["".join(chance.choices(letters, k=length)) for length in range(1, 81)]

    found = page.evaluate("(ids) => ids.map(conspectus.keyOf)", ids)

    assert found == [paper_key(each) for each in ids]


# The shelf, as values


@pytest.fixture
def shelf(page: Page) -> Page:
    """A page that has the shelf and nothing else."""
    page.add_script_tag(path=ROOT / "static" / "js" / "shelf.js")
    return page


def shelf_of(kept: list[str], skipped: list[str] | None = None) -> dict[str, Any]:
    def entry(name: str) -> dict[str, Any]:
        fields = {"id": "", "title": "", "permalink": "", "read": False, "note": ""}
        return {"key": name * 8, **fields}

    return {
        "version": 1,
        "kept": [entry(name) for name in kept],
        "skipped": [entry(name) for name in skipped or []],
    }


def names(shelf: dict[str, Any], part: str = "kept") -> str:
    return "".join(each["key"][0] for each in shelf[part])


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("ab", "abc", "abd", "abdc"),
        ("ab", "a", "abd", "ad"),
        ("ab", "ba", "abd", "bad"),
        ("ab", "abc", "ba", "bac"),
        ("abc", "ac", "ab", "a"),
        ("", "a", "a", "a"),
        ("abc", "abc", "", ""),
        ("abc", "cab", "bca", "cab"),
    ],
)
def test_changes_of_two_tabs_are_merged(
    base: str, mine: str, theirs: str, merged: str, shelf: Page
) -> None:
    found = shelf.evaluate(
        "(shelves) => conspectus.shelf.merge(...shelves)",
        [shelf_of(list(each)) for each in (base, mine, theirs)],
    )

    assert names(found) == merged


def test_merging_loses_nothing_that_either_tab_added_and_nothing_removed_returns(
    shelf: Page,
) -> None:
    chance = random.Random(6)

    def some() -> list[str]:
        return chance.sample("abcdefgh", chance.randrange(9))

    cases = []
    for _ in range(300):
        base, mine, theirs = (some() for _ in range(3))
        cases.append(
            [shelf_of(each, list(set("abcdefgh") - set(each))[:2]) for each in (base, mine, theirs)]
        )
    found = shelf.evaluate("(all) => all.map((each) => conspectus.shelf.merge(...each))", cases)

    for (base, mine, theirs), merged in zip(cases, found, strict=True):
        was, one, other, now = (set(names(each)) for each in (base, mine, theirs, merged))
        assert now == (one & other) | (one - was) | (other - was)
        assert len(names(merged)) == len(now)
        assert not now & set(names(merged, "skipped"))


def test_two_tabs_may_change_two_fields_of_one_paper(shelf: Page) -> None:
    base, mine, theirs = (shelf_of(["a"]) for _ in range(3))
    mine["kept"][0]["note"] = "mine"
    theirs["kept"][0]["read"] = True

    found = shelf.evaluate("(shelves) => conspectus.shelf.merge(...shelves)", [base, mine, theirs])

    assert (found["kept"][0]["note"], found["kept"][0]["read"]) == ("mine", True)


def test_a_former_key_that_meets_the_papers_own_becomes_one_entry(shelf: Page) -> None:
    both = shelf_of(["a", "b"])
    both["kept"][0]["note"], both["kept"][1]["note"] = "first", "second"

    found = shelf.evaluate(
        "(both) => conspectus.shelf.change(both, 'aaaaaaaa', { key: 'bbbbbbbb' })", both
    )

    assert [(each["key"], each["note"]) for each in found["kept"]] == [("b" * 8, "first\nsecond")]


# The reading list


def test_the_list_is_empty_and_says_how_to_begin(site: str, page: Page) -> None:
    page.goto(site + "reading-list.html")

    lead = page.locator("[data-kept] .lead")
    assert lead.inner_text() == "Nothing kept yet. Keep on any paper puts it here."
    assert page.locator("[data-kept] button:visible").all_inner_texts() == ["Add from such a file"]


def test_papers_are_put_in_order_by_the_keyboard(site: str, hub: str, page: Page) -> None:
    first, second, third = keep_first(page, site + hub, 3)
    kept = open_list(page, site)

    kept.nth(2).get_by_text("Move up").press("Enter")
    assert active(page) == f"Move up: {third}"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    assert titles(kept) == [third, first, second]
    assert page.locator("[data-voice]").inner_text() == "Moved to place 1 of 3."
    assert titles(open_list(page, site)) == [third, first, second]


def test_a_paper_is_marked_as_read_and_gets_a_note(site: str, hub: str, page: Page) -> None:
    keep_first(page, site + hub, 2)
    kept = open_list(page, site)

    kept.first.locator(".toggle").press("Enter")
    kept.first.get_by_text("Note", exact=True).press("Enter")
    page.keyboard.type("Read this first.\nThen the rest.")

    again = open_list(page, site)
    assert page.locator("[data-kept] .lead").inner_text() == "2 papers, 1 read."
    assert again.first.locator(".row-title [role=img]").get_attribute("aria-label") == "Read"
    assert again.first.locator("textarea").input_value() == "Read this first.\nThen the rest."
    assert again.nth(1).locator("textarea").is_hidden()


def test_another_tab_does_not_disturb_a_note_that_is_being_written(
    served_site: str, hub: str, page: Page
) -> None:
    keep_first(page, served_site + hub, 2)
    other = page.context.new_page()
    other.goto(served_site + hub)
    kept = open_list(page, served_site)
    kept.first.get_by_text("Note", exact=True).press("Enter")
    page.keyboard.type("half a ")

    keep(rows(other).nth(2)).press("Enter")
    page.wait_for_function("document.querySelectorAll('.kept-row').length === 3")
    page.keyboard.type("thought")

    assert stored(page)["kept"][0]["note"] == "half a thought"


def test_a_removed_paper_comes_back_to_its_place_with_its_note(
    site: str, hub: str, page: Page
) -> None:
    all_three = keep_first(page, site + hub, 3)
    kept = open_list(page, site)
    kept.nth(1).get_by_text("Note", exact=True).press("Enter")
    page.keyboard.type("mine")

    kept.nth(1).get_by_text("Remove").press("Enter")
    assert titles(kept) == [all_three[0], all_three[2]]
    assert active(page) == f"Undo: {all_three[1]}"
    page.keyboard.press("Enter")

    assert titles(kept) == all_three
    assert kept.nth(1).locator("textarea").input_value() == "mine"
    assert active(page) == f"Remove: {all_three[1]}"


# Sharing


@pytest.fixture
def link(site: str, hub: str, page: Page) -> str:
    """The link to a list of three papers, copied by its button."""
    keep_first(page, site + hub, 3)
    open_list(page, site)
    page.get_by_text("Copy link to this list").press("Enter")
    return page.get_by_label("Link to this list").input_value()


def test_a_link_holds_eight_digits_a_paper(link: str, site: str, page: Page) -> None:
    keys = [each["key"] for each in stored(page)["kept"]]

    assert link == f"{site}reading-list.html#1.{''.join(keys)}"
    assert all(len(key) == 8 for key in keys)


def test_a_shared_list_opens_in_a_fresh_profile_and_is_added_to_ones_own(
    link: str, site: str, seed_site: Path, open_page: PageMaker, page: Page
) -> None:
    shared = titles(page.locator(".kept-row"))
    other = open_page()
    last = max(seed_site.glob("papers/[!i]*.html")).relative_to(seed_site).as_posix()
    other.goto(site + last)
    other.locator("[data-actions] [data-keep]").press("Enter")
    [own] = [each["title"] for each in stored(other)["kept"]]

    other.goto(link)
    wait_for_cards(other)
    assert other.locator("#shared-title").inner_text() == "A list of 3 papers, shared by a link"
    assert [" ".join(t.split()) for t in other.locator(".shared a").all_inner_texts()] == shared
    assert titles(other.locator(".kept-row")) == [own]  # nothing is added unasked

    other.get_by_text("Add these to yours").press("Enter")

    assert titles(other.locator(".kept-row")) == [own, *(t for t in shared if t != own)]
    assert other.locator(".shared").is_hidden()
    expect(other).to_have_url(re.compile(r"^[^#]*$"))
    assert active(other) == "Kept"


def test_papers_that_the_survey_does_not_know_are_counted_and_kept(
    link: str, site: str, open_page: PageMaker
) -> None:
    other = open_page()
    other.goto(link + "zzzzzzzzyyyyyyyy")
    wait_for_cards(other)
    assert other.get_by_text("2 papers are not in this survey.").is_visible()

    other.get_by_text("Add these to yours").press("Enter")

    kept = other.locator(".kept-row")
    assert kept.count() == 5
    assert "number zzzzzzzz" in kept.nth(3).inner_text()
    other.get_by_text("Copy link to this list").press("Enter")
    assert other.get_by_label("Link to this list").input_value() == link + "zzzzzzzzyyyyyyyy"


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#2.abcdefgh", "The link is of a kind that this page cannot read."),
        ("#1.", "The link holds no papers."),
        ("#1.abc", "The end of the link is missing or damaged."),
        ("#1.abcdefgh<img src=x>", "The end of the link is missing or damaged."),
        ("#1.ABCDEFGHabcdefgh", "A list of 1 paper, shared by a link"),
    ],
)
def test_a_damaged_link_says_so_and_touches_nothing(
    fragment: str, said: str, site: str, hub: str, page: Page
) -> None:
    own = keep_first(page, site + hub, 1)

    kept = open_list(page, site, fragment)

    assert said in page.locator(".shared").inner_text()
    assert titles(kept) == own
    page.get_by_text("Only my list").press("Enter")
    assert page.locator(".shared").is_hidden()
    assert titles(kept) == own


@pytest.mark.parametrize("fragment", ["#content", "#1", "#x.1", "#%"])
def test_any_other_fragment_is_not_a_list(fragment: str, site: str, page: Page) -> None:
    open_list(page, site, fragment)

    assert page.locator(".shared").is_hidden()


def test_a_list_that_is_ones_own_already_offers_nothing_to_add(link: str, page: Page) -> None:
    page.goto("about:blank")
    page.goto(link)
    wait_for_cards(page)

    assert page.get_by_text("All of them are in your list.").is_visible()
    assert page.get_by_text("Add these to yours").count() == 0


def test_the_key_of_a_former_id_finds_the_paper(served_survey: str, page: Page) -> None:
    former = f"#1.{paper_key('keepers-logbook')}"
    open_list(page, served_survey, former)

    page.get_by_text("Add these to yours").press("Enter")

    assert [each["id"] for each in stored(page)["kept"]] == ["2024/keepers-logbooks"]
    assert stored(page)["kept"][0]["key"] == paper_key("2024/keepers-logbooks")


def test_a_kept_paper_follows_its_paper_to_a_new_id_and_title(
    served_survey: str, page: Page
) -> None:
    page.goto(served_survey + "reading-list.html")
    entry = {"key": paper_key("keepers-logbook"), "title": "An Earlier Title", "note": "mine"}
    store(page, json.dumps({"version": 1, "kept": [entry], "skipped": []}))

    kept = open_list(page, served_survey)

    assert "You kept it as “An Earlier Title”." in kept.first.inner_text()
    assert kept.first.locator("textarea").input_value() == "mine"
    kept.first.locator(".row-title a").press("Enter")
    page.wait_for_url("**/papers/2024/keepers-logbooks.html")
    assert page.locator("[data-actions] [data-keep]").get_attribute("aria-pressed") == "true"


def test_a_vanished_paper_keeps_its_title(site: str, page: Page) -> None:
    page.goto(site + "reading-list.html")
    entry = {"key": "zzzzzzzz", "id": "gone", "title": "A Paper That Is Gone"}
    entry["permalink"] = "papers/gone.html"
    store(page, json.dumps({"version": 1, "kept": [entry], "skipped": []}))

    kept = open_list(page, site)

    assert titles(kept) == ["A Paper That Is Gone"]
    assert kept.locator("a").count() == 0
    assert "This survey no longer has this paper" in kept.inner_text()


# Taking it away


@pytest.fixture
def three(site: str, hub: str, page: Page) -> list[str]:
    """The reading list with three papers, the second with a note, and one that is gone."""
    kept = keep_first(page, site + hub, 3)
    page.evaluate("""() => {
        const { store } = conspectus;
        store.change("change", store.shelf().kept[1].key, { note: "why *this* one\\n\\nand how" });
        store.change("keep", [{ key: "zzzzzzzz", title: "A Paper That Is Gone" }]);
    }""")
    open_list(page, site)
    return kept


def downloaded(page: Page, words: str) -> tuple[str, str]:
    with page.expect_download() as waiting:
        page.locator(".kept-doings").get_by_text(words, exact=True).press("Enter")
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def test_the_list_is_taken_away_as_bibtex(three: list[str], page: Page) -> None:
    name, text = downloaded(page, "Download .bib")

    assert name.endswith("-kept.bib")
    assert text.count("\n@") + text.startswith("@") == 3
    assert "1 paper is not in the file" in page.locator(".kept-link").inner_text()


def test_the_list_is_taken_away_as_ris(three: list[str], page: Page) -> None:
    name, text = downloaded(page, ".ris")

    assert name.endswith("-kept.ris")
    assert text.count("TY  - ") == text.count("ER  -") == 3


def test_the_list_is_taken_away_as_csl_json(three: list[str], page: Page) -> None:
    name, text = downloaded(page, "CSL-JSON")

    assert name.endswith("-kept.csl.json")
    found = json.loads(text)
    assert len(found) == 3
    assert all({"id", "type"} <= each.keys() for each in found)


def test_the_list_is_taken_away_as_an_outline(three: list[str], site: str, page: Page) -> None:
    name, text = downloaded(page, "Markdown outline")

    assert name.endswith("-kept.md")
    items = [line for line in text.splitlines() if line[:1].isdigit()]
    assert [item[:3] for item in items] == ["1. ", "2. ", "3. ", "4. "]
    assert f"](<{site}papers/" in items[0]
    assert items[3] == "4. A Paper That Is Gone"
    assert "   why \\*this\\* one\n   \n   and how\n" in text


def test_a_part_of_the_data_that_does_not_come_is_said_and_asked_for_again(
    served_site: str, hub: str, page: Page, complaints: list[str]
) -> None:
    kept_titles = keep_first(page, served_site + hub, 2)
    page.route(re.compile(r"data/cards/(?!index)"), lambda route: route.abort())

    kept = open_list(page, served_site)
    assert titles(kept) == kept_titles
    assert "no longer has" not in page.locator("main").inner_text()
    page.unroute_all()
    page.locator(".kept-messages").get_by_text("Try again").press("Enter")
    page.locator(".kept-messages").get_by_text("Try again").wait_for(state="detached")

    assert kept.first.locator(".shape").count() == 1
    assert "ERR_FAILED" in complaints.pop()


def test_a_file_that_is_asked_for_early_waits_until_the_papers_are_known(
    served_site: str, hub: str, page: Page
) -> None:
    keep_first(page, served_site + hub, 3)
    gate = Gate(page, "data/cards/")
    page.goto(served_site + "reading-list.html", wait_until="commit")
    with page.expect_download() as waiting:
        page.locator(".kept-doings").get_by_text("Download .bib").press("Enter")
        gate.open()

    text = waiting.value.path().read_text(encoding="utf-8")
    assert text.count("\n@") + text.startswith("@") == 3
    expect(page.locator(".kept-link")).to_be_empty()  # no paper is said to be missing


def test_a_link_that_is_asked_for_early_stays_when_the_papers_are_known(
    served_site: str, hub: str, page: Page
) -> None:
    keep_first(page, served_site + hub, 1)
    gate = Gate(page, "data/cards/")
    page.goto(served_site + "reading-list.html", wait_until="commit")
    page.get_by_text("Copy link to this list").press("Enter")
    expect(page.get_by_label("Link to this list")).to_be_visible()
    gate.open()
    wait_for_cards(page)

    expect(page.get_by_label("Link to this list")).to_be_visible()


def test_a_link_goes_when_the_list_is_another(served_site: str, hub: str, page: Page) -> None:
    keep_first(page, served_site + hub, 2)
    kept = open_list(page, served_site)
    page.get_by_text("Copy link to this list").press("Enter")
    expect(page.get_by_label("Link to this list")).to_be_visible()

    kept.first.get_by_text("Remove").press("Enter")

    assert page.get_by_label("Link to this list").count() == 0


def test_a_link_that_may_not_be_copied_is_selected(site: str, hub: str, page: Page) -> None:
    page.add_init_script(
        "if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject()"
    )
    keep_first(page, site + hub, 1)
    open_list(page, site)

    page.get_by_text("Copy link to this list").press("Enter")

    page.wait_for_function("document.activeElement.selectionEnd > 20")
    assert active(page) == "Link to this list"


# Lists


def test_a_list_shows_titles_sentences_or_abstracts(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    row = rows(page).first
    assert row.locator(".row-sentence").is_visible()

    page.get_by_role("radio", name="Sentences").focus()
    page.keyboard.press("ArrowRight")
    assert row.locator(".row-abstract .prose").is_visible()
    page.keyboard.press("ArrowRight")

    assert row.locator(".row-title").is_visible()
    assert not row.locator(".row-sentence").is_visible()
    assert not row.locator(".row-abstract").is_visible()
    assert keep(row).is_visible()


def test_how_much_lists_show_is_remembered(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)
    page.get_by_role("radio", name="Sentences").press("ArrowRight")

    page.goto(site + "index.html")

    assert page.get_by_role("radio", name="Abstracts").is_checked()
    assert rows(page).first.locator(".row-abstract .prose").is_visible()


def test_a_page_of_many_lists_has_one_switch_for_all(site: str, page: Page) -> None:
    page.goto(site + "papers/index.html")

    page.get_by_role("radio", name="Sentences").press("ArrowLeft")

    assert page.locator(".row-sentence:visible").count() == 0
    assert page.locator("[data-rows]").count() > 1


def test_a_short_list_has_no_switch(survey_site: Path, page: Page) -> None:
    page.goto((survey_site / "reading-list.html").as_uri())

    assert page.locator(".rows-switch").count() == 0


# Keys


@pytest.mark.parametrize("path", ["index.html", "papers/index.html", "search.html"])
def test_control_k_leads_to_the_search_field(path: str, site: str, page: Page) -> None:
    page.goto(site + path)

    page.keyboard.press("Control+k")

    assert page.evaluate("document.activeElement.matches('[data-search-input]')")


def test_control_k_opens_the_search_where_no_field_is_in_view(
    site: str, hub: str, open_page: PageMaker
) -> None:
    page = open_page(site + hub, width=390)

    page.keyboard.press("Control+k")

    page.wait_for_url("**/search.html")


def test_other_keys_are_left_alone(site: str, hub: str, page: Page) -> None:
    page.goto(site + hub)

    for keys in ("k", "Control+Shift+k", "Alt+k", "/"):
        page.keyboard.press(keys)

    assert page.evaluate("document.activeElement === document.body")


def test_the_header_tells_the_key(served_site: str, hub: str, page: Page) -> None:
    page.goto(served_site + hub)

    hint = page.locator(".site-search input").get_attribute("placeholder")
    assert hint == "Search  Ctrl K"
