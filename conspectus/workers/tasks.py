"""What is to be done: tasks, and the chunks of work that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Result = TypeVar("Result")
Item = TypeVar("Item")

Task = Callable[[], Iterable[Result]]
"""Gives its results in their order, the same wherever it runs."""

CHUNK = 250
"""Papers or pages of one task: work of a tenth of a second, well above what passing it on costs."""


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[tuple[Item, ...]]:
    """The items in their order, `size` at a time; the last chunk may be shorter."""
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk
