"""A tree of groups in; what each is called out: no two share a term or a part of one.

Names are given from the top down, since a topmost topic has the first choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from conspectus.analysis.labels import Name, Namer, Taken
from conspectus.analysis.tree import Node
from conspectus.analysis.uses import Uses

Step = tuple[int, tuple[bytes, ...]]
"""What was named before, as a number, and the groups that are named now."""


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """Names trees of groups; a tree that is named again costs only what has changed in it."""

    uses: Uses
    memory: dict[Step, tuple[int, tuple[Name, ...]]] = field(default_factory=dict)
    """The names that a step gave, and the number of what is named after it."""

    def names(self, nodes: Sequence[Node]) -> dict[int, Name]:
        """What all groups are called; by `id()` of the node."""
        telling = Telling(self)
        found: dict[int, Name] = {}
        level = [tuple(nodes)]
        while level:
            for siblings in level:
                found.update(telling.tell(siblings))
            level = [
                node.children for siblings in level for node in in_order(siblings) if node.children
            ]
        return found


@dataclass(slots=True, eq=False)
class Telling:
    """Names while they are given, to one group's parts after another's."""

    naming: Naming
    taken: Taken = field(default_factory=Taken)
    """The phrases of all names so far."""
    step: int = 0

    def namer(self, papers: np.ndarray) -> Namer:
        """Names groups of these papers by what is still free."""
        return Namer.of(papers, self.naming.uses, self.taken)

    def tell(self, siblings: Sequence[Node], namer: Namer | None = None) -> dict[int, Name]:
        """Name siblings, by what `namer` has counted of their papers where it is given."""
        order = in_order(siblings)
        uses, memory = self.naming.uses, self.naming.memory
        step = (self.step, tuple(node.papers.tobytes() for node in order))
        if step not in memory:
            papers = np.sort(np.concatenate([node.papers for node in order]))
            namer = namer or self.namer(papers)
            places = [np.searchsorted(papers, node.papers) for node in order]
            memory[step] = (len(memory) + 1, namer.names(places))
        self.step, named = memory[step]
        for name in named:
            for term in name.terms:
                self.taken.add(uses.words_of(term))
        return {id(node): name for node, name in zip(order, named, strict=True)}


def in_order(siblings: Sequence[Node]) -> list[Node]:
    """The largest first: an order that ids have no part in, since these are given after names."""
    return sorted(siblings, key=lambda node: (-len(node.papers), int(node.papers[0])))
