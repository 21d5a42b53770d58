"""What a published site holds: path, size and hash of each file, as the mark of ownership lists it.

The mark is text, sorted, and the same for the same site:

    conspectus-site 1 0.1.0
    <32 hex digits of BLAKE2b> <bytes> <path>
    end <number of files>

A mark without its last line belongs to a site that was never finished.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = "conspectus-site 1"
_ENTRY = re.compile(r"([0-9a-f]{32}) (\d+) (.+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file's content."""

    size: int
    """Bytes."""
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file of a site but the mark itself."""

    program: str = ""
    """The version that published it."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By path from the site's root."""


def digest(body: bytes) -> str:
    """The hash by which two contents are told apart; 128 bits, so that none is made to collide."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def header(program: str) -> str:
    """The mark's first line: alone, it marks a folder as ours and unfinished."""
    return f"{_HEADER} {program}\n"


def dump(manifest: Manifest) -> bytes:
    """The mark of a finished site."""
    lines = [
        f"{entry.digest} {entry.size} {path}\n" for path, entry in sorted(manifest.entries.items())
    ]
    return "".join([header(manifest.program), *lines, f"end {len(lines)}\n"]).encode()


def parse(body: bytes) -> Manifest | None:
    """The manifest that a finished mark holds; None where it is unfinished or damaged."""
    try:
        first, *lines, last, rest = body.decode().split("\n")
    except ValueError:  # not UTF-8, or fewer than two lines
        return None
    if not first.startswith(f"{_HEADER} ") or last != f"end {len(lines)}" or rest:
        return None
    found = [_ENTRY.fullmatch(line) for line in lines]
    entries = {line[3]: Entry(int(line[2]), line[1]) for line in found if line}
    if len(entries) != len(lines):
        return None
    return Manifest(first.removeprefix(f"{_HEADER} "), entries)
