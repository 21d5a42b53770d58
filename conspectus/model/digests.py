"""Digests: what entered the survey between two days, as it was announced."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from conspectus.model.papers import EMPTY_PROSE, Prose


@dataclass(frozen=True, slots=True)
class Digest:
    """One announcement: a file of content/digests.

    It names its papers itself, so that its page goes on to say what was sent when later papers
    enter on the same day.
    """

    date: datetime.date
    """Its name and its URL: the day on which its newest paper entered."""
    papers: tuple[str, ...]
    """Ids in the order in which each topic shows them."""
    since: datetime.date | None = None
    """The first day that it looks back to, or None where nobody said."""
    note: Prose = EMPTY_PROSE
    """The curator's words at its head."""
    path: str = ""
