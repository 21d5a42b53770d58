"""The file of readers: one a line, each fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.digest import recipients


def read(tmp_path: Path, text: str | bytes) -> tuple[list[str], list[str]]:
    path = tmp_path / "readers.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found, problems = recipients.read(path)
    said = [
        f"{problem.location.line}: {problem.severity}: {problem.message}" for problem in problems
    ]
    return [str(each.mailbox) for each in found], said


def test_names_comments_and_empty_lines_are_read(tmp_path: Path) -> None:
    text = "\ufeff# Our readers\n\nmo@example.org\r\n  Ada L <ada@example.org>  \n  # gone@x.org\n"
    assert read(tmp_path, text) == (["mo@example.org", "Ada L <ada@example.org>"], [])


def test_every_bad_line_is_told_with_its_number(tmp_path: Path) -> None:
    assert read(tmp_path, "mo@example.org\nnobody\n@\nbo@example.org, cy@example.org\n") == (
        ["mo@example.org"],
        [
            '2: error: "nobody" is no e-mail address',
            '3: error: "@" is no e-mail address',
            '4: error: "bo@example.org, cy@example.org" is no e-mail address',
        ],
    )


def test_whoever_stands_twice_is_written_to_once(tmp_path: Path) -> None:
    assert read(tmp_path, "mo@example.org\nMo <MO@example.org>\n") == (
        ["mo@example.org"],
        ["2: warning: MO@example.org stands twice, first on line 1"],
    )


@pytest.mark.parametrize(
    "line", ["mo@example.org\rBcc: x@example.org", "mo@example.org\x0bx", "m\u202eo@example.org"]
)
def test_no_line_smuggles_another(tmp_path: Path, line: str) -> None:
    found, problems = read(tmp_path, line)
    assert problems
    assert all("Bcc" not in each for each in found)


@pytest.mark.parametrize(
    ("content", "expected"), [(b"\xff\xfe", "is not UTF-8"), (b"\0", "NUL character")]
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, expected: str) -> None:
    [said] = read(tmp_path, content)[1]
    assert expected in said


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    found, [problem] = recipients.read(tmp_path / "none.txt")
    assert (found, problem.message) == ((), "there is no such file")
