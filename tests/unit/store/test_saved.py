"""The lock and the permalinks together."""

from __future__ import annotations

from pathlib import Path

from conspectus import store
from conspectus.model.topics import Lock, Permalink


def test_both_are_written_and_read_together_and_told_apart_by_their_hash(tmp_path: Path) -> None:
    nothing = store.digest(tmp_path)
    store.write(tmp_path, Lock(), (Permalink("gulls", "gulls"),))
    assert store.read(tmp_path) == store.Saved(Lock(), (Permalink("gulls", "gulls"),))
    written = store.digest(tmp_path)
    lock, permalinks = store.paths(tmp_path)
    permalinks.write_bytes(permalinks.read_bytes() + b"\n")
    changed = store.digest(tmp_path)
    lock.unlink()
    assert len({nothing, written, changed, store.digest(tmp_path)}) == 4


def test_what_moves_from_one_to_the_other_changes_their_hash(tmp_path: Path) -> None:
    lock, permalinks = store.paths(tmp_path)
    lock.write_bytes(b"ab")
    permalinks.write_bytes(b"c")
    before = store.digest(tmp_path)
    lock.write_bytes(b"a")
    permalinks.write_bytes(b"bc")
    assert store.digest(tmp_path) != before
