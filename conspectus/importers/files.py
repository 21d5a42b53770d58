"""Texts in; files on disk out, each whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path


def create(path: Path, text: str) -> None:
    """Write a new file; raises FileExistsError where there is one, which stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = _stage(path, text)
    try:
        os.link(staged, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: the exclusive mode still never overwrites.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    finally:
        staged.unlink()


def replace(path: Path, text: str) -> None:
    """Exchange a file's content in one step."""
    staged = _stage(path, text)
    staged.chmod(path.stat().st_mode)
    staged.replace(path)


def _stage(path: Path, text: str) -> Path:
    staged = path.with_name(f".{path.name[:100]}.{os.getpid()}.tmp")
    with staged.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return staged
