"""Files that are replaced in one step."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from conspectus.store import lines


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_can_be_read_by_all_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "content" / "a.txt"
    assert lines.write_text(path, "é\n")
    assert (path.read_bytes(), mode(path)) == ("é\n".encode(), 0o644)


@pytest.mark.parametrize("given", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_permissions(tmp_path: Path, given: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(given)
    assert lines.write_text(path, "new")
    assert (path.read_text(), mode(path)) == ("new", given)


def test_a_write_that_fails_leaves_the_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def refused(*_: object) -> Path:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, match="no"):
        lines.write_text(path, "new")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.txt", "old")]


def test_comments_and_blank_lines_say_nothing_and_are_counted() -> None:
    assert list(lines.numbered("# head\n\n a \n#\nb")) == [(3, "a"), (5, "b")]


@pytest.mark.parametrize("line", ["<<<<<<< ours", "=======", ">>>>>>> theirs", "||||||| base"])
def test_what_git_leaves_is_a_marker(line: str) -> None:
    assert lines.is_marker(line)


@pytest.mark.parametrize("line", ["<<<<<< six", "========", "a =======", "<<<<<<<x"])
def test_what_only_looks_like_it_is_none(line: str) -> None:
    assert not lines.is_marker(line)
