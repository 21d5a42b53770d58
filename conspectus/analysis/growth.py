"""Papers in; a partition of them out: how topics are found anew.

Several cuts of one Ward tree are tried near the automatic count, and each is settled by its own
names. The cut whose names tell its groups apart best wins, so that the count falls where a
larger one would only make heaps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from conspectus.analysis import clusters
from conspectus.analysis.documents import Ints
from conspectus.analysis.ground import Ground
from conspectus.analysis.settling import FEW_MIXED, MOST_MIXED, ONE_ROUND, Division, Settler

_PULLS = (0.02, 0.04, 0.06)
_FEW_PULLS = (0.03, 0.06)
"""How much a group's terms in a paper draw it, in cosines; the stronger one against heaps."""
_SEVERAL, _MANY = 1_000, 5_000
_TRIED_UP_TO = 20_000
_FINER = 0.3
"""How much more groups are worth at the same quality: it grows with this power of their count."""
_PULLED = 1.2
"""What a pull adds to the agreement by itself: as much is taken off for each unit of it."""
_PARTS = 20
"""Papers to a sub-topic, where there are not too many of these."""
_MOST_PARTS = 12
_POOR, _HOPELESS = 0.75, 0.6
"""The share of papers in heaps, at first and when the willing ones have left, above which clearing
these was never seen to help."""
_CLEARED = 4
"""Of how many divisions the heaps are cleared at a time, the best first."""
_HARDLY_MORE = 60
"""Papers below which a survey that falls into heaps is better left whole."""


def divide(ground: Ground, papers: Ints, count: int | None) -> Division:
    """Divide these papers into `count` groups, or as many as suit them."""
    wanted = max(1, min(count or clusters.automatic_count(len(papers)), len(papers)))
    settler = Settler.of(ground, papers)
    if wanted == 1:
        return _whole(settler)
    counts = (
        [wanted]
        if count is not None or len(papers) > _TRIED_UP_TO
        else _around(wanted, len(papers))
    )
    found = _best(settler, counts, _PULLS if len(papers) <= _SEVERAL else _FEW_PULLS)
    if count is None and len(papers) < _HARDLY_MORE and found.mixed > MOST_MIXED:
        return _whole(settler)
    return found


def _whole(settler: Settler) -> Division:
    return Division(settler.rows, np.zeros(len(settler.rows), dtype=np.int64), 1.0, 0.0)


def subdivide(settler: Settler) -> Division:
    """Divide a large group into two to twelve parts, or leave it whole.

    Fewer parts than these are harder to name, not easier: each would hold more subjects.
    """
    start = clusters.partition(
        settler.rows, clusters.merges(settler.rows), parts_of(len(settler.rows))
    )
    division = settler.settled(start, _FEW_PULLS[-1], ONE_ROUND)
    return settler.cleared(division, _HOPELESS) if division.mixed <= _POOR else division


def are_told(division: Division) -> bool:
    """Whether there are several parts, and all but few papers are in some that have a name."""
    return int(division.labels.max()) > 0 and division.mixed <= MOST_MIXED and not division.nameless


def parts_of(papers: int) -> int:
    """Sub-topics for a topic of so many papers."""
    return int(np.clip(round(papers / _PARTS), 2, _MOST_PARTS))


def _around(wanted: int, papers: int) -> list[int]:
    """Counts near the automatic one, up to a fifth away, the fewest first."""
    step = max(1, round(0.1 * wanted))
    far = 1 if papers > _MANY else 2
    counts = range(wanted - far * step, wanted + far * step + 1, step)
    return [count for count in counts if count >= 2]


def _best(settler: Settler, counts: Sequence[int], pulls: Sequence[float]) -> Division:
    """The best of all that settle; heaps are cleared only where they would hold too much."""
    tree = clusters.merges(settler.rows)
    starts = [clusters.partition(settler.rows, tree, count) for count in counts]
    trials = [(settler.settled(start, pull), pull) for start in starts for pull in pulls]

    def value(trial: tuple[Division, float]) -> float:
        return _value(*trial, counts[-1])

    # The first of equals is taken: the fewest groups, the weakest pull.
    trials.sort(key=value, reverse=True)
    best = trials[0]
    for i in range(0, len(trials), _CLEARED):
        if best[0].mixed <= FEW_MIXED:
            break
        some = [(settler.cleared(division), pull) for division, pull in trials[i : i + _CLEARED]]
        best = max([best, *some], key=value)
    return best[0]


def _value(division: Division, pull: float, wanted: int) -> float:
    excess = max(0.0, division.mixed - FEW_MIXED)
    finer = (int(division.labels.max()) + 1) / wanted
    return float(round(division.quality * finer**_FINER - 2 * excess - _PULLED * pull, 9))
