"""A feed in; its Atom document out (RFC 4287)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from conspectus.feeds.entries import Entry, Feed, moment

MEDIA_TYPE = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 may not hold even as a reference."""


def atom(feed: Feed) -> bytes:
    """The document in UTF-8."""
    settings = feed.settings
    tree = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": _allowed(settings.language)})
    _text(tree, "id", feed.id)
    _text(tree, "title", feed.title)
    if feed.subtitle:
        _text(tree, "subtitle", feed.subtitle)
    _text(tree, "updated", feed.updated)
    _author(tree, settings.curator.name or settings.title, settings.curator.url)
    if settings.base_url:
        own = {"rel": "self", "type": MEDIA_TYPE, "href": feed.link(f"{feed.stem}.atom")}
        SubElement(tree, "link", own)
    SubElement(
        tree, "link", {"rel": "alternate", "type": "text/html", "href": feed.link(feed.home)}
    )
    if settings.licence:
        _text(tree, "rights", settings.licence)
    _text(tree, "generator", "Conspectus")
    for entry in feed.entries:
        _entry(tree, entry, feed)
    indent(tree, "")
    return bytes(tostring(tree, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(tree: Element, entry: Entry, feed: Feed) -> None:
    element = SubElement(tree, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", moment(entry.day))
    for name in entry.authors:
        _author(element, name)
    page = {"rel": "alternate", "type": "text/html", "href": feed.link(entry.permalink)}
    SubElement(element, "link", page)
    if entry.address:
        SubElement(element, "link", {"rel": "related", "href": _allowed(entry.address)})
    if entry.topic:
        SubElement(element, "category", {"term": _allowed(entry.topic)})
    content = SubElement(element, "content", {"type": "html"})
    content.text = _allowed(entry.html)


def _author(parent: Element, name: str, url: str = "") -> None:
    author = SubElement(parent, "author")
    _text(author, "name", name)
    if url:
        _text(author, "uri", url)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _allowed(text)


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)
