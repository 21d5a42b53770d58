"""SIGKILL at random instants of whole builds, cold and repeated."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.building import CONTENT, FIXTURES, ROOT, survey
from tests.support.depth import IS_FULL, depth
from tests.support.figures import note

THOUSAND = 1000


def small(folder: Path) -> Path:
    return survey(FIXTURES / "survey", folder)


def seed(folder: Path) -> Path:
    return survey(CONTENT, folder)


def thousand(folder: Path) -> Path:
    """The seed's papers again and again, each time with its sentences in another order."""
    made = survey(CONTENT, folder) / "content" / "papers"
    sources = sorted(made.rglob("*.md"))
    for number in range(len(sources), THOUSAND):
        head, body = sources[number % len(sources)].read_text(encoding="utf-8").split("\n---\n", 1)
        turn = number // len(sources)
        sentences = body.split(". ")
        turned = ". ".join([*sentences[turn:], *sentences[:turn]])
        dropped = ("title", "citekey", "aliases", "---")
        lines = [line for line in head.split("\n") if not line.startswith(dropped)]
        text = "\n".join(["---", f"title: Paper number {number}", *lines])
        (made / f"made-{number}.md").write_text(f"{text}\n---\n{turned}", encoding="utf-8")
    return folder


SURVEYS: Mapping[str, Callable[[Path], Path]] = (
    {"seed": seed, "thousand": thousand} if IS_FULL else {"small": small}
)


@pytest.mark.parametrize("way", ["cold", "repeated"])
@pytest.mark.parametrize("name", SURVEYS)
def test_a_build_killed_at_any_instant_leaves_a_whole_site_and_the_next_one_works(
    tmp_path: Path, name: str, way: str
) -> None:
    folder = SURVEYS[name](tmp_path)
    command = [sys.executable, "-m", "tests.faults.killing", str(folder), way]
    run = subprocess.run(
        [*command, str(depth(5, 50)), "7"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stderr[-3000:]
    note("builds killed", **json.loads(run.stdout))
