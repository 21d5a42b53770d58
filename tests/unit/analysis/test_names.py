"""Names of topics on real abstracts, where these are there: what every corpus is promised."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from making import corpus, harbour, paper

from conspectus.analysis import analyse
from conspectus.analysis.termsets import COVERED, overlaps
from conspectus.model.papers import Corpus
from conspectus.model.topics import Analysis, Decisions

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
SOURCES = {"acm": SHARED / "topics" / "acm1k.jsonl", "flow": SHARED / "cranfield" / "docs.jsonl"}
CASES = [
    "harbour",
    *(f"{name}/{size}" for name, path in SOURCES.items() if path.exists() for size in (104, 300)),
]

LARGE = ["acm/1000", "flow/1000"]


@cache
def found(case: str) -> tuple[Corpus, Analysis]:
    name, _, size = case.partition("/")
    papers = harbour() if name == "harbour" else corpus(*sample(SOURCES[name], int(size)))
    return papers, analyse(papers, Decisions(), None)


def sample(path: Path, size: int) -> Iterator[object]:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for entry in random.Random(1).sample(entries, size):
        text = (entry["abstract"] or "").replace("\n", " ")
        name = entry["id"].lower().replace("_", "-").replace(".", "-")
        yield paper(f"p-{name}", entry["title"] or "Untitled", *text.split(". "))


@pytest.mark.parametrize("case", CASES)
def test_few_papers_are_in_heaps(case: str) -> None:
    papers, topics = found(case)
    mixed = sum(len(topic.papers) for topic in topics.topmost() if topic.is_mixed)
    assert mixed <= 0.15 * len(papers.papers)


@pytest.mark.parametrize("case", [case for case in LARGE if SOURCES[case[:-5]].exists()])
def test_few_papers_are_in_heaps_among_sub_topics_too(case: str) -> None:
    papers, topics = found(case)
    assert any(topic.children for topic in topics.topics)
    mixed = {name for topic in topics.topics if topic.is_mixed for name in topic.papers}
    assert len(mixed) <= 0.15 * len(papers.papers)


@pytest.mark.parametrize("case", CASES)
def test_every_name_that_is_no_heaps_reaches_its_papers(case: str) -> None:
    _, topics = found(case)
    assert all(topic.coverage >= COVERED for topic in topics.topmost() if not topic.is_mixed)


@pytest.mark.parametrize("case", CASES)
def test_no_term_of_a_name_is_part_of_anothers(case: str) -> None:
    _, topics = found(case)
    for one, other in combinations(topics.topics, 2):
        for left in one.label_terms:
            for right in other.label_terms:
                assert not overlaps(tuple(left.split()), tuple(right.split()))


@pytest.mark.parametrize("case", CASES)
def test_the_terms_of_a_name_are_twice_as_frequent_inside(case: str) -> None:
    papers, topics = found(case)
    users = {term.term: set(term.papers) for term in topics.terms}
    for topic in topics.topmost():
        inside = set(topic.papers)
        outside = len(papers.papers) - len(inside)
        for term in () if topic.is_mixed else topic.label_terms:
            within = len(users[term] & inside) / len(inside)
            assert within >= 2 * len(users[term] - inside) / max(1, outside), (topic.label, term)
