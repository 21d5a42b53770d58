"""Documents in; queries whose right answers are known out, and how well they were answered."""

from __future__ import annotations

import math
import random
import re
from collections import Counter

from conspectus.search.tokens import STOP_WORDS

DEPTH = 10


def ndcg(ids: list[str], grades: dict[str, int]) -> float:
    gains = [grades.get(id_, 0) for id_ in ids[:DEPTH]]
    ideal = sorted(grades.values(), reverse=True)[:DEPTH]
    best = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(ideal))
    return (
        sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains)) / best if best else 0.0
    )


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def rarest(text: str, frequency: Counter[str]) -> str:
    known = [
        word for word in dict.fromkeys(words(text)) if frequency[word] and word not in STOP_WORDS
    ]
    chosen = sorted(known, key=lambda word: (frequency[word], word))[:3]
    return " ".join(word for word in known if word in chosen)


def title_queries(documents: list[dict], count: int) -> dict[str, list[tuple[str, list[str]]]]:
    """Half titles as typed, with the words meant."""
    rng = random.Random(7)
    halves = []
    for document in rng.sample(documents, min(count, len(documents))):
        title = words(document["title"])
        half = title[: max(3, len(title) // 2)]
        if any(len(word) > 4 for word in half):
            halves.append(half)
    exact, prefix, mistyped = [], [], []
    for half in halves:
        exact.append((" ".join(half), half))
        last = half[-1]
        cut = last[: max(3, round(0.6 * len(last)))]
        prefix.append((" ".join([*half[:-1], cut]), [*half[:-1], cut]))
        mistyped.append((" ".join(one_slip(half, rng)), half))
    return {"exact": exact, "prefix": prefix, "mistyped": mistyped}


def one_slip(half: list[str], rng: random.Random) -> list[str]:
    """One letter lost, doubled, replaced or exchanged in one of the longer words."""
    place = rng.choice([i for i, word in enumerate(half) if len(word) > 4])
    word = half[place]
    at = rng.randrange(len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice("aeinrst") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return [*half[:place], rng.choice(slips), *half[place + 1 :]]


def holds(title: str, meant: list[str]) -> bool:
    found = words(title)
    return all(any(word.startswith(part) for word in found) for part in meant)
