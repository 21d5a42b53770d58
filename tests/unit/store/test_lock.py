from __future__ import annotations

from pathlib import Path

from conspectus.model.topics import NO_CELL, Lock, LockedPaper, LockedTopic
from conspectus.store import lock as locks

LOCK = Lock(
    (LockedTopic("gulls", "", 1), LockedTopic("gulls-nests", "gulls", 0)),
    (
        LockedPaper("2025/nest-boxes", "gulls-nests", "0123456789abcdef", (4, 7), (2, 9)),
        LockedPaper("moult", "gulls", "fedcba9876543210", NO_CELL, NO_CELL),
    ),
    refreshed_at=2,
)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    locks.write(tmp_path, LOCK)
    assert locks.read(tmp_path) == (LOCK, ())


def test_a_count_that_was_asked_for_reads_back(tmp_path: Path) -> None:
    asked = Lock(LOCK.topics, LOCK.papers, 2, asked_count=7)
    locks.write(tmp_path, asked)
    assert locks.read(tmp_path) == (asked, ())


def test_names_read_back(tmp_path: Path) -> None:
    gulls = LockedTopic("gulls", "", 1, ("gull colony", "nid d été", "巣箱"))
    named = Lock((gulls, LOCK.topics[1]), LOCK.papers, 2)
    locks.write(tmp_path, named)
    assert locks.read(tmp_path) == (named, ())
    assert "named gulls gull colony, nid d été, 巣箱\n" in locks.to_text(named)


def test_of_two_branches_names_for_a_topic_the_first_counts(tmp_path: Path) -> None:
    lines = locks.to_text(LOCK) + "named gulls nest box\nnamed gulls gull colony\n"
    (tmp_path / locks.NAME).write_text(lines)
    found, problems = locks.read(tmp_path)
    assert problems == ()
    assert found is not None
    assert found.topics[0].name == ("gull colony",)


def test_no_file_is_no_lock(tmp_path: Path) -> None:
    assert locks.read(tmp_path) == (None, ())


def test_the_same_lock_is_not_written_again(tmp_path: Path) -> None:
    assert locks.write(tmp_path, LOCK)
    assert not locks.write(tmp_path, LOCK)


def test_writing_leaves_nothing_else_behind(tmp_path: Path) -> None:
    locks.write(tmp_path, LOCK)
    assert [path.name for path in tmp_path.iterdir()] == [locks.NAME]


def test_the_union_of_two_branches_reads(tmp_path: Path) -> None:
    other = Lock(LOCK.topics, (LockedPaper("rings", "gulls", "a" * 16, (1, 1), (1, 1)),), 3)
    mixed = locks.to_text(LOCK) + locks.to_text(other)
    (tmp_path / locks.NAME).write_text(mixed)
    found, problems = locks.read(tmp_path)
    assert problems == ()
    assert found == Lock(LOCK.topics, (*LOCK.papers, *other.papers), 3)


def test_the_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    turned = "\n".join(reversed(locks.to_text(LOCK).splitlines()))
    (tmp_path / locks.NAME).write_text(turned)
    assert locks.read(tmp_path) == (LOCK, ())


def test_dos_line_ends_are_read(tmp_path: Path) -> None:
    (tmp_path / locks.NAME).write_bytes(locks.to_text(LOCK).replace("\n", "\r\n").encode())
    assert locks.read(tmp_path) == (LOCK, ())


def test_a_conflict_marker_is_located_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / locks.NAME).write_text("format 1\n<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    found, problems = locks.read(tmp_path)
    assert found is None
    assert [problem.location.line for problem in problems] == [2, 3, 4]
    assert all("conspectus build" in problem.remedy for problem in problems)


def test_every_corrupt_line_is_located(tmp_path: Path) -> None:
    lines = locks.to_text(LOCK).splitlines()
    (tmp_path / locks.NAME).write_text("\n".join([*lines, "paper moult", "topic X - 1", "\0"]))
    found, problems = locks.read(tmp_path)
    assert found is None
    start = len(lines)
    assert [problem.location.line for problem in problems] == [start + 1, start + 2, start + 3]


def test_bytes_that_are_no_text_are_one_problem(tmp_path: Path) -> None:
    (tmp_path / locks.NAME).write_bytes(b"\xff\xfe\x00")
    found, problems = locks.read(tmp_path)
    assert found is None
    assert len(problems) == 1


def test_a_newer_format_says_to_update(tmp_path: Path) -> None:
    (tmp_path / locks.NAME).write_text("format 2\n")
    _, problems = locks.read(tmp_path)
    assert "update" in problems[0].remedy
