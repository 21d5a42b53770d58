"""A site's folder in; every link in it that leads nowhere out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

from tests.support.markup import Element

LOADED = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",),
    "video": ("src", "poster"), "audio": ("src",), "track": ("src",), "embed": ("src",),
    "object": ("data",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
    "input": ("src",), "feimage": ("href", "xlink:href"),
}  # fmt: skip
"""What a browser fetches by itself, by element; `link` is a case of its own."""

LINKS_THAT_LOAD = frozenset(
    {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "apple-touch-icon"}
)

HERE = "https://here.invalid/a/b/"
"""Stands for the site's root while links are resolved: deep enough to see one that leaves."""


@dataclass(frozen=True, slots=True)
class Use:
    """A link as it stands on a page."""

    page: str
    target: str

    def __str__(self) -> str:
        return f"{self.page}: {self.target}"


def links_of(page: str, root: Element) -> Iterator[Use]:
    """Everything that a page links to or loads."""
    for element in root.all():
        for name in ("href", "src", "action", "data", "poster", "cite", "xlink:href"):
            if name in element.attributes:
                yield Use(page, element.attributes[name])


def loads_of(page: str, root: Element) -> Iterator[Use]:
    """Everything that a browser fetches for a page without being asked."""
    for element in root.all():
        if element.tag == "link":
            if LINKS_THAT_LOAD & set(element.attributes.get("rel", "").lower().split()):
                yield Use(page, element.attributes.get("href", ""))
            continue
        for name in LOADED.get(element.tag, ()):
            if name in element.attributes:
                value = element.attributes[name]
                parts = value.split(",") if name == "srcset" else [value]
                yield from (Use(page, part.split()[0] if part.split() else "") for part in parts)


def is_external(target: str) -> bool:
    """Whether a target names a scheme or a host of its own."""
    parts = urlsplit(target)
    return bool(parts.scheme or parts.netloc)


def broken(site: Path, pages: dict[str, Element], base_url: str = "") -> list[str]:
    """Every internal link and fragment that does not resolve, as `page: target: reason`."""
    found = []
    ids = {page: _ids(root) for page, root in pages.items()}
    uses = [use for page, root in pages.items() for use in links_of(page, root)]
    for use in [*uses, *_feed_links(site), *_sitemap_links(site)]:
        reason = _reason(site, use, ids, base_url)
        if reason:
            found.append(f"{use}: {reason}")
    return found


def _reason(site: Path, use: Use, ids: dict[str, set[str]], base_url: str) -> str:
    target = use.target
    if base_url and target.startswith(base_url):
        target = HERE + target.removeprefix(base_url)
    elif use.page == "404.html" and base_url and target.startswith(urlsplit(base_url).path):
        target = HERE + target.removeprefix(urlsplit(base_url).path)
    elif is_external(target):
        return ""
    elif target.startswith("/"):
        return "starts at a host's root, so it breaks in a sub-folder"
    absolute = urljoin(HERE + use.page, target)
    if not absolute.startswith(HERE):
        return "leaves the site"
    parts = urlsplit(absolute.removeprefix(HERE))
    path = unquote(parts.path) or "index.html"
    if not (site / path).is_file():
        return "no such file"
    fragment = unquote(parts.fragment)
    # A shared reading list: its fragment is read by a script.
    if fragment and not fragment.startswith("1.") and path in ids and fragment not in ids[path]:
        return "no such fragment"
    return ""


def _ids(root: Element) -> set[str]:
    return {e.attributes["id"] for e in root.all() if "id" in e.attributes}


def _feed_links(site: Path) -> Iterator[Use]:
    for path in sorted(site.rglob("*.atom")):
        page = path.relative_to(site).as_posix()
        for element in ElementTree.parse(path).iter("{http://www.w3.org/2005/Atom}link"):
            yield Use(page, element.attrib["href"])
        for element in ElementTree.parse(path).iter("{http://www.w3.org/2005/Atom}content"):
            for target in re.findall(r'(?:href|src)="([^"]*)"', element.text or ""):
                yield Use(page, target)
    for path in sorted(site.glob("feeds/**/*.json")):
        page = path.relative_to(site).as_posix()
        feed = json.loads(path.read_text(encoding="utf-8"))
        for holder in (feed, *feed["items"]):
            for name in ("url", "feed_url", "home_page_url", "next_url", "icon", "favicon"):
                if name in holder:
                    yield Use(page, holder[name])


def _sitemap_links(site: Path) -> Iterator[Use]:
    for path in sorted(site.glob("sitemap*.xml")):
        for element in ElementTree.parse(path).iter():
            if element.tag.endswith("}loc"):
                yield Use(path.name, element.text or "")
