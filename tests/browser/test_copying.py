"""Citations that a reader takes along by one press."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clipboard import copied, note_copies
from tests.browser.conftest import PageMaker

LAMP = "papers/lamp-rotation-timing.html"


@pytest.fixture
def paper_page(open_page: PageMaker, served_survey: str) -> Page:
    return open_page(served_survey + LAMP)


def test_each_form_of_a_citation_has_its_own_button(paper_page: Page) -> None:
    names = paper_page.locator(".paper-cite .copy").evaluate_all(
        "buttons => buttons.map(button => button.getAttribute('aria-label'))"
    )
    assert len(names) == 4
    assert len(set(names)) == 4


@pytest.mark.parametrize("box", [".is-reference", "pre"])
def test_copy_puts_exactly_what_is_shown_on_the_clipboard(box: str, paper_page: Page) -> None:
    note_copies(paper_page)
    shown = paper_page.locator(f".paper-cite {box}").first
    shown.locator("+ .copy").press("Enter")

    expect(shown.locator("+ .copy")).to_have_text("Copied")
    assert copied(paper_page) == shown.text_content()


def test_a_refused_clipboard_leaves_the_text_selected(
    open_page: PageMaker, served_survey: str
) -> None:
    page = open_page(served_survey + LAMP)
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"
    )
    page.locator(".paper-cite pre + .copy").first.press("Enter")

    expect(page.locator(".paper-cite pre + .copy").first).to_have_text("Selected, to be copied")
    assert page.evaluate("getSelection().toString()").startswith("@article{fennimore2021timing")


def test_without_a_script_the_reference_stands_there_to_be_selected(
    open_page: PageMaker, served_survey: str
) -> None:
    page = open_page(served_survey + LAMP, javascript=False)

    expect(page.locator(".paper-cite .is-reference")).to_contain_text("Fennimore, O.")
    expect(page.locator(".copy")).to_have_count(0)
