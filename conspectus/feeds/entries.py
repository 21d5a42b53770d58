"""What a feed says, before it is written in a format."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from conspectus.settings import Settings
from conspectus.siteplan import urls

EPOCH = datetime.date(1970, 1, 1)
"""Stands where no day is known: both formats' readers want one, and it must never change."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in a feed."""

    id: str
    permalink: str
    title: str
    """Plain text."""
    html: str
    """The abstract as HTML that needs no style or script of the site."""
    authors: tuple[str, ...]
    day: datetime.date | None
    """The day on which it entered the survey: not when it was published."""
    topic: str
    """The label of its leaf topic, or empty."""
    address: str
    """Its own address on the web, or empty."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in any format."""

    stem: str
    """Its path without the format's ending."""
    id: str
    title: str
    subtitle: str
    home: str
    """The permalink of the page that it belongs to."""
    settings: Settings
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        """The newest day that is known: never the day of the build."""
        return moment(max((entry.day for entry in self.entries if entry.day), default=None))

    def link(self, permalink: str) -> str:
        """A link from this feed: absolute where the survey has a base URL, else relative."""
        absolute = urls.absolute(self.settings.base_url, permalink)
        return absolute or urls.relative(self.stem, permalink)


def moment(day: datetime.date | None) -> str:
    """A day's beginning as RFC 3339 has it."""
    return f"{day or EPOCH}T00:00:00Z"


def entry_id(survey: str, paper: str) -> str:
    """The entry's id in every feed and digest, for ever: a URN by survey id and paper id."""
    return _urn(survey, paper)


def digest_id(survey: str, day: datetime.date) -> str:
    """A digest's id in feeds and letters; the colon keeps it apart from every paper's."""
    return _urn(survey, f"digest:{day}")


def feed_id(survey: str, stem: str) -> str:
    """A feed's own id; the colon keeps it apart from every paper's."""
    return _urn(survey, f"feed:{stem.removeprefix('feeds/')}")


def _urn(survey: str, name: str) -> str:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, f"conspectus:{survey}")
    return uuid.uuid5(namespace, name).urn
