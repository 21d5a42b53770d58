"""Tasks in; results out, made by copies of this process.

A copy has all that its parent had, for nothing: only results travel, through a pipe each. Copies
take the next task when they have finished one. One that dies takes its results with it, so the
whole run fails, with one problem.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from conspectus.workers.ahead import Ahead, in_a_copy
from conspectus.workers.losses import lost
from conspectus.workers.tasks import Result, Task

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess
    from multiprocessing.sharedctypes import Synchronized


_END = None
"""What a copy sends when no task is left."""


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
        gc.freeze()  # what a copy shares with its parent is copied where the collector looks at it
        try:
            copies = _Copies.of(tasks, min(self.jobs, len(tasks)))
        finally:
            gc.unfreeze()
        try:
            yield from copies.results()
        finally:
            copies.end()

    def ahead(self, tasks: Sequence[Task[Any]]) -> AbstractContextManager[Ahead]:
        """The tasks begun in one copy, beside whatever this process does."""
        return in_a_copy(tasks)


@dataclass(frozen=True, slots=True)
class _Copies:
    """Processes at work, each with the end of its pipe from which we read."""

    processes: tuple[ForkProcess, ...]
    readers: tuple[Connection, ...]

    @classmethod
    def of(cls, tasks: Sequence[Task[Any]], count: int) -> _Copies:
        context = multiprocessing.get_context("fork")
        pipes = [context.Pipe(duplex=False) for _ in range(count)]
        readers = tuple(reader for reader, _ in pipes)
        next_task = context.Value("l", 0)
        processes = []
        for _, writer in pipes:
            process = context.Process(
                target=_work, args=(tasks, next_task, writer, readers), daemon=True
            )
            process.start()
            writer.close()  # ours: the pipe then ends with the copy
            processes.append(process)
        return cls(tuple(processes), readers)

    def results(self) -> Iterator[Any]:
        """Results as they come, until every copy has said that it has ended."""
        open_ones = dict(zip(self.readers, self.processes, strict=True))
        while open_ones:
            for reader in wait(list(open_ones)):
                assert isinstance(reader, Connection)
                try:
                    message = reader.recv()
                except (EOFError, OSError) as end:
                    raise lost(open_ones[reader]) from end
                if message is _END:
                    del open_ones[reader]
                    continue
                result, mistake = message
                if mistake is not None:
                    raise mistake
                yield result

    def end(self) -> None:
        """Leave no copy behind, whatever it is doing."""
        for reader in self.readers:
            reader.close()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.join()


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
            while (number := _taken(next_task)) < len(tasks):
                for result in tasks[number]():
                    writer.send((result, None))
        except BrokenPipeError:
            raise
        except Exception as mistake:  # the parent raises it where the work was asked for
            writer.send((None, mistake))
        writer.send(_END)
        writer.close()
    os._exit(0)  # without the parent's clean-up, which is the parent's


def _taken(next_task: Synchronized[int]) -> int:
    with next_task.get_lock():
        number = next_task.value
        next_task.value = number + 1
        return number
