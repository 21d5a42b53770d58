"""The site plan in; sitemap.xml, robots.txt, opensearch.xml and .nojekyll out.

The first and the third name full addresses, so a survey without a base URL has neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from conspectus.citations.facts import one_line
from conspectus.model import fingerprint
from conspectus.model.site import Output, Site
from conspectus.settings import Settings
from conspectus.siteplan import urls

MOST_TOGETHER = 5000
"""Addresses in one file; above, each stands where a hash of it says, so that one more changes one.

The protocol allows 50,000: 256 files are enough for a million pages and more.
"""
LONGEST_SHORT_NAME = 16
LONGEST_DESCRIPTION = 1024

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SEARCH = "search.html"


def discovery(site: Site, settings: Settings) -> Iterator[Output]:
    """What hosts, crawlers and browsers ask for at a site's root."""
    yield Output(".nojekyll", b"")  # GitHub Pages then serves the files as they are
    if settings.base_url:
        yield from _sitemaps(site, settings.base_url)
        if any(page.permalink == _SEARCH for page in site.pages):
            yield Output("opensearch.xml", _opensearch(settings))
    yield Output("robots.txt", _robots(settings).encode())


def _sitemaps(site: Site, base_url: str) -> Iterator[Output]:
    """One file where it holds them all, else an index and the files that it names."""
    pages = [page.permalink for page in site.pages if page.is_indexed]
    if len(pages) <= MOST_TOGETHER:
        yield Output("sitemap.xml", _addresses("urlset", "url", base_url, pages))
        return
    digits = 1 if len(pages) <= 16 * MOST_TOGETHER else 2
    parts: dict[str, list[str]] = {}
    for permalink in pages:
        name = f"sitemap-{fingerprint(permalink)[:digits]}.xml"
        parts.setdefault(name, []).append(permalink)
    for name in sorted(parts):
        yield Output(name, _addresses("urlset", "url", base_url, parts[name]))
    yield Output("sitemap.xml", _addresses("sitemapindex", "sitemap", base_url, sorted(parts)))


def _addresses(root: str, entry: str, base_url: str, permalinks: Sequence[str]) -> bytes:
    tree = Element(root, {"xmlns": _SITEMAP})
    for permalink in permalinks:
        SubElement(SubElement(tree, entry), "loc").text = urls.absolute(base_url, permalink)
    return _document(tree)


def _robots(settings: Settings) -> str:
    lines = ["User-agent: *", "Disallow:"]
    if settings.base_url:
        lines += ["", f"Sitemap: {urls.absolute(settings.base_url, 'sitemap.xml')}"]
    return "\n".join(lines) + "\n"


def _opensearch(settings: Settings) -> bytes:
    tree = Element("OpenSearchDescription", {"xmlns": _OPENSEARCH})
    title = one_line(settings.title)
    SubElement(tree, "ShortName").text = title[:LONGEST_SHORT_NAME].strip()
    description = one_line(settings.description) or title
    SubElement(tree, "Description").text = description[:LONGEST_DESCRIPTION].strip()
    SubElement(tree, "InputEncoding").text = "UTF-8"
    template = f"{urls.absolute(settings.base_url, _SEARCH)}?q={{searchTerms}}"
    SubElement(tree, "Url", {"type": "text/html", "method": "get", "template": template})
    return _document(tree)


def _document(tree: Element) -> bytes:
    return bytes(tostring(tree, encoding="utf-8", xml_declaration=True)) + b"\n"
