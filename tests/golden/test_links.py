"""Every link of a site leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from tests.conftest import pages_of
from tests.support import links
from tests.support.markup import Element, parse

BASE_URL = "https://example.org/surveys/slow/"


def test_every_link_and_fragment_of_the_seed_resolves(
    seed_site: Path, seed_pages: dict[str, Element]
) -> None:
    assert links.broken(seed_site, seed_pages) == []


def test_every_link_and_fragment_of_a_survey_with_an_address_resolves(
    survey_site: Path, survey_pages: dict[str, Element]
) -> None:
    assert links.broken(survey_site, survey_pages, BASE_URL) == []


def test_every_link_of_a_survey_of_one_paper_resolves(single_site: Path) -> None:
    assert links.broken(single_site, pages_of(single_site)) == []


def test_every_link_of_an_empty_survey_resolves(empty_site: Path) -> None:
    assert links.broken(empty_site, pages_of(empty_site)) == []


def test_no_page_loads_anything_from_another_host(
    seed_pages: dict[str, Element], survey_pages: dict[str, Element]
) -> None:
    loads = [
        use
        for pages in (seed_pages, survey_pages)
        for page, root in pages.items()
        for use in links.loads_of(page, root)
    ]

    assert len(loads) > len(seed_pages)
    assert [str(x) for x in loads if links.is_external(x.target) and x.target[:5] != "data:"] == []


def test_no_stylesheet_loads_anything_from_another_host(seed_site: Path) -> None:
    sheets = sorted(seed_site.rglob("*.css"))

    assert sheets
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        named = re.findall(r"(?:url\(\s*|@import\s+)['\"]?([^'\")\s]+)", text)
        assert [x for x in named if links.is_external(x) and not x.startswith("data:")] == []


def test_no_script_names_another_host(seed_site: Path) -> None:
    for script in sorted(seed_site.glob("assets/*.js")):
        named = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", _code(script))
        assert set(named) <= {"http://www.w3.org"}, script.name


def test_every_page_of_the_seed_can_be_reached_from_the_home_page(
    seed_site: Path, seed_pages: dict[str, Element]
) -> None:
    reached = {"index.html"}
    front = ["index.html"]
    while front:
        page = front.pop()
        for use in links.links_of(page, seed_pages[page]):
            target = _permalink(page, use.target)
            if target in seed_pages and target not in reached:
                reached.add(target)
                front.append(target)

    assert set(seed_pages) - reached - {"404.html"} == set()


def test_the_link_checker_sees_a_broken_link_a_broken_fragment_and_a_link_from_the_root(
    tmp_path: Path,
) -> None:
    targets = ("b.html", "#b", "/c", "../d", "#a", "https://example.org/")
    html = '<p id="a"></p>' + "".join(f'<a href="{target}"></a>' for target in targets)
    (tmp_path / "index.html").write_text(html)

    assert links.broken(tmp_path, {"index.html": parse(html)}) == [
        "index.html: b.html: no such file",
        "index.html: #b: no such fragment",
        "index.html: /c: starts at a host's root, so it breaks in a sub-folder",
        "index.html: ../d: leaves the site",
    ]


def _permalink(page: str, target: str) -> str:
    absolute = urljoin(links.HERE + page, target)
    return absolute.removeprefix(links.HERE).partition("#")[0].partition("?")[0]


def _code(script: Path) -> str:
    """A script without the comments that stand on lines of their own."""
    lines = script.read_text(encoding="utf-8").splitlines()
    return "\n".join(x for x in lines if not x.lstrip().startswith(("//", "/*", "*")))
