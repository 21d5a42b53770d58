"""Papers in; the lists by which results are narrowed and counted out: topic, year, venue, code."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from conspectus.model.papers import Corpus
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.search.documents import has_code
from conspectus.search.numbers import Numbers
from conspectus.search.packing import Lists, packed
from conspectus.search.shards import Family, hash_in, shard

_LEAST_FILLED = 5
"""A facet is shown where at least every fifth paper has a value, and there are two values."""

Members = dict[str, list[int]]


def facet_shards(corpus: Corpus, analysis: Analysis, numbers: Numbers) -> Family:
    """One shard a facet (`f`): its values, and the papers of each in the form of postings."""
    kinds = _members(corpus, analysis, numbers)
    shards = {kind: _shard(kind, members, numbers) for kind, members in kinds.items() if members}
    listing: dict[str, object] = {
        kind: {"hash": hash_in(output.path), "divides": _divides(kinds[kind], len(corpus.papers))}
        for kind, output in shards.items()
    }
    return Family("f", tuple(shards.values()), listing)


def _members(corpus: Corpus, analysis: Analysis, numbers: Numbers) -> dict[str, Members]:
    kinds: dict[str, Members] = {
        kind: defaultdict(list) for kind in ("topic", "year", "venue", "code")
    }
    topics = {found.paper: found.topic for found in analysis.papers}
    for paper in corpus.papers:
        values = {
            "topic": topics.get(paper.id, ""),
            "year": str(paper.year) if paper.year else "",
            "venue": paper.venue,
            "code": "yes" if has_code(paper) else "",
        }
        for kind, value in values.items():
            if value:
                kinds[kind][value].append(numbers.of[paper.id])
    return kinds


def _divides(members: Members, papers: int) -> bool:
    filled = sum(len(group) for group in members.values())
    if list(members) == ["yes"]:
        return 0 < filled < papers
    return len(members) > 1 and filled * _LEAST_FILLED >= papers


def _shard(kind: str, members: Members, numbers: Numbers) -> Output:
    values = sorted(members)
    lists = [sorted(members[value]) for value in values]
    starts = np.concatenate(([0], np.cumsum([len(group) for group in lists])))
    flat = np.concatenate([np.array(group, dtype=np.int64) for group in lists])
    nothing = np.zeros(len(lists), dtype=np.int64)
    data = packed(Lists(starts, nothing, flat, np.zeros_like(flat)), numbers.slots, 0)
    return shard("f", kind, values, " ".join(data))
