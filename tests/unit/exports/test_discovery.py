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


def test_a_large_sitemap_is_split_and_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conspectus.exports.crawlers.MOST_ADDRESSES", 1)
    written = files(base_url=BASE)
    assert addresses(written["sitemap.xml"]) == [f"{BASE}sitemap-1.xml", f"{BASE}sitemap-2.xml"]
    assert addresses(written["sitemap-1.xml"]) == [BASE]


def test_a_browser_learns_how_to_search() -> None:
    document = files(base_url=BASE, title="A survey of <roses> & violets")["opensearch.xml"]
    tree = ElementTree.fromstring(document)
    assert tree.findtext(f"{OPENSEARCH}ShortName") == "A survey of <ros"
    address = tree.find(f"{OPENSEARCH}Url")
    assert address is not None
    assert address.get("template") == f"{BASE}search.html?q={{searchTerms}}"


def test_a_site_without_a_search_page_offers_none() -> None:
    assert "opensearch.xml" not in files(Site(pages=(page("index.html"),)), base_url=BASE)
