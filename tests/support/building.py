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


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """For each file whose bytes differ, its path, the first place, and what stands there."""
    return [_difference(path, one.get(path), other.get(path)) for path in differing(one, other)]


def _difference(path: str, one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return f"{path} is there once only"
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    near = slice(max(at - 20, 0), at + 40)
    line = one.count(b"\n", 0, at) + 1
    return f"{path}, line {line}, byte {at}: {one[near]!r}, {other[near]!r}"


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths whose bytes differ, or that one of the two lacks."""
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))
