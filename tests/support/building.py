"""A survey folder in; a built site out, by the command that people use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

CONTENT = ROOT / "content"
"""The survey that this repository publishes."""

FIXTURES = ROOT / "tests" / "fixtures"

SHARED = ROOT.parent / "shared"
"""Material that may lie beside the checkout."""


def conspectus(
    *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, started in `cwd`."""
    return subprocess.run(
        [sys.executable, "-m", "conspectus", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def survey(content: Path, folder: Path) -> Path:
    """A survey folder with a copy of this content, since a build writes its lock there."""
    shutil.copytree(content, folder / "content")
    return folder


def built(folder: Path, environment: Mapping[str, str] | None = None) -> Path:
    """The site of a survey folder; fails where the build does."""
    run = conspectus("build", cwd=folder, environment=environment)
    assert run.returncode == 0, run.stderr
    return folder / "_site"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths whose bytes differ, or that one of the two lacks."""
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))
