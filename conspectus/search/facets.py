"""Papers in; the lists by which results are narrowed and counted out: topic, year, venue, code."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from conspectus.model.papers import Corpus
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.search.numbers import Numbers
from conspectus.search.packing import Lists, packed
from conspectus.search.shards import Family, hash_in, shard
from conspectus.siteplan.carried import has_code, is_facet, is_flag

_Members = dict[str, list[int]]


def facet_shards(corpus: Corpus, analysis: Analysis, numbers: Numbers) -> Family:
    """One shard a facet (`f`): its values, and the papers of each in the form of postings."""
    given = _values(corpus, analysis)
    members = {kind: _members(corpus, values, numbers) for kind, values in given.items()}
    shards = {kind: _shard(kind, groups, numbers) for kind, groups in members.items() if groups}
    divides = {
        "code": is_flag(value is not None for value in given["code"]),
        **{kind: is_facet(values) for kind, values in given.items() if kind != "code"},
    }
    listing: dict[str, object] = {
        kind: {"hash": hash_in(output.path), "divides": divides[kind]}
        for kind, output in shards.items()
    }
    return Family("f", tuple(shards.values()), listing)


def _values(corpus: Corpus, analysis: Analysis) -> dict[str, list[str | None]]:
    """Each paper's value of each facet, in the corpus' order; None where it has none."""
    topics = {found.paper: found.topic for found in analysis.papers}
    return {
        "topic": [topics.get(paper.id) or None for paper in corpus.papers],
        "year": [str(paper.year) if paper.year else None for paper in corpus.papers],
        "venue": [paper.venue or None for paper in corpus.papers],
        "code": ["yes" if has_code(paper) else None for paper in corpus.papers],
    }


def _members(corpus: Corpus, values: list[str | None], numbers: Numbers) -> _Members:
    members: _Members = defaultdict(list)
    for paper, value in zip(corpus.papers, values, strict=True):
        if value is not None:
            members[value].append(numbers.of[paper.id])
    return members


def _shard(kind: str, members: _Members, numbers: Numbers) -> Output:
    values = sorted(members)
    lists = [sorted(members[value]) for value in values]
    starts = np.concatenate(([0], np.cumsum([len(group) for group in lists])))
    flat = np.concatenate([np.array(group, dtype=np.int32) for group in lists])
    nothing = np.zeros(len(lists), dtype=np.int64)
    data = packed(Lists(starts, nothing, flat, None), numbers.slots)
    return shard("f", kind, values, " ".join(data))
