"""Decisions as a curator may write them, and what cannot be carried out together."""

from __future__ import annotations

from pathlib import Path

from conspectus.content import decisions
from conspectus.model.topics import Decisions

PATH = "content/topics.yaml"


def told(text: str) -> list[str]:
    return [str(problem) for problem in decisions.parse(text, PATH)[1]]


def test_a_list_of_topics_splits_each_in_two() -> None:
    found, problems = decisions.parse("split: [moss, reed]\n", PATH)
    assert problems == ()
    assert [(split.topic, split.parts, split.line) for split in found.splits] == [
        ("moss", 2, 1), ("reed", 2, 1)
    ]  # fmt: skip


def test_papers_in_links_that_nobody_knows_are_named_with_what_may_be_meant() -> None:
    found, _ = decisions.parse("must-link:\n  - [slate, mose]\n", PATH)
    problems = decisions.check(found, PATH, topics={"moss"}, papers={"slate", "moss"})
    assert [str(problem) for problem in problems] == [
        f'{PATH}:2:6: error: there is no paper "mose"\n    did you mean moss?'
    ]


def test_papers_that_are_linked_cannot_be_pinned_apart() -> None:
    text = "pin: {a: moss, b: reed, c: moss}\nmust-link:\n  - [a, b, c]\n"
    (said,) = told(text)
    assert said.startswith(f"{PATH}:3:6: error: ")
    assert "must-link of a and b" in said
    assert "their pins to moss and reed" in said


def test_papers_that_are_kept_apart_cannot_be_pinned_together() -> None:
    (said,) = told("pin: {a: moss, b: reed, c: moss}\ncannot-link:\n  - [a, b, c]\n")
    assert said.startswith(f"{PATH}:3:6: error: ")
    assert "cannot-link of a and c" in said
    assert "their pins to moss" in said


def test_pins_that_agree_with_the_links_are_no_problem() -> None:
    agreed = "pin: {a: moss, b: moss, c: reed}\nmust-link:\n  - [a, b]\ncannot-link:\n  - [b, c]\n"
    assert told(agreed) == []


def test_a_clash_names_both_sides_and_the_way_out() -> None:
    (said,) = told("pin: {a: moss, b: reed}\nmust-link:\n  - [a, b]\n")
    assert said == (
        f"{PATH}:3:6: error: must-link of a and b contradicts their pins to moss and reed (line 1)"
        "\n    remove one of the two"
    )


def test_decisions_that_cannot_be_read_are_told_with_the_place_as_the_user_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "topics.yaml").mkdir()
    found, (problem,) = decisions.read(tmp_path)
    assert found == Decisions()
    assert problem.location.path == f"{tmp_path.as_posix()}/topics.yaml"
