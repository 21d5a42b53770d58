"""Which program wrote the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.store import program


def test_a_program_is_another_where_a_file_of_its_code_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_PACKAGE", tmp_path)
    found = [program.fingerprint()]
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "code.py").write_text("pass")
    found.append(program.fingerprint())
    (tmp_path / "room" / "notes.txt").write_text("no code")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "code.py").write_text("no code of ours")
    assert program.fingerprint() == found[-1]
    (tmp_path / "room" / "code.py").write_text("pass  # more")
    assert len({*found, program.fingerprint()}) == 3
