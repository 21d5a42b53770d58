"""Every refusal of a file of working state, word for word: where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conspectus.problems import Problem
from conspectus.store import lines, lock, permalinks

RESTORE_LOCK = (
    "restore it with `git checkout -- content/topics.lock`, or delete it and run `conspectus build`"
)
RESTORE = "restore it with `git checkout -- content/permalinks.txt`"
MERGED = "delete the marker lines, keep the lines of both sides, then run `conspectus build`"
PROGRAM = "this program, which reads format 1"
NEWER = "update conspectus, or delete the file and run `conspectus build`"
LONG = "x" * 60
CASES = {
    "a marker in the lock": (
        lock, "format 1\n<<<<<<< ours\n",
        f"content/topics.lock:2:1: error: an unfinished merge left its marker\n    {MERGED}",
    ),
    "a lock of a later program": (
        lock, "format 2\n",
        f"content/topics.lock:1:1: error: format 2 is newer than {PROGRAM}\n    {NEWER}",
    ),
    "a wrong line in the lock": (
        lock, f"format 1\n\n{LONG}\n",
        f"content/topics.lock:3:1: error: cannot read the line '{LONG}'\n    {RESTORE_LOCK}",
    ),
    "a long line in the lock": (
        lock, f"{LONG}y\n",
        f"content/topics.lock:1:1: error: cannot read the line '{LONG[:57]}…'\n    {RESTORE_LOCK}",
    ),
    "a lock that is no text": (
        lock, b"\xff\xfe\x00",
        f"content/topics.lock: error: is not UTF-8 text\n    {RESTORE_LOCK}",
    ),
    "a marker in the permalinks": (
        permalinks, "gulls\n=======\n",
        f"content/permalinks.txt:2:1: error: an unfinished merge left its marker\n    {MERGED}",
    ),
    "a wrong permalink": (
        permalinks, f"{LONG}!\n",
        f"content/permalinks.txt:1:1: error: cannot read the line '{LONG[:57]}…'\n    {RESTORE}",
    ),
    "permalinks that are no text": (
        permalinks, b"\xff",
        f"content/permalinks.txt: error: is not UTF-8 text\n    {RESTORE}",
    ),
}  # fmt: skip


def problems_in(file: str, body: str | bytes, read: Callable[[Path], tuple[object, object]]) -> str:
    Path("content").mkdir()
    Path("content", file).write_bytes(body.encode() if isinstance(body, str) else body)
    found = read(Path("content"))[1]
    assert isinstance(found, tuple)
    return "\n".join(map(str, found))


@pytest.mark.parametrize(("room", "body", "said"), CASES.values(), ids=CASES.keys())
def test_a_refusal_says_where_what_and_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: object, body: str | bytes, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file = getattr(room, "NAME")  # noqa: B009 - two rooms with one shape
    read = getattr(room, "read")  # noqa: B009
    assert problems_in(file, body, read) == said


@pytest.mark.parametrize("room", [lock, permalinks])
def test_a_link_out_of_the_folder_is_refused_with_the_remedy_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: object
) -> None:
    monkeypatch.chdir(tmp_path)
    name = getattr(room, "NAME")  # noqa: B009
    Path("content").mkdir()
    Path("secret").write_text("gulls\n")
    Path("content", name).symlink_to(tmp_path / "secret")
    (problem,) = getattr(room, "read")(Path("content"))[1]  # noqa: B009
    assert str(problem.location) == f"content/{name}"
    assert problem.message == "this is no file of the folder"
    assert problem.remedy.startswith(f"restore it with `git checkout -- content/{name}`")


@pytest.mark.parametrize("parse", [lock.parse, permalinks.parse])
def test_of_many_wrong_lines_a_hundred_are_told_in_order(
    parse: Callable[[str, str], tuple[object, tuple[Problem, ...]]],
) -> None:
    wrong = "".join(f"!{number:04}\n" for number in range(300))
    found, problems = parse(wrong, "file")
    assert not found
    assert [p.location.line for p in problems] == list(range(1, lines.MOST_PROBLEMS + 1))


def test_lines_are_taken_in_their_order_wherever_they_stand() -> None:
    """So that the first of two that speak of one topic is the same after every merge."""
    one, other = "topic gulls - 1", "topic gulls - 2"
    assert lock.parse(f"{other}\n{one}\n", "") == lock.parse(f"{one}\n{other}\n", "")
    led = "moult -> gulls", "moult -> nests"
    turned = permalinks.parse("\n".join(reversed(led)), "")
    assert turned == permalinks.parse("\n".join(led), "")
