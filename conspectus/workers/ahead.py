"""Tasks in; their results out later, made by a copy of this process while it goes on.

The copy leaves its results in a file without a name, since nobody empties a pipe meanwhile.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol

from conspectus.workers.copying import begun, give_back
from conspectus.workers.losses import lost
from conspectus.workers.tasks import Result, Task

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

_BUFFER = 1 << 20
_END = None
"""What follows the last result of a task."""


class Ahead(Protocol):
    """Whoever has begun tasks while this process goes on."""

    def results(self, task: Task[Result]) -> Iterator[Result]:
        """All that a task gives, waited for; the tasks in the order in which they were begun."""


class Later:
    """This process: makes the results when they are asked for."""

    def results(self, task: Task[Result]) -> Iterator[Result]:
        """What the task gives."""
        yield from task()


@contextmanager
def in_a_copy(tasks: Sequence[Task[Any]]) -> Iterator[Ahead]:
    """Begin the tasks in a copy; it is ended when the body is left."""
    with tempfile.TemporaryFile(buffering=_BUFFER) as spool:
        give_back()
        process = begun(_work, tasks, spool)
        try:
            yield _Spooled(process, spool)
        finally:
            process.terminate()
            process.join()


@dataclass(slots=True)
class _Spooled:
    """What a copy leaves in a file: its results in their order, an end after those of each task."""

    process: ForkProcess
    spool: IO[bytes]
    _is_over: bool = False

    def results(self, task: Task[Result]) -> Iterator[Result]:
        """What the next task gave; raises what it has raised, or that the copy has died."""
        del task  # they lie in their order
        if not self._is_over:
            self.process.join()
            self.spool.seek(0)
            self._is_over = True
        while (kept := self._next()) is not _END:
            yield kept

    def _next(self) -> Any:
        try:
            result, mistake = pickle.load(self.spool)
        except EOFError:
            raise lost(self.process) from None
        if mistake is not None:
            raise mistake
        return result


def _work(tasks: Sequence[Task[Any]], spool: IO[bytes]) -> None:
    """What the copy does. Ctrl-C is its parent's to answer, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        for task in tasks:
            for result in task():
                pickle.dump((result, None), spool, pickle.HIGHEST_PROTOCOL)
            pickle.dump((_END, None), spool)
    except Exception as mistake:  # the parent raises it where the results are asked for
        pickle.dump((None, mistake), spool)
    spool.flush()
    os._exit(0)  # without the parent's clean-up, which is the parent's
