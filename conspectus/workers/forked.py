"""Tasks in; results out, made by copies of this process.

A copy has all that its parent had, for nothing: only results travel, through a pipe each. Copies
take the next task when they have finished one. One that dies takes its results with it, so the
whole run fails, with one problem.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from conspectus.workers.ahead import Ahead, in_a_copy
from conspectus.workers.copying import CONTEXT, begun, give_back
from conspectus.workers.losses import lost
from conspectus.workers.tasks import Result, Task, chunks

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess
    from multiprocessing.sharedctypes import Synchronized


_END = None
"""What a copy sends when it ends: no task is left, or its shift is over."""
_AT_ONCE = 8
"""Results in one message, since sending and taking in each has its price, whatever it holds."""
_SHIFT = 40
"""Tasks after which another copy goes on: what one has touched, it holds apart from its parent."""


def can_fork() -> bool:
    """Whether a copy of this process may go on working: elsewhere system libraries forbid it."""
    return sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Forked:
    """Several copies of this process."""

    jobs: int

    def run(self, tasks: Sequence[Task[Result]]) -> Iterator[Result]:
        """Every result of every task, as they come; raises what a task raises."""
        if len(tasks) < 2:
            for task in tasks:
                yield from task()
            return
        give_back()
        copies = _Copies(tasks, min(self.jobs, len(tasks)))
        try:
            yield from copies.results()
        finally:
            copies.end()

    def ahead(self, tasks: Sequence[Task[Any]]) -> AbstractContextManager[Ahead]:
        """The tasks begun in one copy, beside whatever this process does."""
        return in_a_copy(tasks)


class _Copies:
    """Processes at work, each with the end of its pipe from which we read."""

    def __init__(self, tasks: Sequence[Task[Any]], count: int) -> None:
        self._tasks = tasks
        self._next_task = CONTEXT.Value("l", 0)
        self._at_work: dict[Connection, ForkProcess] = {}
        for _ in range(count):
            self._add()

    def results(self) -> Iterator[Any]:
        """Results as they come, until every task is done and every copy has said that it ends."""
        while self._at_work:
            for reader in wait(list(self._at_work)):
                assert isinstance(reader, Connection)
                try:
                    message = reader.recv()
                except (EOFError, OSError) as end:
                    raise lost(self._at_work[reader]) from end
                if message is _END:
                    self._relieve(reader)
                    continue
                results, mistake = message
                if mistake is not None:
                    raise mistake
                yield from results

    def end(self) -> None:
        """Leave no copy behind, whatever it is doing."""
        for reader in self._at_work:
            reader.close()
        for process in self._at_work.values():
            process.terminate()
        for process in self._at_work.values():
            process.join()

    def _add(self) -> None:
        reader, writer = CONTEXT.Pipe(duplex=False)
        others = (*self._at_work, reader)
        self._at_work[reader] = begun(_work, self._tasks, self._next_task, writer, others)
        writer.close()  # ours: the pipe then ends with the copy

    def _relieve(self, reader: Connection) -> None:
        """Let a copy go, and have another go on if there is work."""
        process = self._at_work.pop(reader)
        reader.close()
        process.join()
        if self._next_task.value < len(self._tasks):
            self._add()


def _work(
    tasks: Sequence[Task[Any]],
    next_task: Synchronized[int],
    writer: Connection,
    readers: Sequence[Connection],
) -> None:
    """What a copy does. Ctrl-C is its parent's to answer, whose end closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for reader in readers:  # else a copy would keep the pipe of another open
        reader.close()
    with suppress(BrokenPipeError):
        try:
            for _ in range(_SHIFT):
                if (number := _taken(next_task)) >= len(tasks):
                    break
                for results in chunks(tasks[number](), _AT_ONCE):
                    writer.send((results, None))
        except BrokenPipeError:
            raise
        except Exception as mistake:  # the parent raises it where the work was asked for
            writer.send(((), mistake))
        writer.send(_END)
        writer.close()
    os._exit(0)  # without the parent's clean-up, which is the parent's


def _taken(next_task: Synchronized[int]) -> int:
    with next_task.get_lock():
        number = next_task.value
        next_task.value = number + 1
        return number
