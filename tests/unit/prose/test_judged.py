"""The rule against abstracts that were read: how often is the marked sentence the right one?

`judged/*.tsv` hold, for each paper, the place of the sentence that states its contribution as a
reader found it, or "-" where no sentence does so on its own. The texts stand elsewhere: in content/
and, for the papers that the rule was not made with, in material that may lie beside the checkout.
"""

from __future__ import annotations

import itertools
import json
import lzma
from collections.abc import Iterable, Sequence
from pathlib import Path

from conspectus import content
from conspectus.prose import read, stating
from tests.support.building import CONTENT, SHARED

JUDGED = Path(__file__).parent / "judged"
UNSEEN = SHARED / "data" / "papers.jsonl.xz"
FIRST, LAST = 50_000, 50_100
"""Lines of that file which were read."""
PRECISION = 0.93


def judged(name: str) -> dict[str, str]:
    lines = (JUDGED / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def precision(papers: Iterable[tuple[str, Sequence[str]]], right: dict[str, str]) -> float:
    """The share of right sentences among those that are marked."""
    marked = [
        str(index) == right[paper]
        for paper, sentences in papers
        if paper in right and (index := stating.choose(sentences)) is not None
    ]
    assert len(marked) > 0.9 * len(right)
    return sum(marked) / len(marked)


def test_of_the_seeds_sentences_that_are_marked_most_state_the_contribution() -> None:
    papers = content.read(CONTENT).corpus.papers
    sentences = [(paper.id, paper.abstract.sentences) for paper in papers]
    assert precision(sentences, judged("seed.tsv")) >= PRECISION


def test_the_rule_holds_for_papers_of_other_fields_that_it_was_not_made_with() -> None:
    if UNSEEN.exists():
        with lzma.open(UNSEEN, "rt", encoding="utf-8") as file:
            records = [json.loads(line) for line in itertools.islice(file, FIRST, LAST)]
        sentences = [(record["id"], read(record["abstract"])[0].sentences) for record in records]
        assert precision(sentences, judged("unseen.tsv")) >= PRECISION


def test_every_paper_is_judged_once() -> None:
    assert len(judged("unseen.tsv")) == LAST - FIRST
