"""Digests as files that a curator reads and adds a note to."""

from __future__ import annotations

import datetime
from pathlib import Path

from conspectus.model.digests import Digest
from conspectus.prose import read as prose
from conspectus.store import digests


def test_a_digest_is_written_with_its_note_for_a_curator_to_read(tmp_path: Path) -> None:
    note = "Moss " * 20 + "and é"
    day = datetime.date(2025, 3, 17)
    digest = Digest(day, ("a", "b"), datetime.date(2025, 3, 10), prose(note)[0])
    path = digests.write(tmp_path, digest)
    assert path == tmp_path / "digests" / "2025-03-17.yaml"
    assert path.read_text(encoding="utf-8") == (
        "# Written by `conspectus digest`: what was announced. "
        "A note, in Markdown, is yours to add.\n"
        "since: 2025-03-10\n"
        f"note: {'Moss ' * 17}Moss\n  Moss Moss and é\n"
        "papers:\n  - a\n  - b\n"
    )


def test_a_digest_of_nothing_says_so(tmp_path: Path) -> None:
    path = digests.write(tmp_path, Digest(datetime.date(2025, 3, 17), ()))
    assert path.read_text(encoding="utf-8").endswith("add.\npapers: []\n")
