"""Texts in, however often each; their places in the order in which they first came out."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, count, islice
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Text = TypeVar("Text", str, bytes)


class Places(Generic[Text]):
    """Texts that each stand for some numbers, which are worked out once.

    A text is looked up in the dictionary's own code, and new ones are taken apart later, all at
    once: ten million occurrences are no more than ten million look-ups.
    """

    def __init__(self, parts_of: Callable[[Sequence[Text]], list[list[int]]]) -> None:
        """`parts_of` takes many texts at a time, since most are taken apart in no time."""
        self._parts_of: Callable[[Sequence[Text]], list[list[int]]] = parts_of
        self._places: defaultdict[Text, int] = defaultdict(count().__next__)
        self._parts = array("q")
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Text]:
        return iter(self._places)

    def of(self, texts: Iterable[Text]) -> Iterator[int]:
        """Each text's place; one not seen before takes the next."""
        return map(self._places.__getitem__, texts)

    def expanded(self, places: Integers) -> tuple[Integers, Integers]:
        """Every part of the texts at these places, and whose it is: an index into `places`."""
        self._take_apart()
        ends, parts = np.array(self._ends), np.array(self._parts)
        sizes = np.diff(ends)[places]
        of = np.repeat(np.arange(len(places)), sizes)
        within = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return of, parts[ends[places][of] + within] if len(of) else of

    def _take_apart(self) -> None:
        new = list(islice(self._places, len(self._ends) - 1, None))
        parts = self._parts_of(new)
        self._ends.extend(accumulate(map(len, parts), initial=self._ends.pop()))
        self._parts.extend(chain.from_iterable(parts))
