"""A cluster: a real scheduler and two real workers, each a process; one of them dies at work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from conspectus.problems import ProblemsError
from conspectus.workers.clustered import Clustered
from tests.support.building import FIXTURES, ROOT, conspectus, contents, survey

pytestmark = pytest.mark.filterwarnings("default")  # Dask's own warnings are not ours to mend


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler that has two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    told = folder / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    with ExitStack() as stack:
        stack.enter_context(
            _process("scheduler", *here, "--port", "0", "--scheduler-file", str(told))
        )
        for _ in range(2):
            worker = ["--nthreads", "1", "--scheduler-file", str(told)]
            worker += ["--local-directory", str(folder), "--death-timeout", "60"]
            stack.enter_context(_process("worker", *here, *worker))
        yield _address(told)


def _process(*arguments: str) -> ExitStack:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack = ExitStack()
    stack.callback(process.wait)
    stack.callback(process.kill)
    return stack


def _address(told: Path) -> str:
    from distributed import Client

    until = time.monotonic() + 60
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.1)
    with Client(scheduler_file=str(told)) as client:
        client.wait_for_workers(2, timeout=60)
        return str(client.scheduler.address)


def test_a_site_whose_papers_a_cluster_read_is_the_same(cluster: str, tmp_path: Path) -> None:
    here, there = (survey(FIXTURES / "survey", tmp_path / name) for name in ("here", "there"))
    alone = conspectus("build", "--no-cache", cwd=here)
    shared = conspectus("build", "--no-cache", "--cluster", cluster, cwd=there)
    assert (alone.returncode, shared.returncode) == (0, 0), shared.stderr
    assert contents(here / "_site") == contents(there / "_site")


def test_a_worker_that_dies_at_work_costs_no_result(cluster: str, tmp_path: Path) -> None:
    tombstone = str(tmp_path / "died")

    def mortal(number: int) -> Iterator[int]:
        import os
        import signal
        from pathlib import Path

        if number == 3 and not Path(tombstone).exists():
            Path(tombstone).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield number * number

    tasks = [partial(mortal, number) for number in range(8)]
    assert sorted(Clustered(cluster).run(tasks)) == [number**2 for number in range(8)]
    assert Path(tombstone).exists()


def test_a_scheduler_that_does_not_answer_leaves_the_old_site_whole(tmp_path: Path) -> None:
    folder = survey(FIXTURES / "survey", tmp_path / "survey")
    assert conspectus("build", cwd=folder).returncode == 0
    before = contents(folder / "_site")
    shutil.rmtree(folder / ".conspectus")
    run = conspectus("build", "--cluster", "tcp://127.0.0.1:1", cwd=folder)
    assert run.returncode == 1
    assert "tcp://127.0.0.1:1: error: the cluster could not do the work" in run.stderr
    assert contents(folder / "_site") == before


def test_what_a_task_raises_is_one_clear_error(cluster: str) -> None:
    def failing() -> Iterator[int]:
        raise ValueError("moss is no number")
        yield 1

    with pytest.raises(ProblemsError, match="moss is no number"):
        list(Clustered(cluster).run([failing]))
