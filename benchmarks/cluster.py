"""From how many papers on a second machine pays: what reading costs here, and through a cluster.

    python benchmarks/cluster.py CONTENT [CONTENT …]

Each content folder is read by this process, and by a Dask cluster of a scheduler and two workers,
which this command starts on this machine. CPU-seconds: of the reading itself; of this process when
others read (passing on tasks, taking papers in); of the scheduler. What a second machine could take
away is the first less the other two.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from conspectus import content  # noqa: E402
from conspectus.workers import Alone, Workers  # noqa: E402
from conspectus.workers.clustered import Clustered  # noqa: E402

PATIENCE = 60
"""Seconds in which the scheduler must have begun."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("content", nargs="+", type=Path)
    folders = parser.parse_args().content
    print(f"imports that a cluster needs here, once: {imports():.2f} CPU s")
    print(f"{'CPU s':32}{'papers':>8}{'read here':>11}{'passed on':>11}{'scheduler':>11}")
    with cluster() as (address, scheduler):
        reading(folders[0], Clustered(address))  # the workers' imports are paid once
        for folder in folders:
            papers, alone = reading(folder, Alone())
            before = used_by(scheduler)
            _, passed_on = reading(folder, Clustered(address))
            told = used_by(scheduler) - before
            print(f"{folder.name:32}{papers:8,}{alone:11.2f}{passed_on:11.2f}{told:11.2f}")


def imports() -> float:
    """CPU-seconds of a process that imports what speaks with a cluster."""
    began = os.times()
    subprocess.run([sys.executable, "-c", "import joblib, distributed"], check=True)
    ended = os.times()
    used = (
        ended.children_user - began.children_user,
        ended.children_system - began.children_system,
    )
    return sum(used)


def reading(folder: Path, workers: Workers) -> tuple[int, float]:
    """How many papers a folder holds, and the CPU-seconds that this process took for them."""
    began = time.process_time()
    found = content.read(folder, content.Reader(workers))
    return len(found.corpus.papers), time.process_time() - began


@contextmanager
def cluster() -> Iterator[tuple[str, int]]:
    """A scheduler's address and process number; two workers, each a process with one thread."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        told = Path(folder, "scheduler.json")
        here = ["--host", "127.0.0.1", "--scheduler-file", str(told)]
        scheduler = stack.enter_context(dask("scheduler", *here, "--port", "0", "--no-dashboard"))
        for _ in range(2):
            options = ["--nthreads", "1", "--no-dashboard", "--local-directory", folder]
            stack.enter_context(dask("worker", *here, *options))
        yield address(told), scheduler.pid


@contextmanager
def dask(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's, ended when the body is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def address(told: Path) -> str:
    """Where the scheduler listens, as soon as it has two workers."""
    from distributed import Client

    until = time.monotonic() + PATIENCE
    while not told.exists() and time.monotonic() < until:
        time.sleep(0.1)
    with Client(scheduler_file=str(told)) as client:
        client.wait_for_workers(2)
        return str(client.scheduler.address)


def used_by(process: int) -> float:
    """CPU-seconds that another process has taken (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
