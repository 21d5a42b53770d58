"""Ctrl-C once, and again while the first is being answered: a word, no traceback, a whole site."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.killing import standing
from tests.support.building import FIXTURES, ROOT, built, conspectus, survey
from tests.support.depth import depth
from tests.support.figures import note

ATTEMPTS = depth(4, 50)
INTERRUPTED_BUILD = """
import os, signal, sys
from conspectus.cli import main
instants = [int(number) for number in sys.argv[1:]]
sys.argv[1:] = ["build", "--jobs", "2"]
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
count, us = 0, os.getpid()
def watch(event, _):
    global count
    if event.startswith("os.") or event in ("open", "ctypes.dlsym", "fcntl.flock"):
        count += 1
        if count in instants and os.getpid() == us:
            signal.raise_signal(signal.SIGINT)
sys.addaudithook(watch)
try:
    main()
finally:
    if not instants:
        print(count)
"""

INTERRUPTED_FINALIZER = """
import signal
from conspectus import cli
class Dropped:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
def command(*_, **__):
    held = Dropped()
    signal.raise_signal(signal.SIGINT)
cli.conspectus.main = command
signal.signal(signal.SIGINT, signal.default_int_handler)
cli.main()
"""


def interrupted(folder: Path, *instants: int) -> subprocess.CompletedProcess[str]:
    """A build that gets Ctrl-C at its n-th calls that touch the disk."""
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED_BUILD, *map(str, instants)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def edit(folder: Path, number: int) -> None:
    """Give the next build something to do."""
    first = min((folder / "content" / "papers").rglob("*.md"))
    text = first.read_text(encoding="utf-8").partition("\n## Notes\n")[0]
    first.write_text(f"{text}\n## Notes\nThe reading of round {number}.\n", encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey that has been built, and that each attempt builds anew."""
    folder = survey(FIXTURES / "survey", tmp_path_factory.mktemp("survey"))
    built(folder)
    return folder


@pytest.fixture(scope="module")
def calls(folder: Path) -> int:
    """How many calls a build makes that nobody interrupts."""
    edit(folder, 0)
    return int(interrupted(folder).stdout.split()[-1])


@pytest.mark.parametrize("attempt", range(1, ATTEMPTS + 1))
def test_a_build_interrupted_twice_says_so_and_leaves_a_whole_site(
    folder: Path, calls: int, attempt: int
) -> None:
    chance = random.Random(attempt)
    first = chance.randint(1, calls)
    edit(folder, attempt)
    before = standing(folder / "_site")
    run = interrupted(folder, first, first + chance.choice([1, 2, 3, 10, 40]))

    assert (run.returncode, run.stderr.strip()) == (130, "interrupted")
    found = standing(folder / "_site")
    assert conspectus("build", cwd=folder).returncode == 0
    assert found in (before, standing(folder / "_site"))
    left = sorted(path.name for path in folder.iterdir())
    assert left == [".conspectus", "_site", "content"]
    note("builds interrupted twice", interrupts=1)


def test_a_second_interrupt_that_falls_into_a_finalizer_is_not_printed() -> None:
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_FINALIZER],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )

    assert (run.returncode, run.stderr.strip()) == (130, "interrupted")
