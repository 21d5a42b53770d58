"""Git repositories of a test's own: nothing of this machine's settings reaches them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Ada Example",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Example",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def git(folder: Path, *arguments: str) -> str:
    """What git prints; fails where git does."""
    run = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().strip()


def bare(folder: Path) -> Path:
    """An empty repository to push to."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main")
    return folder


def repository(folder: Path, origin: Path) -> Path:
    """A repository with everything that stands in the folder committed and pushed to `origin`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(origin))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    git(folder, "push", "--quiet", "origin", "main")
    return folder


def tree(repository: Path, branch: str) -> dict[str, bytes]:
    """Every file of a branch, by its path."""
    names = git(repository, "ls-tree", "-r", "--name-only", "-z", branch).split("\0")
    return {name: _blob(repository, branch, name) for name in names if name}


def _blob(repository: Path, branch: str, name: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(repository), "cat-file", "blob", f"{branch}:{name}"],
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        check=True,
    ).stdout
