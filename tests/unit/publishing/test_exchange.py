"""One folder for another: in one rename, in two, and after a death in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from conspectus.model.site import Output
from conspectus.publishing import exchange, publish, recover
from conspectus.publishing.exchange import exchange_in_one, exchange_in_two, finish_interrupted
from conspectus.publishing.place import Place, place

OLD, NEW = b"old", b"new"


def names(folder: Path) -> list[str]:
    """What stands in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def a_site(folder: Path, body: bytes) -> None:
    publish([Output("index.html", body)], [], folder, program="1")


def prepared(tmp_path: Path) -> Place:
    """An old site in its place, and a finished new one beside it."""
    where = place(tmp_path / "_site")
    a_site(where.output, OLD)
    a_site(tmp_path / "new", NEW)
    (tmp_path / "new").rename(where.staging)
    return where


def shown(where: Place) -> bytes:
    return (where.output / "index.html").read_bytes()


def test_two_folders_swap_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    if exchange_in_one(where.staging, where.output):
        assert (shown(where), (where.staging / "index.html").read_bytes()) == (NEW, OLD)


def test_two_renames_do_the_same_and_leave_nothing(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    exchange_in_two(where)
    assert (shown(where), names(tmp_path)) == (NEW, ["_site"])


def test_publishing_works_where_the_system_cannot_swap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "exchange_in_one", lambda *_: False)
    a_site(tmp_path / "_site", OLD)
    a_site(tmp_path / "_site", NEW)
    assert (shown(place(tmp_path / "_site")), names(tmp_path)) == (NEW, ["_site"])


def test_publishing_works_where_links_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    kept = Output("kept", b"kept")
    for body in (OLD, NEW):
        publish([kept, Output("index.html", body)], [], tmp_path / "_site", program="1")
    again = publish([kept, Output("index.html", NEW)], [], tmp_path / "_site", program="1")
    assert ((tmp_path / "_site/kept").read_bytes(), again.unchanged) == (b"kept", 2)


def test_a_death_before_the_first_rename_keeps_the_old_site(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    where.journal.touch()
    finish_interrupted(where)
    assert (shown(where), names(tmp_path)) == (OLD, ["_site"])


def test_a_death_between_the_renames_is_completed_to_the_new_site(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    where.journal.touch()
    where.output.rename(where.retired)
    recover(where.output)
    assert (shown(where), names(tmp_path)) == (NEW, ["_site"])


def test_a_death_after_both_renames_keeps_the_new_site(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    where.journal.touch()
    where.output.rename(where.retired)
    where.staging.rename(where.output)
    recover(where.output)
    assert (shown(where), names(tmp_path)) == (NEW, ["_site"])


def test_the_old_site_returns_where_the_new_one_is_not_whole(tmp_path: Path) -> None:
    where = prepared(tmp_path)
    where.journal.touch()
    where.output.rename(where.retired)
    (where.staging / ".conspectus-site").write_text("conspectus-site 1 1\n")
    recover(where.output)
    assert (shown(where), names(tmp_path)) == (OLD, ["_site"])


def test_an_interrupt_between_the_renames_is_completed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        moved = rename(self, target)
        if target.name.endswith("retired"):
            raise KeyboardInterrupt
        return moved

    a_site(tmp_path / "_site", OLD)
    monkeypatch.setattr(exchange, "exchange_in_one", lambda *_: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        a_site(tmp_path / "_site", NEW)
    assert (shown(place(tmp_path / "_site")), names(tmp_path)) == (NEW, ["_site"])


def test_recovering_where_nothing_happened_does_nothing(tmp_path: Path) -> None:
    recover(tmp_path / "missing" / "_site")
    assert names(tmp_path) == []


def test_a_staging_folder_of_a_dead_build_is_cleared(tmp_path: Path) -> None:
    where = place(tmp_path / "_site")
    where.staging.mkdir()
    (where.staging / ".conspectus-site").write_text("conspectus-site 1 1\n")
    (where.staging / "papers").mkdir()
    (where.staging / "papers/half.html").write_text("half")
    a_site(where.output, NEW)
    assert names(tmp_path) == ["_site"]


class Library:
    """A system's library that answers a swap with a number of an error."""

    def __init__(self, name: str, number: int) -> None:
        self.asked: list[tuple[object, ...]] = []
        setattr(self, name, self._swap)
        self._number = number

    def _swap(self, *arguments: object) -> int:
        self.asked.append(arguments)
        exchange.ctypes.set_errno(self._number)
        return -1 if self._number else 0


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM])
def test_a_disk_that_cannot_swap_is_known_by_its_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library("renameat2", number))
    where = prepared(tmp_path)
    assert not exchange_in_one(where.staging, where.output)
    assert shown(where) == OLD


def test_another_refusal_of_a_swap_is_raised_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library("renameat2", errno.EIO))
    with pytest.raises(OSError, match=rf"\[Errno {errno.EIO}\] .*: '{tmp_path}/b'"):
        exchange_in_one(tmp_path / "a", tmp_path / "b")


def test_macos_swaps_by_its_own_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library("renamex_np", 0)
    monkeypatch.setattr(exchange.sys, "platform", "darwin")
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: library)
    assert exchange_in_one(tmp_path / "a", tmp_path / "b")
    assert library.asked == [(os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b"), 2)]


def test_a_system_without_either_call_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: Library("rename", 0))
    assert not exchange_in_one(tmp_path / "a", tmp_path / "b")


def test_where_no_folder_is_whole_none_takes_the_place(tmp_path: Path) -> None:
    where = place(tmp_path / "_site")
    where.journal.write_text("")
    where.staging.mkdir()
    finish_interrupted(where)
    assert names(tmp_path) == []


def test_where_the_new_site_cannot_be_moved_the_old_one_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = prepared(tmp_path)
    where.output.rename(where.retired)
    where.journal.write_text("")
    rename = Path.rename

    def refused(folder: Path, target: Path) -> Path:
        if folder == where.staging:
            raise PermissionError
        return rename(folder, target)

    monkeypatch.setattr(Path, "rename", refused)
    finish_interrupted(where)
    assert (shown(where), names(tmp_path)) == (OLD, ["_site"])


def test_where_neither_can_be_moved_the_refusal_is_raised_and_both_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = prepared(tmp_path)
    where.output.rename(where.retired)
    where.journal.write_text("")

    def refused(*_: object) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):
        finish_interrupted(where)
    assert names(tmp_path) == sorted(p.name for p in (where.staging, where.retired, where.journal))
