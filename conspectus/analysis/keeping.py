"""The names that topics had, by the lock, in; those that still hold out.

A name that was good yesterday stays while it keeps what is promised of it, even if another would
be a little better today: or a single paper now and then would rename a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from conspectus.analysis.documents import Flags, Ints
from conspectus.analysis.labels import Name, Taken
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.tree import Node
from conspectus.analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

_STILL_AS_FREQUENT = 2.3
"""How much more often a topic's papers use its name's terms than others, for it to stay: less than
a new name is asked for, or what is at that point would come and go."""


def kept(
    families: Sequence[Sequence[Node]], vocabulary: Vocabulary, phrases: Phrases
) -> dict[int, Name]:
    """The names that hold, by `id()` of the node; `families` are siblings, parents before children.

    Their evidence is yet to be gathered.
    """
    terms = {
        id(node): numbers
        for siblings in families
        for node in siblings
        if (numbers := _numbers(node.name, vocabulary, phrases.is_said))
    }
    users = _Users.of(sorted({term for numbers in terms.values() for term in numbers}), vocabulary)
    taken = Taken()
    found: dict[int, Name] = {}
    for siblings in families:
        around = np.concatenate([node.papers for node in siblings])
        for node in siblings:
            numbers = terms.get(id(node), ())
            words = [vocabulary.terms[term] for term in numbers]
            if not numbers or any(map(taken.clashes, words)):
                continue
            if users.hold(numbers, node.papers, around):
                found[id(node)] = Name(numbers, users.coverage(numbers, node.papers))
                for phrase in words:
                    taken.add(phrase)
    return found


def _numbers(name: Sequence[str], vocabulary: Vocabulary, is_said: Flags) -> tuple[int, ...]:
    """The terms of a name; none where one of them is gone or may not be said."""
    numbers = [vocabulary.number_of(tuple(term.split(" "))) for term in name]
    return tuple(numbers) if all(n >= 0 and is_said[n] for n in numbers) else ()


@dataclass(frozen=True, slots=True, eq=False)
class _Users:
    """Who uses which of a few terms."""

    place: dict[int, int]
    """Term to its column."""
    columns: csc_matrix

    @classmethod
    def of(cls, terms: Sequence[int], vocabulary: Vocabulary) -> _Users:
        columns = vocabulary.counts[:, terms].tocsc()
        return cls({term: place for place, term in enumerate(terms)}, columns)

    def hold(self, terms: Sequence[int], group: Ints, around: Ints) -> bool:
        """Whether a group uses each term more often than those around it do, and than all do."""
        inside, near = self._flags(group), self._flags(around)
        return all(
            _is_frequent(within, int(near[users].sum()), len(group), len(around))
            and _is_frequent(within, len(users), len(group), len(inside))
            for users in map(self._of, terms)
            for within in (int(inside[users].sum()),)
        )

    def coverage(self, terms: Sequence[int], group: Ints) -> float:
        """The share of a group that uses any of these terms."""
        is_user = np.zeros(self.columns.shape[0], dtype=np.bool_)
        for term in terms:
            is_user[self._of(term)] = True
        return round(float(is_user[group].sum() / len(group)), 4)

    def _of(self, term: int) -> Ints:
        place = self.place[term]
        start, stop = self.columns.indptr[place : place + 2]
        return np.asarray(self.columns.indices[start:stop])

    def _flags(self, group: Ints) -> Flags:
        flags = np.zeros(self.columns.shape[0], dtype=np.bool_)
        flags[group] = True
        return flags


def _is_frequent(inside: int, users: int, size: int, total: int) -> bool:
    outside = (users - inside) / max(1, total - size)
    return inside / size >= _STILL_AS_FREQUENT * outside
