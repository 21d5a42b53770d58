"""What a curator wishes: the lines that say it, where they go, and what they would change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conspectus import rebuild
from conspectus.content import decisions
from conspectus.model.builds import BuildOptions
from conspectus.serve import curating
from conspectus.serve.curating import Effect, Wish
from tests.support.building import CONTENT


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The survey of this repository, built once, so that its topics are kept."""
    folder = tmp_path_factory.mktemp("curated")
    shutil.copytree(CONTENT, folder / "content")
    (folder / "content" / "topics.yaml").unlink(missing_ok=True)
    rebuild.build(BuildOptions(folder / "content", folder / "_site"))
    return folder


@pytest.fixture(scope="module")
def topics(survey: Path) -> list[str]:
    """The ids of its topics."""
    found = curating.subject(survey / "_site", "/papers/nothing.html")
    assert found is None
    lock = (survey / "content" / "topics.lock").read_text()
    return sorted(line.split()[1] for line in lock.splitlines() if line.startswith("topic "))


@pytest.fixture
def paper(survey: Path, topics: list[str]) -> str:
    """A paper of the first topic."""
    lock = (survey / "content" / "topics.lock").read_text()
    return next(
        line.split()[1]
        for line in lock.splitlines()
        if line.startswith("paper ") and line.split()[2] == topics[0]
    )


def effect(survey: Path, *wish: str, text: str = "") -> Effect:
    path = survey / "content" / "topics.yaml"
    path.write_text(text)
    try:
        return curating.effect(survey / "content", Wish(*wish))
    finally:
        path.unlink()


def test_a_hub_is_known_with_its_terms_and_all_topics(survey: Path, topics: list[str]) -> None:
    found = curating.subject(survey / "_site", f"/topics/{topics[0]}.html")

    assert found is not None
    assert (found["kind"], found["id"]) == ("topic", topics[0])
    assert found["terms"]
    assert sorted(each["id"] for each in found["topics"]) == topics  # type: ignore[attr-defined]


def test_a_hub_that_goes_on_is_the_same_hub(survey: Path, topics: list[str]) -> None:
    first, second = (
        curating.subject(survey / "_site", f"/topics/{topics[0]}{page}.html") for page in ("", "-2")
    )

    assert first == second


def test_a_paper_is_known_with_its_topic(survey: Path, topics: list[str], paper: str) -> None:
    found = curating.subject(survey / "_site", f"/papers/{paper}.html")

    assert found is not None
    assert (found["kind"], found["id"], found["topic"]) == ("paper", paper, topics[0])


@pytest.mark.parametrize("path", ["/", "/map.html", "/topics/index.html", "/papers/../x.html"])
def test_other_pages_are_about_nothing_to_curate(survey: Path, path: str) -> None:
    assert curating.subject(survey / "_site", path) is None


@pytest.mark.parametrize(
    ("wish", "lines"),
    [
        (("rename", "moss", "Moss: a *story*"), 'topics:\n  moss:\n    label: "Moss: a *story*"\n'),
        (("merge", "moss", "slate"), "merge:\n  - [moss, slate]\n"),
        (("split", "moss", "3"), "split:\n  moss: 3\n"),
        (("pin", "2025/a-paper", "moss"), "pin:\n  2025/a-paper: moss\n"),
        (("ban", "wet #1"), 'banned:\n  - "wet #1"\n'),
        (("retire", "moss"), "retire:\n  - moss\n"),
    ],
)
def test_a_wish_is_written_so_that_it_reads_back(wish: tuple[str, ...], lines: str) -> None:
    assert curating.written(Wish(*wish)) == lines
    assert decisions.parse(lines, "topics.yaml")[1] == ()


@pytest.mark.parametrize(
    ("text", "lines", "place"),
    [
        ("", "merge:\n  - [moss, slate]\n", "at the end of topics.yaml"),
        ("count: 8\nmerge:\n- [a, b]\n", "- [moss, slate]\n", "below merge: in line 2"),
        ("merge:\n    - [a, b]\n", "    - [moss, slate]\n", "below merge: in line 1"),
        ("merge: [[a, b]] # so\n", "[moss, slate]\n", "within the brackets of merge: in line 1"),
    ],
)
def test_lines_fit_the_file_that_is_there(text: str, lines: str, place: str) -> None:
    wish = Wish("merge", "moss", "slate")
    old, _ = decisions.parse(text, "topics.yaml")
    found = curating.fitted(curating.written(wish), wish, text, old)

    assert found[0] == lines
    assert found[1].startswith(place)


def test_a_second_name_takes_the_place_of_the_first() -> None:
    text = "topics:\n  moss: Moss\n"
    wish = Wish("rename", "moss", "Wet moss")
    old, _ = decisions.parse(text, "topics.yaml")

    assert curating.fitted(curating.written(wish), wish, text, old) == (
        "  moss:\n    label: Wet moss\n", "in place of moss in line 2 of topics.yaml"
    )  # fmt: skip


def test_a_new_name_changes_that_name_and_nothing_else(survey: Path, topics: list[str]) -> None:
    (change,) = effect(survey, "rename", topics[0], "Moss").changes

    assert change.endswith("is called “Moss”")


def test_topics_that_become_one_are_named_with_what_moves(survey: Path, topics: list[str]) -> None:
    changes = effect(survey, "merge", topics[0], topics[1]).changes

    assert any("ends; most of its papers join" in change for change in changes)
    assert any("move" in change for change in changes)


def test_a_topic_that_falls_apart_begins_others(survey: Path, topics: list[str]) -> None:
    changes = effect(survey, "split", topics[0], "2").changes

    assert sum("begins, with" in change for change in changes) == 2


def test_a_paper_that_is_moved_is_named(survey: Path, topics: list[str], paper: str) -> None:
    changes = effect(survey, "pin", paper, topics[1]).changes

    assert any("moves from" in change for change in changes)


def test_keeping_a_paper_where_it_is_changes_nothing(
    survey: Path, topics: list[str], paper: str
) -> None:
    assert effect(survey, "pin", paper, topics[0]).changes == ("nothing changes",)


def test_a_wish_against_what_is_decided_is_refused_with_both(
    survey: Path, topics: list[str]
) -> None:
    found = effect(survey, "merge", topics[0], topics[1], text=f"retire: [{topics[1]}]\n")

    assert found.changes == ()
    assert "contradicts" in found.problems[0].message


def test_a_topic_that_was_never_kept_is_said_to_be_unknown(survey: Path) -> None:
    (problem,) = effect(survey, "retire", "nowhere").problems

    assert problem.message == 'there is no topic "nowhere"'


def test_nothing_is_written(survey: Path, topics: list[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in (survey / "content").iterdir()}
    curating.effect(survey / "content", Wish("retire", topics[0]))

    assert before == {path: path.stat().st_mtime_ns for path in (survey / "content").iterdir()}
