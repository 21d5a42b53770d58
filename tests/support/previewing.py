"""`conspectus serve` as a process of its own: a survey folder in; a preview to talk to out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.building import ROOT


@dataclass(frozen=True)
class Preview:
    """A preview at work."""

    process: subprocess.Popen[str]
    url: str
    survey: Path

    @property
    def site(self) -> Path:
        """Where its site lies on disk."""
        return self.survey / ".conspectus" / "preview"

    def state(self) -> tuple[str, list[object]]:
        """The site's version, and the problems that a page would be told to show now."""
        with urllib.request.urlopen(f"{self.url}.conspectus/events", timeout=60) as stream:
            message = next(line for line in stream if line.startswith(b"data: "))
        found = json.loads(message.removeprefix(b"data: "))
        return str(found["version"]), list(found["problems"])

    def problems(self) -> list[object]:
        """What the page would be told to show now."""
        return self.state()[1]

    def read(self, url: str) -> str:
        """What stands at an address."""
        with urllib.request.urlopen(url, timeout=60) as answer:
            return str(answer.read().decode())

    def bytes_at(self, permalink: str) -> bytes:
        """What it serves for a file of the site, to the last byte."""
        with urllib.request.urlopen(f"{self.url}{quote(permalink)}", timeout=60) as answer:
            found: bytes = answer.read()
        return found

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Its exit code, and what it said on stderr."""
        self.process.send_signal(how)
        _, err = self.process.communicate(timeout=20)
        return self.process.returncode, err


@contextmanager
def previewed(survey: Path) -> Iterator[Preview]:
    """A preview of a survey folder, which ends with the body."""
    process = subprocess.Popen(
        [sys.executable, "-m", "conspectus", "serve", "--port", "0"],
        cwd=survey,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Preview(process, _address(process), survey)
    finally:
        process.kill()
        process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("Serving http://127.0.0.1:"):
        process.kill()
        raise AssertionError(f"{line}{process.communicate()[1]}")
    return line.removeprefix("Serving ").strip()
