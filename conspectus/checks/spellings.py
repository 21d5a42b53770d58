"""Front matter in; values that are likely another one misspelt, and unused attributes, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from conspectus.checks.findings import Finding, about
from conspectus.fields import shown
from conspectus.model.papers import Paper
from conspectus.model.topics import Analysis

_FREQUENT = 3
"""Papers that write a value one way before another way looks like a slip."""
_LONG = 7
"""Letters from which on one wrong letter is more likely than another word."""
_DIGITS = re.compile(r"[0-9]+")
COMPARED = 3
"""Papers of a topic that must share an attribute before a table compares them."""


def find(papers: Sequence[Paper], found: Analysis) -> Iterator[Finding]:
    """Slips in venues, keywords and names of attributes; attributes that no table shows."""
    yield from _slips(papers, "venue", {p.id: (p.venue,) if p.venue else () for p in papers})
    # In keywords, capitals say where the list begins, and are no slips.
    words = {p.id: tuple(word.casefold() for word in p.keywords) for p in papers}
    yield from _slips(papers, "keyword", words)
    names = {p.id: tuple(name for name, _ in p.attributes) for p in papers}
    yield from _slips(papers, "attribute", names)
    yield from _unused(papers, found)


def _slips(
    papers: Sequence[Paper], kind: str, values: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    counts = Counter(value for found in values.values() for value in dict.fromkeys(found))
    meant = _meant(counts)
    for paper in papers:
        for value in dict.fromkeys(values[paper.id]):
            if value in meant:
                likely = meant[value]
                said = f'{kind} "{shown(value)}": {counts[likely]} papers write "{shown(likely)}"'
                yield about(paper, "typo", said, f'did you mean "{shown(likely)}"?', value)


def _meant(counts: Mapping[str, int]) -> dict[str, str]:
    """For each rare value the frequent one that it probably is."""
    frequent = sorted(
        (v for v, n in counts.items() if n >= _FREQUENT), key=lambda v: (-counts[v], v)
    )
    found: dict[str, str] = {}
    for value, count in counts.items():
        likely = next((each for each in frequent if _is_slip(value, each)), "")
        if likely and count * _FREQUENT <= counts[likely]:
            found[value] = likely
    return found


def _is_slip(value: str, frequent: str) -> bool:
    if value == frequent or _DIGITS.findall(value) != _DIGITS.findall(frequent):
        return False
    one, other = _folded(value), _folded(frequent)
    if one == other:
        return True
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    if one == f"{other}s" or other == f"{one}s":
        return False  # singular and plural are no slip of the pen
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _unused(papers: Iterable[Paper], found: Analysis) -> Iterator[Finding]:
    """Attributes that fewer papers of the topic have than its table needs."""
    topic_of = {each.paper: each.topic for each in found.papers}
    counts = Counter(
        (topic_of.get(paper.id, ""), name) for paper in papers for name, _ in paper.attributes
    )
    everywhere = Counter(name for paper in papers for name, _ in paper.attributes)
    said: set[str] = set()
    for paper in papers:
        for name, _ in paper.attributes:
            is_shown = any(count >= COMPARED for (_, each), count in counts.items() if each == name)
            if is_shown or name in said:
                continue
            said.add(name)
            many = "one paper has" if everywhere[name] == 1 else f"{everywhere[name]} papers have"
            yield about(
                paper,
                "unused-attribute",
                f'no table shows the attribute "{shown(name)}", which {many}',
                f"give it to at least {COMPARED} papers of one topic, or delete it",
                name,
            )
