"""A hub of a built site, by a paper that it holds: topics may be cut otherwise one day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

REHEARSAL = "a-closer-look-at-rehearsal-free-continual-learning"
"""A paper of the survey that this repository publishes."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A leaf topic's page."""

    path: str
    papers: int


def hub_with(paper: str, site: Path) -> Hub:
    """The hub of the leaf topic that holds this paper."""
    topics = json.loads((site / "data" / "topics.json").read_text(encoding="utf-8"))["topics"]
    (topic,) = (each for each in topics if paper in each["papers"] and not each["children"])
    return Hub(topic["permalink"], len(topic["papers"]))
