"""What crawlers and browsers ask for at a site's root."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from conspectus import exports
from conspectus.model.site import Given, Page, Redirect, Site
from conspectus.settings import Settings

BASE = "https://survey.example/roses/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def page(permalink: str, *, is_indexed: bool = True) -> Page:
    return Page(permalink, "paper", permalink, "", Given(None), is_indexed)


SITE = Site(
    pages=(
        page("404.html", is_indexed=False),
        page("index.html"),
        page("papers/rosé & more.html"),
        page("search.html", is_indexed=False),
    ),
    redirects=(Redirect("papers/old.html", "papers/new.html"),),
)


def files(site: Site = SITE, **settings: str) -> dict[str, str]:
    outputs = exports.discovery(site, Settings(**settings))
    return {output.path: output.body.decode() for output in outputs}


def addresses(document: str) -> list[str]:
    return [
        element.text or "" for element in ElementTree.fromstring(document).iter(f"{SITEMAP}loc")
    ]


def test_the_sitemap_names_every_page_that_is_to_be_known_and_no_redirect() -> None:
    assert addresses(files(base_url=BASE)["sitemap.xml"]) == [
        BASE,
        f"{BASE}papers/ros%C3%A9%20&%20more.html",
    ]


def test_without_a_base_url_there_are_only_files_without_addresses() -> None:
    assert files() == {".nojekyll": "", "robots.txt": "User-agent: *\nDisallow:\n"}


def test_robots_txt_says_where_the_sitemap_is() -> None:
    assert f"Sitemap: {BASE}sitemap.xml\n" in files(base_url=BASE)["robots.txt"]


MANY = [f"papers/rose-{number:05}.html" for number in range(5001)]


def test_a_large_sitemap_is_split_and_the_parts_hold_each_page_once() -> None:
    written = files(Site(pages=tuple(map(page, MANY))), base_url=BASE)
    parts = [address.removeprefix(BASE) for address in addresses(written["sitemap.xml"])]
    assert len(parts) == 16
    held = [address.removeprefix(BASE) for part in parts for address in addresses(written[part])]
    assert sorted(held) == MANY


def test_one_more_page_changes_one_part_of_a_large_sitemap() -> None:
    before, after = (
        files(Site(pages=tuple(map(page, permalinks))), base_url=BASE)
        for permalinks in (MANY, ["papers/a-rose.html", *MANY])
    )
    assert sum(before[path] != after[path] for path in after) == 1


def test_the_parts_of_a_very_large_sitemap_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conspectus.exports.crawlers.MOST_TOGETHER", 100)
    written = files(Site(pages=tuple(map(page, MANY))), base_url=BASE)
    assert max(len(addresses(text)) for path, text in written.items() if "-" in path) < 100


def test_a_browser_learns_how_to_search() -> None:
    document = files(base_url=BASE, title="A survey of <roses> & violets")["opensearch.xml"]
    tree = ElementTree.fromstring(document)
    assert tree.findtext(f"{OPENSEARCH}ShortName") == "A survey of <ros"
    address = tree.find(f"{OPENSEARCH}Url")
    assert address is not None
    assert address.get("template") == f"{BASE}search.html?q={{searchTerms}}"


def test_a_site_without_a_search_page_offers_none() -> None:
    assert "opensearch.xml" not in files(Site(pages=(page("index.html"),)), base_url=BASE)
