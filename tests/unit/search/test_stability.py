"""What one more paper changes of the index: few files, and few of its bytes."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from conspectus.model.papers import Paper
from tests.unit.search.support import corpus, index_files, paper

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "papers.jsonl.xz"
PAPERS = 900
MOST = 0.2
"""Each of a paper's hundred terms stands in a shard of its own: of a small index, that is much.
Of 10,000 papers' index, a paper changes 2 in 100 files (benchmarks/search.py)."""


def invented(count: int) -> list[Paper]:
    """Papers whose words are as unevenly used as those of a language."""
    rng = random.Random(3)
    syllables = [a + b for a in "bdfglmnprst" for b in ("a", "e", "i", "or", "an", "ul")]
    words = sorted({"".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(9000)})
    rng.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [
        paper(
            f"paper-{i}",
            " ".join(rng.choices(words, weights, k=8)),
            " ".join(rng.choices(words, weights, k=140)),
            year=2015 + i % 9,
        )
        for i in range(count)
    ]


def real(count: int) -> list[Paper]:
    with lzma.open(REAL, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    return [
        paper(
            row["id"].lower(), row["title"], row["abstract"],
            authors=row["authors"], year=int(row["year"]), venue=row["venue"],
        )
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("made", [invented, *([real] if REAL.is_file() else [])])
def test_one_more_paper_touches_few_files(made: Callable[[int], list[Paper]]) -> None:
    *papers, newcomer = made(PAPERS + 1)
    before = index_files(corpus(*papers))
    after = index_files(corpus(*papers, newcomer))
    changed = {name: len(body) for name, body in after.items() if before.get(name) != body}
    assert len(changed) < MOST * len(after)
    assert sum(changed.values()) < MOST * sum(map(len, after.values()))
