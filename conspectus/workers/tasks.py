"""What a task is: the one thing that all workers agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Result = TypeVar("Result")
Task = Callable[[], Iterable[Result]]
"""Gives its results in their order, the same wherever it runs."""
