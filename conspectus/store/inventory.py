"""Folders in; one hash of every file's name, size and times out: what nobody touched is the same.

A file whose time is too near to the clock may be written again within the same tick, so an
inventory with one in it proves nothing.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conspectus.model.stamps import is_settled, stamp


@dataclass(frozen=True, slots=True)
class Inventory:
    """What lay on disk at one time."""

    digest: str
    is_proof: bool
    """Whether every file was old enough that the same digest means the same content."""


def taken(folders: Iterable[Path], without: Iterable[Path] = ()) -> Inventory:
    """The inventory of everything below some folders, but for some files."""
    now = time.time_ns()
    left_out = {os.fspath(path) for path in without}
    found, is_proof = hashlib.blake2b(digest_size=16), True
    for folder in folders:
        found.update(f"{folder}\n".encode())
        for path, stat in sorted(_files(os.fspath(folder)), key=lambda entry: entry[0]):
            if path not in left_out:
                found.update(f"{path}\0{stamp(stat)}\n".encode("utf-8", "surrogateescape"))
                is_proof = is_proof and is_settled(stat, now)
    return Inventory(found.hexdigest(), is_proof)


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below but folders, links followed for what they lead to."""
    if not os.path.isdir(folder):  # noqa: PTH112 - strings all the way: ten thousand files
        return
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    try:
                        yield entry.path, entry.stat()
                    except OSError:
                        yield entry.path, entry.stat(follow_symlinks=False)
