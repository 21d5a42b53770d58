"""A command in; its wall time, CPU time and peak memory out, with all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1
"""Seconds from one look at the memory to the next."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    wall: float
    cpu: float
    """Seconds of all its processes, user and system."""
    memory: int
    """The most bytes that its processes held together; shared ones counted once."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def cheapest(costs: Sequence[Cost]) -> Cost:
    """The run that took the least CPU time: what other programs did to the machine is noise."""
    return min(costs, key=lambda cost: cost.cpu)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end. Raises CalledProcessError with its output where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    watch = _Watch(process.pid)
    watch.start()
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Cost(wall, usage.ru_utime + usage.ru_stime, watch.most)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until told to stop."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._process = process
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(EVERY):
            self.most = max(self.most, sum(map(_memory, _family(self._process))))

    def stop(self) -> None:
        self._is_over.set()
        self.join()


def _family(process: int) -> list[int]:
    """The process and its descendants that are alive."""
    found = [process]
    for parent in found:
        try:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(map(int, children.read_text().split()))
        except OSError:  # it has ended meanwhile
            continue
    return found


def _memory(process: int) -> int:
    """Its proportional set size in bytes, or 0 where it has gone or the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
