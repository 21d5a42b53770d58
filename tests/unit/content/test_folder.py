"""What lies in a folder: the files that are read, and those that are refused, word for word."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from conspectus.content.folder import read_text, stray, walk


def said(root: Path, below: str = "papers") -> list[str]:
    return [str(problem) for problem in walk(root, below).problems]


def put(root: Path, path: str, body: bytes = b"moss") -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(body)
    return root / path


def test_files_come_sorted_by_path_with_their_size_and_without_what_editors_leave(
    tmp_path: Path,
) -> None:
    for name in ("b.md", "a/z.md", "a.md~", ".hidden", "#a.md#", ".#a.md", "x.swp", "Thumbs.db"):
        put(tmp_path, f"papers/{name}")
    found = walk(tmp_path, "papers")
    assert [(file.path, file.size) for file in found.files] == [
        ("papers/a/z.md", 4), ("papers/b.md", 4)
    ]  # fmt: skip
    assert found.problems == ()


def test_where_there_is_no_folder_there_is_no_file(tmp_path: Path) -> None:
    assert walk(tmp_path, "papers").files == ()
    assert said(tmp_path) == []


def test_a_file_where_a_folder_is_expected(tmp_path: Path) -> None:
    put(tmp_path, "papers")
    assert said(tmp_path) == ["papers: error: this is no folder\n    move the file away"]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.md")
    (tmp_path / "papers" / os.fsdecode(b"b\xff.md")).touch()
    put(tmp_path, "papers/c\x1b.md")
    assert said(tmp_path) == [
        "papers/b?.md: error: the name cannot be read as text\n    rename it",
        "papers/c\x1b.md: error: the name cannot be read as text\n    rename it",
    ]
    assert [file.path for file in walk(tmp_path, "papers").files] == ["papers/a.md"]


@pytest.mark.parametrize("target", ["../secret", "nowhere", "round"])
def test_a_link_that_leaves_or_leads_nowhere(tmp_path: Path, target: str) -> None:
    put(tmp_path, "content/papers/a.md")
    put(tmp_path, "content/../secret")
    link = tmp_path / "content" / "papers" / "round"
    link.symlink_to(f"../{target}" if target == "../secret" else target)
    (told,) = said(tmp_path / "content")
    assert told == (
        "papers/round: error: the symbolic link leaves the folder, or leads nowhere\n"
        "    put the file itself here"
    )


def test_a_link_within_the_folder_is_a_file(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.md")
    (tmp_path / "papers" / "b.md").symlink_to("a.md")
    assert [file.path for file in walk(tmp_path, "papers").files] == ["papers/a.md", "papers/b.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("A.md", "a.md"), ("caf\u00e9.md", "cafe\u0301.md"), ("stra\u00dfe.md", "strasse.md")],
)
def test_two_names_that_some_systems_take_for_one(tmp_path: Path, one: str, other: str) -> None:
    put(tmp_path, f"papers/{one}")
    put(tmp_path, f"papers/{other}")
    first, second = sorted((one, other))
    (told,) = said(tmp_path)
    assert told == (
        f'papers/{second}: error: the name differs from "papers/{first}" by case or Unicode form'
        " only\n    rename or delete one of the two: some systems cannot keep both"
    )


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = put(tmp_path, "papers/a.md")
    (file,) = walk(tmp_path, "papers").files
    path.unlink()
    text, (problem,) = read_text(file)
    assert text is None
    assert str(problem) == (
        "papers/a.md: error: unreadable: No such file or directory\n    make the file readable"
    )


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.md", b"moss")
    (file,) = walk(tmp_path, "papers").files
    assert read_text(file, largest=4)[0] == "moss"
    text, (problem,) = read_text(file, largest=3)
    assert text is None
    assert problem.remedy == (
        "keep the abstract and the notes, and put the rest into content/files"
    )


def test_a_file_with_another_ending_is_told_how_to_be_named(tmp_path: Path) -> None:
    put(tmp_path, "papers/a.b.txt")
    (file,) = walk(tmp_path, "papers").files
    assert str(stray(file, ".md")) == (
        "papers/a.b.txt: warning: this file is not read\n    name it papers/a.b.md"
    )
