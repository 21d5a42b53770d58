"""Digests on disk: one sorted file a day, which the curator may add a note to."""

from __future__ import annotations

from pathlib import Path

import yaml

from conspectus.content.digests import FOLDER
from conspectus.model.digests import Digest
from conspectus.store import lines

_HEAD = (
    "# Written by `conspectus digest`: what was announced. A note, in Markdown, is yours to add.\n"
)


def path_of(folder: Path, digest: Digest) -> Path:
    """Where a digest lies in a content folder."""
    return folder / FOLDER / f"{digest.date}.yaml"


def write(folder: Path, digest: Digest) -> Path:
    """Write it in one step, and only where it has changed; a note that is there stays."""
    parts = [_HEAD]
    if digest.since:
        parts.append(f"since: {digest.since}\n")
    if digest.note.source:
        parts.append(yaml.safe_dump({"note": digest.note.source}, allow_unicode=True, width=90))
    names = "".join(f"  - {paper}\n" for paper in digest.papers)
    parts.append(f"papers:\n{names}" if names else "papers: []\n")
    path = path_of(folder, digest)
    lines.write_text(path, "".join(parts))
    return path
