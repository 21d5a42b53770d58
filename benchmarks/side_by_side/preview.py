"""A survey folder in; the milliseconds from saving an abstract to its page being served out."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from side_by_side.papers import ROOT

EVERY = 0.005
LONGEST = 300.0
"""Seconds after which an edit that does not arrive is a failure."""


def edit_to_served(survey: Path, papers: Sequence[str]) -> float:
    """The median over these papers; each file is as it was afterwards."""
    with subprocess.Popen(
        [sys.executable, "build.py", "serve", "--port", "0", "--content", survey / "content"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout
            address = next(
                found[0] for line in server.stdout if (found := re.search(r"http://\S+?/", line))
            )
            return statistics.median(_once(survey, paper, address) for paper in papers)
        finally:
            server.terminate()


def _once(survey: Path, paper: str, address: str) -> float:
    file = survey / f"content/papers/{paper}.md"
    page = f"{address}papers/{paper}.html"
    before = file.read_bytes()
    try:
        _wait(page, b"</html>")
        start = time.perf_counter()
        file.write_bytes(before.rstrip() + b" Edited for the benchmark.\n")
        _wait(page, b"Edited for the benchmark.")
        return (time.perf_counter() - start) * 1000
    finally:
        file.write_bytes(before)


def _wait(page: str, text: bytes) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with urllib.request.urlopen(page) as answer:
            if text in answer.read():
                return
        time.sleep(EVERY)
    raise TimeoutError(f"{page} was not served within {LONGEST} s")
