"""The search page, over http in a sub-folder and from file://, with an empty console."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from conspectus.model.papers import Corpus
from conspectus.search.documents import RECORD_BITS, base36
from conspectus.search.numbers import numbered
from tests.browser.gate import Gate
from tests.support.serving import served
from tests.unit.search.agreement import FIXTURE
from tests.unit.search.support import analysis, corpus, paper, site, topic

PageMaker = Callable[..., Page]

TITLE = "Walking lamps with graph attention"

PAPERS = corpus(
    paper(
        "walking-lamps",
        "Walking lamps with graph attention",
        "Lamps fall over.\nWe propose lamps that walk by graph attention.",
        year=2021, venue="Journal of Lamps", authors=["Ada Fictional", "Bo Invented"],
        has_code=True,
    ),
    paper(
        "sleeping-lamps",
        "Sleeping lamps save energy",
        "A lamp that sleeps saves power.\nReinforcement learning decides when.",
        year=2022, venue="Journal of Lamps", authors=["Cy Madeup"],
    ),
    paper(
        "k-means-chairs",
        "Clustering chairs with k-means",
        "We cluster chairs by <b>shape</b> & colour.\nGPT-4 names the clusters.",
        year=2022, venue="Chair Letters", authors=["Ada Fictional"], doi="10.1000/chairs.7",
    ),
    paper(
        "naive-tables",
        "Naïve tables: a transformer for furniture",
        "Tables are naïve.\nThe transformer reads them.",
        listed="2025-03-17", arxiv="2502.12152",
    ),
    paper("kagu", "家具の自然言語処理", "自然言語で家具を説明する。", year=2023),
    *(
        paper(f"stool-{i:02}", f"Stools of kind {i}", "A stool is a backless chair.", year=2020)
        for i in range(30)
    ),
)  # fmt: skip
FOUND = analysis(
    [
        topic("lamps", ["walking-lamps", "sleeping-lamps"], slot=0),
        topic("chairs", [p.id for p in PAPERS.papers if "lamps" not in p.id], slot=25),
    ]
)

FIRST = {
    "k-means": "k-means-chairs",
    "kmeans": "k-means-chairs",
    "GPT-4": "k-means-chairs",
    "gpt4": "k-means-chairs",
    "naive": "naive-tables",
    "NAÏVE": "naive-tables",
    "transfromer": "naive-tables",
    "reinforcment lear": "sleeping-lamps",
    "how do lamps walk?": "walking-lamps",
    "家具": "kagu",
    "自然言語": "kagu",
    "10.1000/chairs.7": "k-means-chairs",
    "https://doi.org/10.1000/chairs.7": "k-means-chairs",
    "arXiv:2502.12152v2": "naive-tables",
    "author:invented": "walking-lamps",
    "title:attention": "walking-lamps",
    '"by graph attention"': "walking-lamps",
    "“by graph attention”": "walking-lamps",
    "lamp -walking": "sleeping-lamps",
    'lamps attention -"by graph attention"': "sleeping-lamps",
    'lamps attention -"attention by graph"': "walking-lamps",
    "topic:lamps saves": "sleeping-lamps",
    "has:code": "walking-lamps",
    "year:2021 lamps": "walking-lamps",
    "year:2022..2023 lamps": "sleeping-lamps",
    "venue:letters chairs": "k-means-chairs",
}
"""Queries and the paper that must come first."""

UNANSWERED = ('"attention graph"', "C++", "title:energy walking -lamps", "author:lamps")

HOSTILE = (
    "a" * 10_000,
    "word " * 2_000,
    '"' * 99,
    '"unclosed phrase of lamps',
    '- -- --- -"" -title: title: author: year: topic: has: venue:',
    "year:.. year:99999..0 year:x has:nothing topic:none",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "👩‍💻🎉 👍🏽",
    "\u202eمرحبا بالعالم\u202c שלום",
    ".*+?^${}()|[]\\ (?<=a)(b|c){9999}",
    "__proto__",
    "constructor toString hasOwnProperty valueOf",
    "author:__proto__ topic:constructor",
    "%00 %F0%9F %s %n",
    "\x00\x01\x7f\u0085\u2028\u2029",
    "＂ＦＵＬＬ　ＷＩＤＴＨ＂",
    "a\u0301" * 400,
    "中" * 3_000,
)


SCRAPS = (
    *" \t\n\"'“”-+#:.,;/\\()[]{}<>*?|^$&%@=~`!",
    *("title:", "author:", "year:", "topic:", "venue:", "has:", "..", "2021", "2021..2022", "code"),
    *("lamps", "walking", "the", "k-means", "C++", "10.1000/chairs.7", "2502.12152", "家具", "中"),
    *("__proto__", "constructor", "hasOwnProperty", "<img onerror=x>", "\u202e", "\u200b", "\0"),
    *("שלום", "مرحبا", "👩‍💻", "e\u0301", "ﬁ", "ß", "İ", "\U00020000", "%F0", "&amp;", "'; --"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("search") / "a folder" / "survey", PAPERS, FOUND)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder.parent) as url:
        yield f"{url}survey/search.html"


@pytest.fixture
def search_page(open_page: PageMaker, address: str) -> Page:
    page = open_page(address)
    page.wait_for_function("window.conspectus?.find")
    return page


def titles(page: Page) -> list[str]:
    return page.locator("[data-search-results] .row-title a").all_inner_texts()


def ids(page: Page, query: str, options: object = None) -> list[str]:
    answer = page.evaluate(
        "async ([query, options]) => conspectus.search(query, options)", [query, options or {}]
    )
    return [result["id"] for result in answer]


def test_a_site_opened_from_the_disk_searches_too(open_page: PageMaker, folder: Path) -> None:
    page = open_page(f"{(folder / 'search.html').as_uri()}?q=walking+lamps")
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    assert titles(page)[0] == "Walking lamps with graph attention"


def test_results_come_as_one_types(search_page: Page) -> None:
    search_page.keyboard.type("la")
    expect(search_page.locator("[data-search-status]")).to_have_text("2 papers")
    search_page.keyboard.type("mps walk")
    expect(search_page.locator(".row-title a").first).to_have_text(
        "Walking lamps with graph attention"
    )


def test_waiting_words_come_late_and_go_with_the_results(
    open_page: PageMaker, address: str
) -> None:
    page = open_page()
    gate = Gate(page, "/search/d-")
    page.goto(f"{address}?q=walking+lamps", wait_until="commit")
    expect(page.locator("[data-search-status]")).to_have_text("Loading more of the index")
    gate.open()
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")


def test_slow_facets_do_not_bring_the_waiting_words_back(
    open_page: PageMaker, address: str
) -> None:
    page = open_page()
    gate = Gate(page, "/search/f-")
    page.goto(f"{address}?q=walking+lamps", wait_until="commit")
    expect(page.locator(".row")).to_have_count(2)
    page.wait_for_timeout(400)
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    gate.open()


def test_one_letter_finds_nothing_yet(search_page: Page) -> None:
    search_page.keyboard.type("l")
    expect(search_page.locator("[data-search-before]")).to_be_visible()
    assert titles(search_page) == []


def test_words_found_are_set_off_and_nothing_else_is(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=clusters+gpt")
    row = page.locator(".row").first
    expect(row.locator(".row-title .hit")).to_have_text(["Clustering"])
    expect(row.locator(".row-sentence .hit")).to_have_text(["GPT", "clusters"])


def test_the_text_of_a_paper_is_never_markup(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=shape+colour")
    expect(page.locator(".row-sentence").first).to_have_text(
        "We cluster chairs by <b>shape</b> & colour."
    )


def test_a_row_says_when_where_who_and_which_topic(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=walking")
    expect(page.locator(".row-facts > span").first).to_be_visible()
    facts = page.locator(".row-facts").first.locator("span[dir]").all_inner_texts()
    assert facts == ["2021", "Journal of Lamps", "Ada Fictional et al.", "lamps"]
    expect(page.locator(".row").first.locator(".shape")).to_have_class("shape t1 s1")


def test_the_day_of_a_listing_is_not_given_as_a_year(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=naive+tables")
    expect(page.locator(".row-facts span").first).to_have_text("Listed 17 March 2025")


def test_rows_link_to_their_papers(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=walking")
    expect(page.locator(".row-title a").first).to_have_attribute(
        "href", "papers/walking-lamps.html"
    )


def test_each_query_has_its_paper_first(search_page: Page) -> None:
    assert {query: ids(search_page, query)[:1] for query in FIRST} == {
        query: [first] for query, first in FIRST.items()
    }


def test_a_query_that_no_paper_answers_finds_none(search_page: Page) -> None:
    assert {query: ids(search_page, query) for query in UNANSWERED} == {
        query: [] for query in UNANSWERED
    }


def test_a_limit_and_filters_are_kept(search_page: Page) -> None:
    assert len(ids(search_page, "stools", {"limit": 3})) == 3
    assert ids(search_page, "lamps", {"filters": {"year": 2022}}) == ["sleeping-lamps"]
    assert ids(search_page, "lamps", {"filters": {"code": True}}) == ["walking-lamps"]
    assert ids(search_page, "lamps", {"filters": {"topic": "chairs"}}) == []


def test_odd_arguments_get_an_answer(search_page: Page) -> None:
    unknown = {"filters": {"constructor": "x", "colour": "red"}, "limit": 5}
    assert ids(search_page, "lamps walk", unknown)[:1] == ["walking-lamps"]
    assert search_page.evaluate("conspectus.search()") == []
    assert search_page.evaluate("conspectus.search(null, null)") == []
    assert ids(search_page, "lamps", {"limit": -1}) == []


def test_scores_fall_from_the_best_on(search_page: Page) -> None:
    answer = search_page.evaluate("conspectus.search('lamps graph attention')")
    scores = [result["score"] for result in answer]
    assert scores == sorted(scores, reverse=True)


def test_a_corrected_word_can_be_searched_as_typed(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=transfromer")
    expect(page.locator(".search-notes")).to_contain_text("Showing results for “transformer”.")
    page.get_by_role("link", name="Search for “transfromer” as typed").click()
    expect(page.locator("[data-search-status]")).to_have_text("No paper has “transfromer”.")


def test_a_figure_is_never_taken_for_a_slip_of_another(
    open_page: PageMaker, tmp_path: Path
) -> None:
    site(tmp_path, corpus(paper("lamps", "Lamps of 2020", "They sleep beside resnet50.")))
    page = open_page((tmp_path / "search.html").as_uri())
    assert ids(page, "2022 ") == ids(page, "2502.12159 ") == ids(page, "resnet51 ") == []
    assert ids(page, "resent50 ") == ["lamps"]


def test_filters_that_no_paper_passes_are_counted_as_none(
    open_page: PageMaker, address: str
) -> None:
    page = open_page(f"{address}?topic=gone")
    expect(page.locator("[data-search-status]")).to_have_text("0 papers")


def test_no_result_offers_the_nearest_terms(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=trnsfrmr")
    expect(page.locator("[data-search-status]")).to_have_text("No paper has “trnsfrmr”.")
    expect(page.locator("[data-search-before]")).to_be_visible()
    expect(page.locator(".search-notes")).to_have_text("Nearest terms: transformer")


def test_a_topic_narrows_the_results_and_can_be_removed(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=clusters+lamps")
    expect(page.locator("[data-facet='topic:lamps'] .count")).to_have_text("2")
    page.locator("[data-facet='topic:lamps']").click()
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    expect(page.locator("[data-facet='topic:lamps']")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("topic=lamps"))
    page.locator("[data-facet='topic:lamps']").click()
    expect(page.locator("[data-facet='topic:lamps']")).to_have_attribute("aria-pressed", "false")


def test_the_address_survives_reload_and_back(search_page: Page, address: str) -> None:
    search_page.keyboard.type("walking lamps")
    search_page.keyboard.press("Enter")
    expect(search_page).to_have_url(f"{address}?q=walking+lamps")
    search_page.locator("[data-search-input]").fill("tables")
    search_page.keyboard.press("Enter")
    search_page.wait_for_function("history.length === 4")  # told after the press
    search_page.reload()
    expect(search_page.locator("[data-search-input]")).to_have_value("tables")
    expect(search_page.locator("[data-search-status]")).to_have_text("1 paper")
    search_page.go_back()
    search_page.go_back()
    expect(search_page.locator("[data-search-input]")).to_have_value("walking lamps")
    expect(search_page.locator("[data-search-status]")).to_have_text("2 papers")


def test_an_older_answer_never_overwrites_a_newer_one(open_page: PageMaker, address: str) -> None:
    page = open_page()
    gate = Gate(page, "/search/d-")
    page.goto(address)
    field = page.locator("[data-search-input]")
    with page.expect_request(re.compile(r"/search/d-")):
        field.fill("clustering")
    with page.expect_request(re.compile(r"/search/d-")):
        field.fill("walking lamps")
    page.wait_for_timeout(200)
    gate.open()
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    page.wait_for_timeout(200)
    assert titles(page)[0] == "Walking lamps with graph attention"


def test_keys_walk_the_results_and_come_back(search_page: Page) -> None:
    search_page.keyboard.type("lamps")
    expect(search_page.locator(".row")).to_have_count(2)
    expect(search_page.locator("#completions")).to_be_visible()  # else Escape clears the field
    search_page.keyboard.press("Escape")
    search_page.keyboard.press("ArrowDown")
    search_page.keyboard.press("ArrowDown")
    expect(search_page.locator(".row-title a").nth(1)).to_be_focused()
    search_page.keyboard.press("ArrowUp")
    search_page.keyboard.press("ArrowUp")
    expect(search_page.locator("[data-search-input]")).to_be_focused()
    search_page.keyboard.press("Escape")
    expect(search_page.locator("[data-search-input]")).to_have_value("")


def test_ctrl_or_cmd_k_leads_to_the_field(search_page: Page) -> None:
    search_page.locator("[data-search-input]").blur()
    search_page.keyboard.press("ControlOrMeta+k")
    expect(search_page.locator("[data-search-input]")).to_be_focused()


def test_more_papers_are_drawn_when_asked_for(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=stools")
    expect(page.locator(".row")).to_have_count(10)
    page.get_by_role("button", name="More papers").click()
    expect(page.locator(".row")).to_have_count(30)
    expect(page.get_by_role("button", name="More papers")).to_be_hidden()


def options(page: Page) -> list[str]:
    return page.locator("#completions [role=option]").all_inner_texts()


def test_what_is_typed_is_completed_to_words_and_titles(search_page: Page) -> None:
    field = search_page.get_by_role("combobox")
    search_page.locator("[data-search-input]").fill("walking la")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options(search_page) == ["walking lamps", "walking lamp", TITLE]


def test_a_completion_has_the_other_words_as_they_were_meant(search_page: Page) -> None:
    search_page.locator("[data-search-input]").fill("Walkign la")
    expect(search_page.get_by_role("option").first).to_have_text("walking lamps")


def test_arrows_walk_the_completions_and_enter_takes_one(search_page: Page) -> None:
    field = search_page.locator("[data-search-input]")
    field.fill("walking la")
    expect(search_page.get_by_role("option")).to_have_count(3)
    search_page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "completion-0")
    expect(search_page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    search_page.keyboard.press("Enter")
    expect(field).to_have_value("walking lamps")
    expect(search_page.locator("#completions")).to_be_hidden()


def test_escape_closes_the_completions_before_it_clears_the_field(search_page: Page) -> None:
    field = search_page.locator("[data-search-input]")
    field.fill("walking la")
    expect(search_page.locator("#completions")).to_be_visible()
    search_page.keyboard.press("Escape")
    expect(search_page.locator("#completions")).to_be_hidden()
    expect(field).to_have_value("walking la")
    search_page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_down_from_the_last_completion_leads_to_the_results(search_page: Page) -> None:
    search_page.locator("[data-search-input]").fill("walking la")
    expect(search_page.get_by_role("option")).to_have_count(3)
    expect(search_page.locator(".row")).not_to_have_count(0)
    for _ in range(4):
        search_page.keyboard.press("ArrowDown")
    expect(search_page.locator(".row-title a").first).to_be_focused()


def test_papers_can_stand_newest_first(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=lamps+clusters+chair")
    page.get_by_text("Newest first").click()
    expect(page).to_have_url(re.compile("sort=date"))
    expect(page.locator(".row-facts span[dir]").first).to_have_text("2022")
    page.reload()
    expect(page.get_by_label("Newest first")).to_be_checked()
    page.get_by_text("Best first").click()
    expect(page).not_to_have_url(re.compile("sort=date"))


def test_a_topic_is_named_by_words_of_its_label(search_page: Page) -> None:
    assert ids(search_page, "topic:lam", {"limit": 5}) == ids(search_page, "topic:lamps")
    assert ids(search_page, "topic:none lamps") == []


def test_nothing_found_offers_topics_of_like_names(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=zz+chiars&as=typed")
    expect(page.get_by_role("heading", name="Nearest topics")).to_be_visible()
    expect(page.locator("[data-search-nearest] a")).to_have_text(["chairs"])


def test_a_chosen_filter_stands_first_and_goes_with_a_press(
    open_page: PageMaker, address: str
) -> None:
    page = open_page(f"{address}?q=stools&year=2020&topic=chairs")
    chosen = page.locator("[data-facet='year:2020']")
    expect(chosen).to_contain_text("Remove")
    expect(page.locator(".facet button").first).to_have_attribute("aria-pressed", "true")
    chosen.click()
    expect(page).to_have_url(re.compile(r"\?q=stools&topic=chairs$"))


def test_all_results_are_kept_with_one_press(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=stools")
    page.get_by_role("button", name="Keep all 30").click()
    expect(page.locator("[data-search-take]")).to_contain_text("30 papers more are in your list.")
    assert page.evaluate("conspectus.store.shelf().kept.length") == 30
    expect(page.locator("[data-keep]").first).to_have_attribute("aria-pressed", "true")


def test_results_say_how_far_the_reader_is(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=lamps")
    progress = page.locator("[data-search-progress]")
    page.get_by_role("button", name="Keep: Walking lamps").click()
    expect(progress).to_have_text("2 papers, 1 kept, 1 to go")
    page.get_by_role("button", name="Skip: Sleeping lamps").click()
    expect(progress).to_have_text("2 papers, 1 kept, 0 to go")
    page.get_by_role("button", name="Undo: Sleeping lamps").click()
    expect(progress).to_have_text("2 papers, 1 kept, 1 to go")


def test_of_many_results_those_that_are_drawn_are_counted(
    open_page: PageMaker, address: str
) -> None:
    page = open_page(f"{address}?q=stools")
    page.get_by_role("button", name="Keep: ").first.click()
    expect(page.locator("[data-search-progress]")).to_have_text(
        "On this page: 10 papers, 1 kept, 9 to go"
    )


def test_what_was_skipped_before_is_hidden_until_it_is_asked_for(
    open_page: PageMaker, served_site: str
) -> None:
    page = open_page(f"{served_site}search.html?q=robots")
    row = page.locator("[data-search-results] > .row").first
    row.get_by_role("button", name="Skip: ").click()
    expect(row).to_be_visible()
    page.reload()
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Show 1 skipped").click()
    row.get_by_role("button", name="Undo: ").click()
    expect(row.locator(".row-facts")).to_be_visible()
    expect(page.locator(".list-skipped button")).to_be_hidden()


def test_a_row_that_is_skipped_before_all_scripts_have_come_stays_with_its_undo(
    open_page: PageMaker, served_site: str
) -> None:
    page = open_page()
    gate = Gate(page, "search-progress")
    page.goto(f"{served_site}search.html?q=robots", wait_until="commit")
    row = page.locator("[data-search-results] > .row").first
    row.get_by_role("button", name="Skip: ").click()
    gate.open()
    expect(page.locator("[data-search-progress]")).to_contain_text("0 kept")
    expect(row.get_by_role("button", name="Undo: ")).to_be_visible()


def test_the_citations_of_exactly_these_results_are_downloaded(
    open_page: PageMaker, served_site: str
) -> None:
    page = open_page(f"{served_site}search.html?q=robots")
    name = page.locator("[data-search-status]")
    expect(name).to_have_text(re.compile(r"^\d+ papers$"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download .bib").click()
    text = waiting.value.path().read_text("utf-8")
    assert text.count("\n@") + text.startswith("@") == int(name.inner_text().split()[0])


def test_going_back_leads_to_where_the_reader_was(open_page: PageMaker, address: str) -> None:
    page = open_page(f"{address}?q=stools", height=400)
    page.get_by_role("button", name="More papers").click()
    expect(page.locator(".row")).to_have_count(30)
    page.evaluate("scrollTo(0, 900)")
    page.goto("about:blank")
    page.go_back()
    expect(page.locator(".row")).to_have_count(30)
    page.wait_for_function("scrollY > 500")


def test_a_first_result_needs_neither_filters_nor_texts(open_page: PageMaker, address: str) -> None:
    page = open_page()
    page.route(re.compile(r"/search/[fx]-|facets|complete|take|carry"), lambda route: None)
    page.goto(f"{address}?q=walking+lamps", wait_until="commit")
    expect(page.locator(".row")).to_have_count(2)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_results_and_completions_are_accessible(
    open_page: PageMaker, served_site: str, width: int, theme: str
) -> None:
    page = open_page(f"{served_site}search.html", width=width, theme=theme)
    page.locator("main [data-search-input]").fill("video gener")
    expect(page.locator("#completions")).to_be_visible()
    expect(page.get_by_role("button", name="Download .bib")).to_be_visible()
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


LAMPS = corpus(
    *(paper(f"whole-{i}", f"Lamps that walk {'far ' * (2 - i)}{i}") for i in range(2)),
    *(paper(f"half-{i}", f"Lamps {i}") for i in range(9)),
    *(paper(f"p{i}", f"Stool {i}", "chairs for lamps that walk") for i in range(200)),
)
"""Of which two titles hold the words `lamps walk`, and very many abstracts."""


@pytest.fixture
def lamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("conspectus.search.postings.LARGE_LIST", 100)
    site(tmp_path, LAMPS)
    with served(tmp_path) as url:
        yield f"{url}search.html"


def record_of(id_: str, survey: Corpus = LAMPS) -> str:
    """The name, less its hash, of the shard that holds a paper's record."""
    return f"/d-{base36(numbered(one.id for one in survey.papers).of[id_] >> RECORD_BITS)}."


def test_the_best_paper_stands_before_long_lists_and_other_records_are_there(
    open_page: PageMaker, lamps: str
) -> None:
    page = open_page(lamps)
    gate = Gate(page, f"/b-|/d-(?!{re.escape(record_of('whole-1')[3:])})")
    page.locator("[data-search-input]").fill("lamps that walk")
    row = page.locator(".row")
    expect(row).to_have_count(1)
    row.evaluate("(first) => { window.first = first; }")
    gate.open()
    expect(row).to_have_count(10)
    assert row.first.evaluate("(first) => first === window.first")
    page.goto("about:blank")  # so that nothing is loading when the server goes


@pytest.mark.parametrize("query", ["video generation", "vidoe generation"])
def test_a_row_stays_where_it_is_when_the_others_come(
    open_page: PageMaker, served_site: str, query: str
) -> None:
    page = open_page(f"{served_site}search.html")
    page.evaluate("""() => {
      const topOf = (element) => element.getBoundingClientRect().top;
      const status = document.querySelector("[data-search-status]");
      const list = document.querySelector("[data-search-results]");
      window.below = () => topOf(list.firstElementChild) - topOf(status);
      window.places = [];
      const observer = new MutationObserver(() => window.places.push(window.below()));
      observer.observe(list, {childList: true});
    }""")
    page.locator("main [data-search-input]").fill(query)
    expect(page.locator("[data-search-status]")).to_contain_text("papers")
    places = page.evaluate("window.places")
    assert len(places) > 1
    assert places == pytest.approx([page.evaluate("window.below()")] * len(places), abs=1)


def test_rows_come_in_their_order_whichever_record_is_there_first(
    open_page: PageMaker, lamps: str
) -> None:
    page = open_page(lamps)
    ordered = page.evaluate("conspectus.search('chairs walk', {limit: 10})")
    page.reload()
    gate = Gate(page, re.escape(record_of(ordered[0]["id"])))
    page.locator("[data-search-input]").fill("chairs walk")
    page.wait_for_timeout(300)
    expect(page.locator(".row")).to_have_count(0)
    gate.open()
    expect(page.locator(".row")).to_have_count(10)
    drawn = page.locator(".row").evaluate_all("rows => rows.map((row) => row.dataset.paper)")
    assert drawn == [result["id"] for result in ordered]
    page.goto("about:blank")  # so that nothing is loading when the server goes


def test_an_answer_that_comes_row_by_row_is_announced_once(
    open_page: PageMaker, lamps: str
) -> None:
    page = open_page(lamps)
    page.evaluate("""() => {
      window.said = [];
      const status = document.querySelector("[data-search-status]");
      new MutationObserver(() => window.said.push(status.textContent))
        .observe(status, {childList: true, characterData: true, subtree: true});
    }""")
    page.locator("[data-search-input]").fill("lamps that walk")
    expect(page.locator(".row")).to_have_count(10)
    said = page.evaluate("window.said.filter((text) => !text.startsWith('Loading'))")
    assert [re.sub("[0-9]+", "n", text) for text in said] == ["n papers"]
    page.goto("about:blank")  # so that nothing is loading when the server goes


def test_a_single_result_whose_title_holds_all_words_costs_one_record_and_no_long_list(
    open_page: PageMaker, lamps: str
) -> None:
    page = open_page(lamps)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    found = page.evaluate("conspectus.search('lamps that walk', {limit: 1})")
    assert [result["id"] for result in found] == ["whole-1"]
    assert len([url for url in loaded if "/search/d-" in url]) == 1
    assert not [url for url in loaded if "/search/b-" in url]


def test_long_lists_are_fetched_beside_completions_where_no_title_holds_all_words(
    open_page: PageMaker, lamps: str
) -> None:
    page = open_page(lamps)
    gate = Gate(page, "/w-")
    with page.expect_request(re.compile("/b-chair")):
        page.locator("[data-search-input]").fill("chairs wal")
    gate.open()
    page.locator("[data-search-results] > li").first.wait_for()
    page.goto("about:blank")  # so that nothing is loading when the server goes


def test_hostile_queries_get_a_calm_answer(search_page: Page) -> None:
    search_page.evaluate("() => { window.alert = () => { throw new Error('ran'); }; }")
    calm = re.compile(r"^(\d+ papers?|No paper has “.*”\.|)$", re.DOTALL)
    for query in HOSTILE:
        search_page.locator("[data-search-input]").fill(query)
        search_page.evaluate("query => conspectus.find(query).then(() => null)", query)
        expect(search_page.locator("[data-search-status]")).to_have_text(calm)
        injected = "[data-search-results] img, [data-search-status] *"
        assert search_page.locator(injected).count() == 0, query[:80]


def test_queries_made_of_signs_and_scraps_get_an_answer(search_page: Page) -> None:
    rng = random.Random(8)
    queries = ["".join(rng.choices(SCRAPS, k=rng.randint(1, 14))) for _ in range(300)]
    unanswered = search_page.evaluate(
        """async (queries) => {
          const wrong = [];
          for (const query of queries) {
            const answer = await conspectus.find(query);
            if (answer.isPartial || !(answer.numbers.length >= 0)) wrong.push(query);
          }
          return wrong;
        }""",
        queries,
    )
    assert unanswered == []


def test_ten_thousand_letters_do_not_hold_up_the_page(search_page: Page) -> None:
    assert (
        search_page.evaluate("conspectus.parse('ab '.repeat(3334), conspectus.stem).units.length")
        <= 40
    )
    long = ("walking lamps " * 800)[:10_000]
    assert ids(search_page, long)[0] == "walking-lamps"


def test_a_lone_surrogate_gets_a_calm_answer(search_page: Page) -> None:
    answer = search_page.evaluate("conspectus.search('lamps \\ud800 \\udc00')")
    assert {result["id"] for result in answer} == {"walking-lamps", "sleeping-lamps"}


def test_a_missing_shard_is_said_and_can_be_tried_again(
    open_page: PageMaker, address: str, complaints: list[str]
) -> None:
    page = open_page()
    page.route(re.compile(r"/search/p-"), lambda route: route.abort())
    page.goto(f"{address}?q=lamps")
    expect(page.locator(".search-notes")).to_contain_text("Searched without part of the index.")
    page.unroute(re.compile(r"/search/p-"))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    complaints.clear()


def test_results_whose_records_are_missing_leave_the_others_standing(
    open_page: PageMaker, address: str, complaints: list[str]
) -> None:
    page = open_page()
    page.route(re.compile(r"/search/d-1\."), lambda route: route.abort())
    page.goto(f"{address}?q=stools")
    expect(page.locator(".search-notes")).to_contain_text("Searched without part of the index.")
    assert 0 < len(titles(page)) < 10
    page.unroute(re.compile(r"/search/d-1\."))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".row")).to_have_count(10)
    expect(page.locator(".search-notes")).to_be_empty()
    complaints.clear()


def test_a_missing_entry_file_is_said_and_can_be_tried_again(
    open_page: PageMaker, address: str, complaints: list[str]
) -> None:
    page = open_page()
    page.route(re.compile(r"/search/entry"), lambda route: route.abort())
    page.goto(f"{address}?q=lamps")
    expect(page.locator(".search-notes")).to_contain_text("The index could not be loaded.")
    page.unroute(re.compile(r"/search/entry"))
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-search-status]")).to_have_text("2 papers")
    complaints.clear()


def test_a_deploy_in_between_is_survived(
    open_page: PageMaker, tmp_path: Path, complaints: list[str]
) -> None:
    site(tmp_path, PAPERS, FOUND)
    with served(tmp_path) as url:
        page = open_page(f"{url}search.html")
        page.evaluate("conspectus.index.open()")
        entries: list[str] = []
        page.on("request", lambda r: entries.append(r.url) if "/search/entry" in r.url else None)
        newer = corpus(*PAPERS.papers, paper("new-lamps", "New lamps", "Lamps that are new."))
        site(tmp_path, newer, FOUND)
        assert ids(page, "new lamps")[:1] == ["new-lamps"]
        assert len(entries) == 1
        page.goto("about:blank")
    complaints.clear()


def test_a_deploy_between_an_answer_and_more_of_it_is_survived(
    open_page: PageMaker, tmp_path: Path, complaints: list[str]
) -> None:
    stools = [paper(f"stool-{i:03}", f"Stools of kind {i}", "A stool.") for i in range(400)]
    site(tmp_path, corpus(*stools))
    with served(tmp_path) as url:
        page = open_page(f"{url}search.html?q=stools")
        expect(page.locator(".row")).to_have_count(10)
        site(tmp_path, corpus(*stools, *(paper(f"new-{i}", f"New stools {i}") for i in range(99))))
        page.get_by_role("button", name="More papers").click()
        expect(page.locator("[data-search-status]")).to_have_text("499 papers")
        expect(page.locator(".row")).to_have_count(30)
        page.goto("about:blank")  # so that nothing is loading when the server goes
    complaints.clear()


def test_similar_papers_words_lift_a_paper_but_never_find_it(
    open_page: PageMaker, tmp_path: Path
) -> None:
    plain = [paper(f"lamp-{i}", "A lamp", "It shines.") for i in range(4)]
    survey = corpus(*plain, paper("lantern", "Lanterns of paper", "They glow."))
    query = "lamp shines papers -lanterns "
    address = (site(tmp_path, survey) / "search.html").as_uri()
    last = ids(open_page(address), query)[-1]
    site(tmp_path, survey, analysis(similar={last: ["lantern"]}))
    page = open_page(address)
    assert ids(page, query)[0] == last
    assert ids(page, "lantern ") == ["lantern"]


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("de", "Erfundene Netze für Häuser", "Netzen Haus "),
        ("fr", "Les réseaux neuronaux inventés", "reseau neuronal "),
        ("fi", "Keksittyjä verkkoja", "keksittyja verkkoja "),
    ],
)
def test_words_are_found_in_the_forms_of_the_survey_s_language(
    open_page: PageMaker, tmp_path: Path, language: str, title: str, query: str
) -> None:
    survey = corpus(paper("meant", title), paper("other", "Something else"))
    page = open_page((site(tmp_path, survey, language=language) / "search.html").as_uri())
    assert ids(page, query) == ["meant"]


def test_every_paper_of_the_published_survey_is_found_by_its_title(
    open_page: PageMaker, served_site: str, seed_site: Path
) -> None:
    titles_of = {
        path.stem: re.search(r"<h1[^>]*>(.*?)</h1>", path.read_text("utf-8"), re.DOTALL)
        for path in sorted((seed_site / "papers").glob("*.html"))
    }
    page = open_page(f"{served_site}search.html")
    asked = {
        id_: html.unescape(re.sub("<[^>]*>", " ", found[1]))
        for id_, found in titles_of.items()
        if found and not id_.startswith("index")
    }
    assert {id_: ids(page, title)[:1] for id_, title in asked.items()} == {
        id_: [id_] for id_ in asked
    }


def test_the_scripts_hold_to_the_fixture_they_share_with_python(search_page: Page) -> None:
    agreed = json.loads(FIXTURE.read_text("utf-8"))
    wrong = search_page.evaluate(COMPARE, agreed)
    assert wrong == []


COMPARE = """(agreed) => {
  const { text, nearest, stem, stemmer, postings } = conspectus;
  const wrong = [];
  const same = (what, found, wanted) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push([what, found, wanted]);
  };
  const terms = (runs, stem) => runs.map((run) => {
    const { parts, whole } = text.token(run, stem);
    return [parts, whole];
  });
  for (const [word, wanted] of agreed.stems) same(word, stem(word), wanted);
  for (const { table, words } of Object.values(agreed.languages)) {
    for (const [word, wanted] of words) same(word, stemmer(table)(word), wanted);
  }
  for (const item of agreed.texts) {
    const runs = text.runs(item.text);
    same("fold", text.fold(item.text), item.fold);
    same("runs", runs, item.runs);
    same("terms", terms(runs, stemmer("english")), item.tokens);
    same("plain", terms(runs, stemmer([])), item.plain);
    same("words", runs.map(text.wordsOf), item.words);
  }
  for (const item of agreed.postings) {
    const list = postings.read(item.text, { slots: item.slots, weak: 2 });
    same("postings", [list.titles, Array.from(list.numbers), Array.from(list.impacts)],
      [item.titles, item.numbers, item.impacts]);
  }
  const words = nearest.wordsIn(agreed.dictionary.text).map(({ word, level }) => [word, level]);
  same("dictionary", words, agreed.dictionary.words);
  return wrong.slice(0, 9);
}"""
