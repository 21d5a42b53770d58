"""Tasks in; results out, made by the workers of a Dask cluster, through joblib.

The machines must see the same folders under the same names, and run the same program: a task says
which files to read, and a version that reads otherwise is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conspectus import __version__
from conspectus.problems import Location, Problem, ProblemsError, error
from conspectus.workers.tasks import Result, Task

_WAIT = 5
"""Seconds in which a scheduler must answer."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """The workers of a cluster."""

    address: str
    """Of the scheduler: `tcp://host:8786`."""

    def run(self, tasks: Sequence[Task[Result]]) -> Iterator[Result]:
        """Every result of every task, as the tasks end.

        A worker that dies has its tasks done by another. Raises what a task raises, and
        `ProblemsError` where the cluster cannot do the work.
        """
        if not tasks:
            return
        try:
            import joblib
            from distributed import Client
        except ImportError as missing:
            raise ProblemsError([_not_installed(self.address)]) from missing
        try:
            with Client(self.address, timeout=_WAIT) as client:  # type: ignore[no-untyped-call]
                self._refuse_others(set(client.run(_version).values()))
                with joblib.parallel_config(backend="dask"):
                    for results in joblib.Parallel()(joblib.delayed(_done)(each) for each in tasks):
                        yield from results
        except (ProblemsError, GeneratorExit):
            raise
        except Exception as failure:  # of a network of other programs: anything may go wrong
            raise ProblemsError([_failed(self.address, failure)]) from failure

    def _refuse_others(self, versions: set[str]) -> None:
        if not versions:
            raise ProblemsError([_failed(self.address, RuntimeError("it has no workers"))])
        if versions != {__version__}:
            others = ", ".join(sorted(versions - {__version__}))
            raise ProblemsError(
                [
                    error(
                        Location(self.address),
                        f"its workers run conspectus {others}, this is {__version__}",
                        "install the same version on every machine",
                    )
                ]
            )


def _version() -> str:
    """Which program a worker would run."""
    return __version__


def _done(task: Task[Result]) -> list[Result]:
    return list(task())


def _not_installed(address: str) -> Problem:
    return error(
        Location(address),
        "working on a cluster needs joblib and Dask",
        'install them: pip install "conspectus[cluster]"',
    )


def _failed(address: str, failure: Exception) -> Problem:
    said = " ".join(str(failure).split()) or type(failure).__name__
    return error(
        Location(address),
        f"the cluster could not do the work: {said[:300]}",
        "see that scheduler and workers run and see the content folder, or build without --cluster",
    )
