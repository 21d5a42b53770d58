from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.content import decisions
from conspectus.model.topics import Linked, Merge, Pin, Retirement, Split, TopicDecision
from conspectus.problems import Problem

EVERYTHING = """\
count: 8
banned: [old rope]
topics:
  gulls: {label: Gulls, description: All about gulls.}
  tides: Tides and gates
merge:
  - [gulls, terns]
split:
  kites: 3
pin:
  2025/nest-boxes: gulls
must-link:
  - [one, two]
cannot-link: [one, three]
retire: [games]
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    return decisions.parse(text, "content/topics.yaml")[1]


def test_every_verb_is_read_with_its_place() -> None:
    found, problems = decisions.parse(EVERYTHING, "content/topics.yaml")
    assert problems == ()
    assert found.count == 8
    assert found.banned == ("old rope",)
    assert found.topics == (
        TopicDecision("gulls", "Gulls", "All about gulls.", 4, 3),
        TopicDecision("tides", "Tides and gates", "", 5, 3),
    )
    assert found.merges == (Merge("gulls", ("terns",), 7, 6),)
    assert found.splits == (Split("kites", 3, 9, 3),)
    assert found.pins == (Pin("2025/nest-boxes", "gulls", 11, 3),)
    assert found.must_links == (Linked(("one", "two"), 13, 6),)
    assert found.cannot_links == (Linked(("one", "three"), 14, 15),)
    assert found.retired == (Retirement("games", 15, 10),)


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert decisions.read(tmp_path) == (decisions.Decisions(), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("count: many\n", 1),
        ("count: 0\n", 1),
        ("count: 2000\n", 1),
        ("merge:\n  - [gulls]\n", 2),
        ("merge: {gulls: terns}\n", 1),
        ("split:\n  gulls: one\n", 2),
        ("split:\n  gulls: 1\n", 2),
        ("pin:\n  one: [a, b]\n", 2),
        ("pin: [one]\n", 1),
        ("topics:\n  gulls: [a]\n", 2),
        ("must-link:\n  - [one, one]\n", 2),
        ("retire: [[a]]\n", 1),
        ("topics: [\n", 2),
    ],
)
def test_a_wrong_value_is_an_error_at_its_line(text: str, line: int) -> None:
    found = [problem for problem in problems_of(text) if problem.is_error]
    assert found
    assert found[0].location.line == line


def test_an_unknown_key_is_a_warning_with_the_nearest_one() -> None:
    (problem,) = problems_of("banne: [rope]\n")
    assert not problem.is_error
    assert "banned" in problem.remedy


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("merge: [gulls, terns]\nretire: [terns]\n", ("merge of terns", "retire of terns")),
        ("merge: [gulls, terns]\nsplit: {terns: 2}\n", ("merge of terns", "split of terns")),
        ("merge: [gulls, terns]\nretire: [gulls]\n", ("merge into gulls", "retire of gulls")),
        ("pin: {one: terns}\nretire: [terns]\n", ("pin of one", "retire of terns")),
        (
            "must-link: [[one, two], [two, three]]\ncannot-link: [one, three]\n",
            ("cannot-link of one and three", "must-link of one and three"),
        ),
        (
            "pin: {one: gulls, two: terns}\nmust-link: [one, two]\n",
            ("must-link of one and two", "gulls and terns"),
        ),
        (
            "pin: {one: gulls, two: gulls}\ncannot-link: [one, two]\n",
            ("cannot-link of one and two", "pins to gulls"),
        ),
    ],
)
def test_decisions_that_contradict_each_other_are_both_named(
    text: str, both: tuple[str, str]
) -> None:
    messages = [problem.message for problem in problems_of(text) if problem.is_error]
    assert any(all(part in message for part in both) for message in messages)


def test_an_unknown_name_is_an_error_with_the_nearest_one() -> None:
    found, _ = decisions.parse("retire: [gull]\npin: {nest-box: gulls}\n", "content/topics.yaml")
    problems = decisions.check(
        found, "content/topics.yaml", topics=["gulls", "tides"], papers=["nest-boxes"]
    )
    assert [(p.location.line, p.location.column) for p in problems] == [(1, 10), (2, 7)]
    assert "gulls" in problems[0].remedy
    assert "nest-boxes" in problems[1].remedy
