"""Sentences that speak for a topic."""

from __future__ import annotations

import random

from making import paper

from conspectus.analysis.summaries import lift

SYLLABLES = ("bar", "ket", "lom", "vas", "tir", "gul", "nep", "dor")


def test_of_sentences_that_say_as_much_the_first_is_lifted_whatever_the_hash_seed() -> None:
    # 0.1 + 0.2 + 0.3 is more than 0.6 in one order of adding and not in another.
    chance = random.Random(0)
    for _ in range(60):
        lone, *others = ("".join(chance.sample(SYLLABLES, 3)) for _ in range(4))
        worth = {lone: 0.6, **dict(zip(others, (0.1, 0.2, 0.3), strict=True))}
        first = f"Quays of the harbour carry {lone} in each of the long seasons."
        second = f"Quays of the harbour carry {' and '.join(others)} in each season."
        (quote,) = lift([paper("quays", "Quays", first, second)], worth)
        assert quote.sentence == 0
