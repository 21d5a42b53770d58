"""Which terms occur where, whatever block of papers they are read in."""

from __future__ import annotations

import pytest

from conspectus.search import occurrences
from conspectus.search.occurrences import Occurrences
from conspectus.search.stems import stemmer
from tests.unit.search.support import corpus, paper

PAPERS = corpus(
    *(
        paper(f"lamp-{number}", f"Lamp {number}", "It glows.", authors=[f"Ada Invented{number}"])
        for number in range(7)
    )
)


def read() -> Occurrences:
    return occurrences.read(PAPERS, {"lamp-1": ["Lamp 2"]}, stemmer("en"))


def entries(found: Occurrences) -> list[tuple[str, int, int]]:
    """Term, row and count of every entry."""
    return sorted(
        (found.vocabulary[term], row, count)
        for block in found.blocks
        for term, row, count in zip(
            block.terms.tolist(), block.rows.tolist(), block.counts.tolist(), strict=True
        )
    )


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_papers_read_in_blocks_have_what_they_have_when_read_at_once(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    together = read()
    monkeypatch.setattr(occurrences, "_BLOCK", size)
    found = read()
    assert entries(found) == entries(together)
    assert found.lengths.tolist() == together.lengths.tolist()
    assert (found.words, found.title_words) == (together.words, together.title_words)
