"""No page holds anything that its content security policy would have to forgive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import pages_of
from tests.support.markup import Element

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


@pytest.fixture(scope="module")
def pages(
    seed_site: Path, survey_site: Path, single_site: Path, empty_site: Path
) -> dict[str, Element]:
    """Every page of every site that the tests build."""
    sites = (seed_site, survey_site, single_site, empty_site)
    return {
        f"{site.parent.name}/{page}": root
        for site in sites
        for page, root in pages_of(site).items()
    }


def test_every_page_carries_the_policy_to_the_letter(pages: dict[str, Element]) -> None:
    assert {page for page, root in pages.items() if _policies(root) != [POLICY]} == set()


def test_the_policy_stands_before_whatever_it_governs(pages: dict[str, Element]) -> None:
    for page, root in pages.items():
        for element in root.one("head").all():
            if element.attributes.get("http-equiv", "").lower() == "content-security-policy":
                break
            assert element.tag not in {"script", "link", "style"}, page


def test_no_page_has_a_style_of_its_own(pages: dict[str, Element]) -> None:
    for page, root in pages.items():
        assert [e.tag for e in root.all() if e.tag == "style" or "style" in e.attributes] == [], (
            page
        )


def test_no_page_has_an_event_attribute(pages: dict[str, Element]) -> None:
    for page, root in pages.items():
        assert [n for e in root.all() for n in e.attributes if n.startswith("on")] == [], page


def test_the_only_scripts_in_a_page_are_data_for_machines(pages: dict[str, Element]) -> None:
    for page, root in pages.items():
        within = [e for e in root.all("script") if "src" not in e.attributes]
        assert {e.attributes.get("type") for e in within} <= {"application/ld+json"}, page


def test_every_script_waits_until_the_page_is_read(pages: dict[str, Element]) -> None:
    # Modules are refused from file://, and a script that does not wait holds the page up.
    for page, root in pages.items():
        for script in root.all("script"):
            if "src" in script.attributes:
                assert "defer" in script.attributes or _is_for_the_first_drawing(script), page
                assert script.attributes.get("type", "text/javascript") == "text/javascript", page


def test_no_link_runs_a_script(pages: dict[str, Element]) -> None:
    for page, root in pages.items():
        targets = [v for e in root.all() for n, v in e.attributes.items() if n in {"href", "src"}]
        assert [t for t in targets if t.lower().startswith(("javascript:", "vbscript:"))] == [], (
            page
        )


def _policies(root: Element) -> list[str]:
    return [
        e.attributes.get("content", "")
        for e in root.all("meta")
        if e.attributes.get("http-equiv", "").lower() == "content-security-policy"
    ]


def _is_for_the_first_drawing(script: Element) -> bool:
    """A known theme or question must count before the first paint, or the page flashes."""
    return script.attributes["src"].rpartition("/")[2].startswith(("theme.", "asked."))
