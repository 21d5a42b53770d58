from __future__ import annotations

from pathlib import Path

from conspectus.model.topics import Permalink
from conspectus.store import permalinks as slugs

LINES = (
    Permalink("games", ""),
    Permalink("gulls", "gulls"),
    Permalink("moult", "gulls"),
    Permalink("robots", "grasping", ("walking",)),
)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    slugs.write(tmp_path, LINES)
    assert slugs.read(tmp_path) == (LINES, ())


def test_no_file_is_no_permalinks(tmp_path: Path) -> None:
    assert slugs.read(tmp_path) == ((), ())


def test_in_a_union_a_lead_counts_before_a_living_slug(tmp_path: Path) -> None:
    (tmp_path / slugs.NAME).write_text("gulls\nmoult\nmoult -> gulls\n")
    found, problems = slugs.read(tmp_path)
    assert problems == ()
    assert found == (Permalink("gulls", "gulls"), Permalink("moult", "gulls"))


def test_a_conflict_marker_is_located(tmp_path: Path) -> None:
    (tmp_path / slugs.NAME).write_text("gulls\n<<<<<<< ours\n")
    found, problems = slugs.read(tmp_path)
    assert found == ()
    assert problems[0].location.line == 2


def test_a_corrupt_line_is_located(tmp_path: Path) -> None:
    (tmp_path / slugs.NAME).write_text("gulls\n../etc -> gulls\n")
    _, problems = slugs.read(tmp_path)
    assert [problem.location.line for problem in problems] == [2]


def test_the_same_permalinks_are_not_written_again(tmp_path: Path) -> None:
    assert slugs.write(tmp_path, LINES)
    assert not slugs.write(tmp_path, LINES)
