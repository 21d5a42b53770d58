"""Tasks in; their results out, made by this process or by several at once.

A task is a function without arguments that yields results. It must give the same results wherever
it runs, so the number of processes never shows in a site.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Protocol, TypeVar

from conspectus.workers.ahead import Ahead, Later
from conspectus.workers.forked import Forked, can_fork
from conspectus.workers.tasks import Result, Task, chunks

__all__ = [
    "ALONE",
    "Ahead",
    "Alone",
    "Crew",
    "Task",
    "Workers",
    "chunks",
    "hired",
    "in_order",
    "processors",
]

Answer = TypeVar("Answer")


class Workers(Protocol):
    """Whoever runs tasks."""

    def run(self, tasks: Sequence[Task[Result]]) -> Iterator[Result]:
        """Every result of every task: a task's own in their order, the tasks mixed in any."""


class Crew(Workers, Protocol):
    """Workers at this very place, who have all that this process has."""

    def ahead(self, tasks: Sequence[Task[Any]]) -> AbstractContextManager[Ahead]:
        """Begin tasks whose results are wanted later, until the body is left."""


class Alone:
    """This process, one task after the other."""

    def run(self, tasks: Sequence[Task[Result]]) -> Iterator[Result]:
        """Every result, in the order of the tasks."""
        for task in tasks:
            yield from task()

    def ahead(self, tasks: Sequence[Task[Any]]) -> AbstractContextManager[Ahead]:
        """The results are made when they are asked for."""
        del tasks
        return nullcontext(Later())


ALONE = Alone()


def hired(jobs: int) -> Crew:
    """As many processes as asked for, where the system can split one; else this one alone."""
    return Forked(jobs) if jobs > 1 and can_fork() else Alone()


def in_order(workers: Workers, works: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """What each of these gives back, in their order; begun in their order too."""
    done = workers.run([partial(_numbered, number, work) for number, work in enumerate(works)])
    answers = dict(done)
    return [answers[number] for number in range(len(works))]


def _numbered(number: int, work: Callable[[], Answer]) -> Iterator[tuple[int, Answer]]:
    yield number, work()


def processors() -> int:
    """How many processes can work at once on this machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
