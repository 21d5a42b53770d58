from __future__ import annotations

import numpy as np
from making import about, corpus

from conspectus.analysis import documents, phrases, tfidf, vocabulary
from conspectus.analysis.labels import Namer
from conspectus.analysis.settling import Settler
from conspectus.analysis.uses import Uses

PULL = 0.05
MOST = PULL * (1 + 0.3 * 4)
"""What the four terms of a name can add to the likeness of a paper, in cosines."""


def on_an_arc(each: int) -> Settler:
    """Papers on barnacles, which lie together, and then as many on kites, from there to afar."""
    papers = [about(subject, n) for subject in ("barn", "kite") for n in range(each)]
    read = documents.read(corpus(*papers))
    terms = vocabulary.build(read)
    weights = tfidf.weigh(terms)
    uses = Uses.of(terms, phrases.judge(read, terms))
    angles = np.concatenate([np.zeros(each), np.linspace(0, np.pi / 2, each)])
    rows = np.column_stack([np.cos(angles), np.sin(angles)])
    return Settler(rows, Namer.of(np.arange(read.count), uses), 0.0, weights.matrix)


def test_a_name_draws_only_papers_that_lie_between_two_groups() -> None:
    groups = on_an_arc(40)
    start = np.where(np.arange(80) < 68, 0, 1)  # the second group is of kites only
    likeness = groups._likeness(start)
    labels = groups.settled(start, PULL).labels
    drawn = np.flatnonzero(labels == labels[-1])
    assert len(drawn) > 12
    assert (likeness[drawn, 0] - likeness[drawn, 1]).max() <= MOST
