"""Lists worked through: what is shown, filtered, kept, skipped, taken along, and new."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page

from conspectus.siteplan.lookup import paper_key
from tests.browser.conftest import PageMaker
from tests.support.hubs import REHEARSAL, Hub, hub_with

SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
"""Script: adds up what moved while a page was loading."""


@pytest.fixture(params=["server", "disk"])
def site(request: pytest.FixtureRequest, served_site: str, seed_site: Path) -> str:
    return served_site if request.param == "server" else seed_site.as_uri() + "/"


@pytest.fixture
def hub(seed_site: Path) -> Hub:
    return hub_with(REHEARSAL, seed_site)


@pytest.fixture
def day(survey_site: Path) -> str:
    """The path of a day of which years and code divide the papers."""
    return "days/2024-05-06.html"


def rows(page: Page) -> Locator:
    return page.locator("[data-rows] > li")


def shown(page: Page) -> list[str]:
    found = page.locator("[data-rows] > li:visible .row-title a").all_inner_texts()
    return [" ".join(text.split()) for text in found]


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def text_of(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")


def take(page: Page, name: str) -> str:
    with page.expect_download() as download:
        button(page, name).press("Enter")
    return text_of(download.value)


def shelf(page: Page) -> dict[str, list[dict[str, str]]]:
    found = page.evaluate("conspectus.store.shelf()")
    assert isinstance(found, dict)
    return found


# Working through


def test_the_hub_says_how_far_the_reader_is_in_words_and_strokes(
    site: str, hub: Hub, page: Page
) -> None:
    page.goto(site + hub.path)
    assert page.locator("[data-progress]").inner_text() == f"{hub.papers} papers"

    rows(page).nth(1).locator("[data-keep]").press("Enter")
    rows(page).nth(2).locator(".row-skip").press("Enter")

    assert page.locator("[data-progress]").inner_text() == (
        f"{hub.papers} papers, 1 kept, {hub.papers - 2} to go"
    )
    strokes = page.locator("[data-strokes] path")
    drawn = {
        strokes.nth(i).get_attribute("class"): (strokes.nth(i).get_attribute("d") or "").count("M")
        for i in range(strokes.count())
    }
    assert drawn == {"is-kept": 1, "is-skipped": 1, "is-undecided": hub.papers - 2}
    kept = page.locator("[data-strokes] .is-kept")
    assert kept.evaluate("(it) => getComputedStyle(it).strokeWidth") == "3px"
    half = page.locator("[data-strokes] .is-skipped").get_attribute("d")
    assert str(half).endswith("8v6")


def test_the_letters_do_nothing_outside_the_list_and_none_with_a_modifier(
    site: str, hub: Hub, page: Page
) -> None:
    page.goto(site + hub.path)
    page.locator("h1").click()
    page.keyboard.press("k")
    rows(page).first.locator(".row-title a").focus()
    page.keyboard.press("Alt+k")
    page.keyboard.press("Control+s")
    page.get_by_role("searchbox", name="Filter these papers").press("k")

    assert shelf(page)["kept"] == shelf(page)["skipped"] == []


def test_the_letter_n_leaves_a_paper_undecided(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    button(page, "Next undecided").press("Enter")
    page.keyboard.press("n")
    page.keyboard.press("k")

    assert [each["title"] for each in shelf(page)["kept"]] == [shown(page)[1]]


def test_what_was_skipped_before_is_hidden_until_it_is_asked_for(
    site: str, hub: Hub, page: Page
) -> None:
    page.goto(site + hub.path)
    for place in (0, 3):
        rows(page).nth(place).locator(".row-skip").press("Enter")
    assert len(shown(page)) == hub.papers

    page.reload()
    assert len(shown(page)) == hub.papers - 2
    button(page, "Show 2 skipped").press("Enter")
    assert len(shown(page)) == hub.papers
    button(page, "Hide 2 skipped").press("Enter")

    assert len(shown(page)) == hub.papers - 2


def test_a_paper_decided_under_a_former_id_is_so_under_its_own(
    served_survey: str, page: Page
) -> None:
    page.goto(served_survey + "papers/index.html")
    former = {"key": paper_key("keepers-logbook"), "id": "keepers-logbook", "title": "Old name"}
    page.evaluate("(paper) => conspectus.store.change('skip', paper)", former)

    page.reload()

    [skipped] = shelf(page)["skipped"]
    assert (skipped["key"], skipped["title"]) == (paper_key("2024/keepers-logbooks"), "Old name")
    assert page.locator('[data-paper="2024/keepers-logbooks"].is-skipped').count() == 1


# Filter and order


def test_papers_are_filtered_by_words_in_any_case_and_without_accents(
    site: str, hub: Hub, page: Page
) -> None:
    page.goto(site + hub.path)
    field = page.get_by_role("searchbox", name="Filter these papers")

    field.fill("REHEARSAL Lèarning")
    found = shown(page)

    assert 0 < len(found) < hub.papers
    assert page.locator(".narrowed [role=status]").inner_text() == (
        f"{len(found)} of {hub.papers} papers"
    )
    field.fill("zebra crossing")
    assert page.locator(".narrowed [role=status]").inner_text() == "No paper here fits."
    button(page, "Show all").press("Enter")
    assert len(shown(page)) == hub.papers
    assert field.evaluate("(it) => it === document.activeElement")


def test_only_what_divides_a_list_is_asked(
    served_site: str, served_survey: str, hub: Hub, day: str, page: Page
) -> None:
    page.goto(served_site + hub.path)
    orders = page.get_by_label("Order").locator("option")
    assert orders.all_inner_texts() == ["As listed", "By title"]
    assert page.get_by_label("Year", exact=True).count() == 0

    page.goto(served_survey + day)
    assert "Newest first" in orders.all_inner_texts()
    assert page.get_by_label("Year", exact=True).count() == 1


def test_papers_are_ordered_and_put_back(served_survey: str, day: str, page: Page) -> None:
    page.goto(served_survey + day)
    given = shown(page)
    order = page.get_by_label("Order")

    order.select_option("title")
    assert shown(page) == sorted(given, key=str.casefold)
    order.select_option("year")
    years = [
        int(y) for y in rows(page).evaluate_all("(all) => all.map((r) => r.dataset.year ?? 0)")
    ]
    assert years == sorted(years, reverse=True)
    order.select_option("given")
    assert shown(page) == given


def test_a_year_leaves_its_papers_and_says_how_many(
    served_survey: str, day: str, page: Page
) -> None:
    page.goto(served_survey + day)
    years = page.get_by_label("Year", exact=True)
    label = years.locator("option").nth(1).inner_text()

    years.select_option(index=1)

    count = int(re.search(r"\((\d+)\)", label)[1])  # type: ignore[index]
    assert len(shown(page)) == count


# Taking along


def test_all_that_is_shown_is_kept_and_let_go_again(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    rows(page).first.locator(".row-skip").press("Enter")
    rows(page).nth(1).locator("[data-keep]").press("Enter")

    button(page, f"Keep all {hub.papers - 1}").press("Enter")
    assert [each["title"] for each in shelf(page)["kept"]] == shown(page)[1:]
    assert button(page, f"All {hub.papers - 1} kept").is_visible()
    page.locator(".list-doings").get_by_role("button", name="Undo").press("Enter")

    assert len(shelf(page)["kept"]) == 1


def test_a_download_holds_exactly_what_is_shown(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    page.get_by_role("searchbox", name="Filter these papers").fill("rehearsal")
    n = len(shown(page))

    bib = take(page, "Download .bib")
    ris = take(page, ".ris")
    tex = take(page, "Related work (.tex)")

    assert 0 < n < hub.papers
    assert len(re.findall("^@", bib, re.MULTILINE)) == n
    assert len(re.findall("^TY  - ", ris, re.MULTILINE)) == n
    keys = re.findall(r"^@\w+\{([^,]+),", bib, re.MULTILINE)
    assert re.findall(r"\\cite\{([^}]+)\}", tex) == keys


def test_a_term_s_papers_are_taken_along(site: str, page: Page) -> None:
    page.goto(site + "terms.html")
    entry = page.locator(".term-index details").first
    entry.locator("summary").press("Enter")
    n = entry.locator(".titles li").count()

    with page.expect_download() as download:
        entry.get_by_role("button", name="Download .bib").press("Enter")

    assert len(re.findall("^@", text_of(download.value), re.MULTILINE)) == n


def test_a_short_list_has_its_doings_too(served_survey: str, page: Page) -> None:
    page.goto(served_survey + "lists/first-evening.html")

    button(page, "Keep all 3").press("Enter")

    assert len(shelf(page)["kept"]) == 3
    assert page.get_by_role("link", name="Calendar (.ics)").count() == 1


def test_the_comparison_table_is_taken_along_as_csv(
    served_survey: str, survey_site: Path, page: Page
) -> None:
    hub = next(p for p in survey_site.glob("topics/*.html") if "lighthouse" in p.name)
    page.goto(f"{served_survey}topics/{hub.name}")

    found = list(csv.reader(take(page, "Download .csv").splitlines()))

    heads = page.locator("[data-table] thead th").all_inner_texts()
    assert found[0] == [head.strip(" ↑↓") for head in heads]
    assert len(found) == page.locator("[data-table] tbody tr").count() + 1


def test_what_a_spreadsheet_could_run_is_written_as_text(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    text = page.evaluate(
        """conspectus.outlines.csv([["=1+1", "-2.5", "@a", '"q", b', "+3 %", "-x", null]])"""
    )
    assert text == '\'=1+1,-2.5,\'@a,"""q"", b",+3 %,\'-x,\r\n'


def test_no_mark_of_tex_is_left_alive(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    text = page.evaluate(
        r"""conspectus.outlines.latex("A & B", [
            {title: "50 % of \\{x}_1^2 ~ #$", bib: "@misc{key1,\n}", note: "", topic: ""},
            {title: "T", bib: "", note: "my & note.", topic: "a_b"}])"""
    )
    assert text == (
        "\\section{A \\& B}\n\n"
        "50 \\% of \\textbackslash{}\\{x\\}\\_1\\textasciicircum{}2 \\textasciitilde{} \\#\\$"
        "~\\cite{key1}.\n\n"
        "\\paragraph{a\\_b}\n% T\nmy \\& note.\n"
    )


# The reading list


def test_what_was_skipped_and_why_is_listed_and_taken_along(
    site: str, hub: Hub, page: Page
) -> None:
    page.goto(site + hub.path)
    first, second = shown(page)[:2]
    rows(page).first.locator("[data-keep]").press("Enter")
    rows(page).nth(1).locator(".row-skip").press("Enter")
    page.goto(site + "reading-list.html")
    page.locator("[data-kept][aria-busy=false]").wait_for()

    page.locator(".skipped-papers summary").press("Enter")
    page.get_by_label(f"Reason: {second}").fill('too "old", for us')
    table = list(csv.DictReader(take(page, ".csv with the skipped").splitlines()))

    assert [(row["state"], row["title"]) for row in table] == [("kept", first), ("skipped", second)]
    assert table[1]["note or reason"] == 'too "old", for us'
    page.get_by_role("button", name=f"Undo: {second}").press("Enter")
    assert shelf(page)["skipped"] == []


def test_notes_become_the_sentences_of_a_latex_outline(site: str, hub: Hub, page: Page) -> None:
    page.goto(site + hub.path)
    rows(page).first.locator("[data-keep]").press("Enter")
    page.goto(site + "reading-list.html")
    page.locator("[data-kept][aria-busy=false]").wait_for()
    page.locator(".kept-row").get_by_text("Note", exact=True).press("Enter")
    page.keyboard.type("They forget 10 % less")

    assert "\nThey forget 10 \\% less~\\cite{" in take(page, "LaTeX outline")


def test_everything_is_carried_to_another_browser_as_one_file(
    site: str, hub: Hub, page: Page, open_page: PageMaker, tmp_path: Path
) -> None:
    page.goto(site + "index.html")
    page.goto(site + hub.path)
    rows(page).first.locator("[data-keep]").press("Enter")
    rows(page).nth(1).locator(".row-skip").press("Enter")
    page.goto(site + "reading-list.html")
    file = tmp_path / "kept.json"
    file.write_text(take(page, "Save as one file"), encoding="utf-8")

    other = open_page(site + hub.path)
    rows(other).nth(2).locator("[data-keep]").press("Enter")
    [own] = shelf(other)["kept"]
    other.goto(site + "reading-list.html")
    other.locator("input[type=file]").set_input_files(file)
    other.get_by_text("Added from the file: 1 kept, 1 skipped.").first.wait_for()

    assert {each["key"] for each in shelf(other)["kept"]} == {
        own["key"],
        shelf(page)["kept"][0]["key"],
    }
    assert shelf(other)["skipped"] == shelf(page)["skipped"]
    assert shelf(other)["seen"] == shelf(page)["seen"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "That file holds no reading list. Nothing was added."),
        ("null", "That file holds no reading list. Nothing was added."),
        ('{"conspectus": 2, "shelf": {}}', "That file holds no reading list. Nothing was added."),
        (
            json.dumps({"conspectus": 1, "survey": "<b>x</b>", "shelf": {"version": 1}}),
            "That file is of another survey (<b>x</b>). Nothing was added.",
        ),
    ],
)
def test_a_file_that_is_no_list_of_this_survey_adds_nothing(
    served_site: str, page: Page, tmp_path: Path, text: str, said: str
) -> None:
    page.goto(served_site + "reading-list.html")
    file = tmp_path / "file.json"
    file.write_text(text, encoding="utf-8")

    page.locator("input[type=file]").set_input_files(file)

    page.locator(".kept-whole").get_by_text(said).wait_for()
    assert shelf(page)["kept"] == []


# New since


def test_a_first_visit_finds_nothing_new(served_survey: str, page: Page) -> None:
    page.goto(served_survey)
    assert page.locator("#seen-title").count() == 0
    assert page.locator(".is-new-to-reader").count() == 0


def test_papers_are_new_until_they_are_opened_or_marked(served_survey: str, page: Page) -> None:
    page.goto(served_survey)
    page.evaluate("conspectus.store.change('see', '2024-05-07')")
    page.goto(served_survey)
    page.locator("#seen-title").wait_for()
    assert page.locator("#seen-title").inner_text() == "New since 7 May 2024"
    box = page.locator("section:has(> #seen-title)")
    count = box.locator("li").count()
    assert count == 9
    assert page.locator(".home-newest .is-new-to-reader").first.inner_text().strip() == "new"

    box.locator("a").first.press("Enter")
    page.wait_for_url("**/papers/**")
    page.goto(served_survey)
    page.locator("#seen-title").wait_for()
    assert box.locator("li").count() == count - 1

    button(page, "Mark all as seen").press("Enter")

    assert not box.is_visible()
    assert page.locator(".is-new-to-reader").count() == 0
    page.reload()
    assert page.locator("#seen-title").count() == 0


# Steady pages


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_list_loads(
    served_site: str, hub: Hub, width: int, open_page: PageMaker
) -> None:
    page = open_page(width=width, has_touch=width < 700, is_mobile=width < 700)
    page.add_init_script(SHIFTS)
    for path in (hub.path, "days/2025-03-17.html", "papers/index.html", "index.html"):
        page.goto(served_site + path)
        page.wait_for_timeout(100)
        assert page.evaluate("window.shifts") < 0.005, path
