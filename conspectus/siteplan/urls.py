"""The one place that makes URLs: every link in every output comes from here."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from urllib.parse import quote

_PLAIN = re.compile(r"[a-z0-9./-]*(?:[?#].*)?\Z", re.DOTALL)
"""A target whose path needs no escape, as nearly all are."""
DIGESTS_FEED = "feeds/digests"
"""The feeds of all digests, without the ending that tells them apart."""
_SAFE = "/:@!$&'()*+,;=-._~"
"""What a path may hold unescaped (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class Linker:
    """Makes the links of one page."""

    root: str
    """The prefix from the page to the site's root."""
    folder: str = ""
    """The topmost folder in which the page lies, as `papers/`: links that stay in it climb no
    higher."""

    def __call__(self, target: str) -> str:
        """The link to a permalink from the site's root."""
        if self.folder and target.startswith(self.folder):
            return self.root[len("../") :] + _encoded(target.removeprefix(self.folder))
        return self.root + _encoded(target)


def relative(source: str, target: str) -> str:
    """The link from the page at `source` to `target`, both permalinks from the site's root.

    It climbs as far as both have in common, so the same bytes work at a domain's root, in a
    sub-folder, from `file://` and unzipped. `target` may carry a query or a fragment, which are
    kept as they are.
    """
    return linker(source)(target)


def linker(source: str) -> Linker:
    """Makes the links of the page at `source`."""
    folder, slash, _ = source.partition("/")
    return Linker(root_of(source), folder + slash if slash else "")


def root_of(source: str) -> str:
    """The prefix from the page at `source` to the site's root: empty, `../` or deeper."""
    return "../" * source.count("/")


def absolute(base_url: str, permalink: str) -> str:
    """The full URL of a permalink; empty where the survey has no base URL."""
    if not base_url:
        return ""
    return base_url + ("" if permalink == "index.html" else _encoded(permalink))


def paper_permalink(paper: str) -> str:
    """The page of the paper with this id."""
    return f"papers/{paper}.html"


def topic_permalink(topic: str) -> str:
    """The hub of the topic with this id."""
    return f"topics/{topic}.html"


def day_permalink(day: datetime.date) -> str:
    """The page of a listing's day."""
    return f"days/{day.isoformat()}.html"


def list_permalink(slug: str) -> str:
    """The page of a reading list that the curator publishes."""
    return f"lists/{slug}.html"


def list_feed(slug: str) -> str:
    """The feeds and the calendar of such a list, without the ending that tells them apart."""
    return f"feeds/lists/{slug}"


def digest_permalink(day: datetime.date) -> str:
    """The page of the digest of this day."""
    return f"digests/{day.isoformat()}.html"


def page_of(permalink: str, number: int) -> str:
    """The permalink of page `number` (from 1) of a list that goes on."""
    return permalink if number == 1 else f"{permalink.removesuffix('.html')}-{number}.html"


def _encoded(target: str) -> str:
    if _PLAIN.match(target):
        return target
    cut = next((i for i, character in enumerate(target) if character in "?#"), len(target))
    return quote(target[:cut], _SAFE) + target[cut:]
