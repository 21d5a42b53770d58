"""A clock that jumps between two builds: what the curator wrote last is what the site shows."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from conspectus import rebuild
from conspectus.model.builds import BuildOptions
from tests.support.building import FIXTURES, contents, survey

YEARS = 10 * 365 * 86400 * 10**9
"""Nanoseconds."""


@pytest.mark.parametrize("jump", [-YEARS, -(10**9), 10**9, YEARS])
def test_an_edit_shows_whatever_the_clock_says_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    folder = survey(FIXTURES / "survey", tmp_path)
    options = BuildOptions(folder / "content", folder / "_site")
    rebuild.build(options)
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + jump)
    for word in ("moss", "reed"):  # of the same length, so that no size tells them apart
        paper = min((folder / "content" / "papers").rglob("*.md"))
        text = paper.read_text(encoding="utf-8").partition("\n## Notes\n")[0]
        paper.write_text(f"{text}\n## Notes\nOf {word}.\n", encoding="utf-8")
        os.utime(paper, ns=(real() + jump, real() + jump))
        rebuild.build(options)
        permalink = paper.relative_to(folder / "content").with_suffix(".html").as_posix()
        page = contents(folder / "_site")[permalink]
        assert f"Of {word}.".encode() in page
        jump = -jump
