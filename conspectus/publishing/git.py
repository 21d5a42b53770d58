"""One git repository: questions and orders in; what git says out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from conspectus.problems import Location, ProblemsError, error


class RefusedError(Exception):
    """Git ended with an error; the message is the line that says why."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository by a folder inside it."""

    folder: Path

    def run(self, *arguments: str, fed: Iterable[bytes] = ()) -> str:
        """What a git command prints, without the last line break; `fed` is its input.

        Raises `RefusedError` where it fails, `ProblemsError` where there is no git.
        """
        process = self._started(arguments)
        said, complaint = _conversed(process, fed)
        if process.returncode:
            raise RefusedError(_reason(complaint))
        return said.decode("utf-8", "replace").rstrip("\n")

    def asks(self, *arguments: str) -> str | None:
        """What a git command prints, or None where the answer is no."""
        try:
            return self.run(*arguments)
        except RefusedError:
            return None

    def _started(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                ["git", "-C", str(self.folder), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except FileNotFoundError:
            remedy = "install git, or copy the folder yourself (docs/hosting.md)"
            raise ProblemsError([error(Location("git"), "is not installed", remedy)]) from None


def _conversed(process: subprocess.Popen[bytes], fed: Iterable[bytes]) -> tuple[bytes, bytes]:
    """Both of a process's outputs; these are short, so that nobody waits while it is fed."""
    assert process.stdin is not None
    try:
        for piece in fed:
            process.stdin.write(piece)
    except BrokenPipeError:  # it says why itself
        pass
    except BaseException:
        process.kill()
        process.communicate()
        raise
    return process.communicate()


def _reason(complaint: bytes) -> str:
    """The line of git's complaint that says what is wrong."""
    lines = [line.strip() for line in complaint.decode("utf-8", "replace").splitlines()]
    said = [line for line in lines if line and not line.startswith("hint:")]
    for mark in ("remote: ", "fatal: ", "error: "):
        for line in said:
            if line.startswith(mark):
                return line.removeprefix(mark).removeprefix("error: ")
    return said[-1] if said else "it gives no reason"
