"""A feed in; its JSON Feed 1.1 document out."""

from __future__ import annotations

import json

from conspectus.feeds.entries import Entry, Feed, moment

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The document in UTF-8, in the order of the specification."""
    settings = feed.settings
    document: dict[str, object] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.link(feed.home),
    }
    if settings.base_url:
        document["feed_url"] = feed.link(f"{feed.stem}.json")
    if feed.subtitle:
        document["description"] = feed.subtitle
    author = {"name": settings.curator.name or settings.title, "url": settings.curator.url}
    document["authors"] = [{name: text for name, text in author.items() if text}]
    document["language"] = settings.language
    document["items"] = [_item(entry, feed) for entry in feed.entries]
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _item(entry: Entry, feed: Feed) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": feed.link(entry.permalink),
        "title": entry.title,
        "content_html": entry.html,
        "date_modified": moment(entry.day),
    }
    if entry.address:
        item["external_url"] = entry.address
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.topic:
        item["tags"] = [entry.topic]
    return item
