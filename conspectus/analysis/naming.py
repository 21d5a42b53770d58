"""A tree of groups in; what each is called out: no two share a term or a part of one.

Names are given from the top down, since a topmost topic has the first choice. What is called by a
name of the lock's that still holds comes before all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from conspectus.analysis import keeping
from conspectus.analysis.documents import Ints
from conspectus.analysis.labels import Name, Namer, Taken
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.tree import Node
from conspectus.analysis.uses import Counts, Uses
from conspectus.analysis.vocabulary import Vocabulary

Families = Sequence[Sequence[Node]]
"""Siblings, those of parents before those of children."""
Key = tuple[tuple[bytes, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """Names trees of groups; a tree that was named once is not named again."""

    uses: Uses
    vocabulary: Vocabulary
    phrases: Phrases
    memory: dict[Key, tuple[Name, ...]] = field(default_factory=dict)

    def names(self, nodes: Sequence[Node]) -> dict[int, Name]:
        """What all groups are called; by `id()` of the node."""
        families = _families(nodes)
        key = _key(families)
        if key not in self.memory:
            telling = Telling(self, keeping.kept(families, self.vocabulary, self.phrases))
            for siblings in families:
                telling.tell(siblings)
            self.memory[key] = self._bettered(families, telling.given)
        order = [id(node) for node in chain(*families)]
        return dict(zip(order, self.memory[key], strict=True))

    def remember(self, nodes: Sequence[Node], given: Sequence[Name]) -> None:
        """What these groups were called, in the order of their families, when they were found."""
        families = _families(nodes)
        self.memory[_key(families)] = self._bettered(families, given)

    def words(self, name: Name) -> list[tuple[str, ...]]:
        """The words of a name's terms."""
        return [self.vocabulary.terms[term] for term in name.terms]

    def said(self, names: Mapping[int, Name]) -> dict[int, list[str]]:
        """The terms of each name, as the lock holds them."""
        return {
            node: [" ".join(words) for words in self.words(name)] for node, name in names.items()
        }

    def _bettered(self, families: Families, given: Sequence[Name]) -> tuple[Name, ...]:
        """Name heaps anew where a better name is free, until none is.

        So they are called the same when all names are kept, and only these are sought again.
        """
        found, is_new = list(given), True
        while is_new:
            is_new, first = False, 0
            for siblings in families:
                is_new |= self._siblings_bettered(siblings, found, first)
                first += len(siblings)
        return tuple(found)

    def _siblings_bettered(self, siblings: Sequence[Node], found: list[Name], first: int) -> bool:
        """Whether one of them has a better name now; theirs begin at `first`."""
        poor = [i for i in range(len(siblings)) if not found[first + i].covers]
        if not poor:
            return False
        papers = _together(siblings)
        counts = Counts.of(papers, self.uses)
        is_new = False
        for i in poor:
            old = found[first + i]
            others = chain(found[: first + i], found[first + i + 1 :])
            taken = Taken(phrase for name in others for phrase in self.words(name))
            place = np.searchsorted(papers, siblings[i].papers)
            (new,) = Namer(counts, taken).names([place])
            if new.covers or (new.terms and not old.terms):
                found[first + i] = replace(new, evidence=old.evidence)
                is_new = True
        return is_new


@dataclass(slots=True, eq=False)
class Telling:
    """Names while they are given, to one group's parts after another's."""

    naming: Naming
    kept: Mapping[int, Name] = field(default_factory=dict)
    """By `id()` of the node."""
    given: list[Name] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)
    """The phrases of all names, kept or given so far."""

    def __post_init__(self) -> None:
        for name in self.kept.values():
            self._take(name)

    def tell(self, siblings: Sequence[Node], namer: Namer | None = None) -> None:
        """Name siblings, by what `namer` has counted of their papers where it is given."""
        order = in_order(siblings)
        papers = _together(order)
        namer = namer or Namer.of(papers, self.naming.uses, self.taken)
        places = [np.searchsorted(papers, node.papers) for node in order]
        fresh = [place for node, place in zip(order, places, strict=True) if not self._has(node)]
        new = iter(namer.names(fresh))
        for node, place in zip(order, places, strict=True):
            name = self.kept[id(node)] if self._has(node) else next(new)
            self.given.append(replace(name, evidence=namer.evidence(place)))
            if not self._has(node):
                self._take(name)

    def _has(self, node: Node) -> bool:
        return id(node) in self.kept

    def _take(self, name: Name) -> None:
        for phrase in self.naming.words(name):
            self.taken.add(phrase)


def in_order(siblings: Sequence[Node]) -> list[Node]:
    """The largest first: an order that ids have no part in, since these are given after names."""
    return sorted(siblings, key=lambda node: (-len(node.papers), int(node.papers[0])))


def _families(nodes: Sequence[Node]) -> Families:
    found: list[list[Node]] = []
    level = [in_order(nodes)]
    while level:
        found += level
        level = [in_order(node.children) for node in chain(*level) if node.children]
    return found


def _key(families: Families) -> Key:
    return tuple([(node.papers.tobytes(), node.name) for node in chain(*families)])


def _together(siblings: Sequence[Node]) -> Ints:
    return np.sort(np.concatenate([node.papers for node in siblings]))
