"""content/digests: each file is a digest, named by its day."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from conspectus import content
from conspectus.content.digests import read_digest

KNOWN = {"moss": "moss", "old-moss": "moss", "slate": "slate"}
PATH = "digests/2025-03-17.yaml"


def test_a_digest_is_read_with_its_papers_in_their_order() -> None:
    text = "since: 2025-03-10\nnote: Much *moss*.\npapers: [slate, moss]\n"

    found, problems = read_digest(text, PATH, KNOWN)

    assert problems == ()
    assert found is not None
    assert (found.date, found.since) == (datetime.date(2025, 3, 17), datetime.date(2025, 3, 10))
    assert (found.papers, found.note.text) == (("slate", "moss"), "Much moss.")


def test_a_paper_that_stands_twice_under_two_names_is_announced_once() -> None:
    found, _ = read_digest("papers: [moss, old-moss]", PATH, KNOWN)
    assert found is not None
    assert found.papers == ("moss",)


def test_a_paper_that_is_gone_is_left_out_with_a_warning() -> None:
    found, problems = read_digest("papers: [moss, slatte]", PATH, KNOWN)
    assert found is not None
    assert found.papers == ("moss",)
    assert [str(problem) for problem in problems] == [
        f'{PATH}:1:16: warning: no paper "slatte"; the entry is left out\n    did you mean "slate"?'
    ]


@pytest.mark.parametrize("name", ["2025-3-17", "2025-02-30", "spring", "2025", "2025-03", "a/b"])
def test_a_digest_is_named_by_a_day(name: str) -> None:
    found, problems = read_digest("papers: []", f"digests/{name}.yaml", KNOWN)
    assert found is None
    assert [problem.message for problem in problems] == [
        f'"{name}" is no day, by which a digest is named'
    ]


def test_a_folder_holds_digests_and_ledgers_by_their_days(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "papers").mkdir(parents=True)
    (folder / "digests").mkdir()
    (folder / "papers" / "moss.md").write_text("---\ntitle: Moss\n---\nMoss grows here.\n")
    for name in ("2025-04-01.yaml", "2025-03-17.yaml"):
        (folder / "digests" / name).write_text("papers: [moss]\n")
    (folder / "digests" / "2025-03-17.sent").write_text("# a ledger\n")

    found = content.read(folder)

    assert [str(digest.date) for digest in found.digests] == ["2025-03-17", "2025-04-01"]
    assert found.problems == ()
