"""Whether anybody has touched the files of some folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conspectus.store import inventory


def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("conspectus.model.stamps.FINE", -1)
    monkeypatch.setattr("conspectus.model.stamps.COARSE", -1)
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "a.md").write_text("moss")
    return folder


def test_an_inventory_of_what_nobody_touched_is_the_same_and_proves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settled(tmp_path / "content", monkeypatch)
    assert inventory.taken([folder]) == inventory.taken([folder])
    assert inventory.taken([folder]).is_proof


def test_a_file_that_came_changed_or_went_changes_the_inventory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settled(tmp_path / "content", monkeypatch)
    found = [inventory.taken([folder]).digest]
    (folder / "papers" / "b.md").write_text("reed")
    found.append(inventory.taken([folder]).digest)
    (folder / "papers" / "b.md").write_text("reeds")
    found.append(inventory.taken([folder]).digest)
    (folder / "papers" / "a.md").unlink()
    found.append(inventory.taken([folder]).digest)
    assert len(set(found)) == 4


def test_a_file_that_is_left_out_and_a_folder_that_is_not_there_say_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settled(tmp_path / "content", monkeypatch)
    (folder / "topics.lock").write_text("one")
    left_out = [folder / "topics.lock"]
    before = inventory.taken([folder, tmp_path / "static"], left_out)
    (folder / "topics.lock").write_text("another")
    assert inventory.taken([folder, tmp_path / "static"], left_out) == before
    assert inventory.taken([folder], left_out).digest != before.digest


def test_a_file_just_written_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("moss")
    assert not inventory.taken([tmp_path]).is_proof


def test_links_are_taken_for_what_they_lead_to_and_never_walked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settled(tmp_path / "content", monkeypatch)
    (tmp_path / "film").write_text("one")
    (folder / "film").symlink_to(tmp_path / "film")
    (folder / "round").symlink_to(folder)
    (folder / "nowhere").symlink_to(tmp_path / "gone")
    before = inventory.taken([folder]).digest
    (tmp_path / "film").write_text("another")
    assert inventory.taken([folder]).digest != before


def test_a_name_that_is_no_text_is_taken_too(tmp_path: Path) -> None:
    before = inventory.taken([tmp_path]).digest
    (tmp_path / os.fsdecode(b"b\xff.md")).touch()
    assert inventory.taken([tmp_path]).digest != before
