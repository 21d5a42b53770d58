"""Killed at any moment, and run again: nobody gets a letter twice, and nobody is forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.building import ROOT
from tests.unit.digest import driver
from tests.unit.digest.postoffice import Event, Office

NEVER = 10_000
ADDRESSES = [reader.address for reader in driver.READERS]


def start(office: Office, path: Path, moment: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.unit.digest.driver",
            str(office.port),
            str(path),
            str(moment),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def nobody_twice_nobody_forgotten(office: Office, path: Path) -> None:
    """After a second run everybody has it once, or is named as one who may have it."""
    uncertain = driver.run(office.port, path)
    taken = office.taken()
    assert len(taken) == len(set(taken))
    assert set(ADDRESSES) - set(taken) <= set(uncertain)
    assert driver.run(office.port, path) == uncertain
    assert office.taken() == taken


@pytest.mark.parametrize("moment", range(1, 11))
def test_killed_whenever_the_disk_is_written(office: Office, tmp_path: Path, moment: int) -> None:
    path = tmp_path / "2025-03-17.sent"
    assert start(office, path, moment).wait(60) == -signal.SIGKILL
    nobody_twice_nobody_forgotten(office, path)


@pytest.mark.parametrize("step", ["rcpt", "data", "end", "taken"])
def test_killed_while_the_server_thinks(office: Office, tmp_path: Path, step: str) -> None:
    path = tmp_path / "2025-03-17.sent"
    process = start(office, path, NEVER)

    def kill(event: Event) -> None:
        if event == (step, ADDRESSES[2]):
            process.kill()
            process.wait(60)

    office.on_event = kill
    assert process.wait(60) == -signal.SIGKILL
    nobody_twice_nobody_forgotten(office, path)
