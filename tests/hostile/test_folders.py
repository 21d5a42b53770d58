"""A content folder as an enemy: huge files, links that leave it, names that collide, YAML bombs."""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from conspectus import content, pipeline
from conspectus.problems import Problem

PAPER = "---\ntitle: Moss\n---\nA text about moss.\n"
HUGE = 50_000_000
NAMED = ("papers/a.md", "pages/a.md", "lists/a.yaml", "digests/2025-01-01.yaml", "survey.yaml",
         "topics.yaml", "topics.lock", "permalinks.txt")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "secret.md").write_text(PAPER.replace("Moss", "Secret"))
    return tmp_path / "content"


def put(folder: Path, name: str, text: str = PAPER) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def errors(folder: Path) -> list[Problem]:
    return [problem for problem in pipeline.gather(folder).problems if problem.is_error]


@pytest.mark.parametrize("name", NAMED)
def test_a_huge_file_is_a_located_problem_and_soon_done(folder: Path, name: str) -> None:
    with put(folder, name).open("r+b") as file:
        file.truncate(HUGE)
    before = time.process_time()
    found = [problem for problem in errors(folder) if problem.location.path.endswith(name)]
    assert time.process_time() - before < 5
    assert ["larger than" in problem.message for problem in found] == [True]


@pytest.mark.parametrize("name", NAMED)
def test_a_link_that_leaves_the_folder_is_refused(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(folder.parent / "secret.md")
    assert [p.location.path.endswith(name) for p in errors(folder)] == [True]
    assert content.read(folder).corpus.papers == ()


@pytest.mark.parametrize(
    "target", ["../../secret.md", "a.md", ".", "/dev/zero", "/proc/self/environ"]
)
def test_a_link_to_what_is_no_file_of_the_folder_is_refused(folder: Path, target: str) -> None:
    (folder / "papers" / "a.md").symlink_to(target)
    assert len(errors(folder)) == 1


@pytest.mark.parametrize("name", NAMED)
def test_a_pipe_is_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / name)
    assert pipeline.gather(folder).content.corpus.papers == ()


@pytest.mark.parametrize(
    "name",
    ["CON", "nul", "-a", "a b", "a" * 100, "ä", "A", "index", "index-2", "a%2fb", "a;b",
     "a\nb", "a\u202eb", "x/y/z"],
)  # fmt: skip
def test_a_name_that_is_no_address_is_refused_with_a_proposal(folder: Path, name: str) -> None:
    put(folder, f"papers/{name}.md")
    (problem,) = errors(folder)
    assert "rename" in problem.remedy


def test_a_name_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "papers" / os.fsdecode(b"a\xff.md")).write_text(PAPER)
    (problem,) = errors(folder)
    assert "rename" in problem.remedy


@pytest.mark.parametrize("other", ["MOSS.md", "Moss.md", "moſs.md"])
def test_names_that_some_systems_take_for_one_are_refused(folder: Path, other: str) -> None:
    put(folder, "files/moss.md")
    put(folder, f"files/{other}")
    assert any("case or Unicode form" in problem.message for problem in errors(folder))


def test_names_in_two_unicode_forms_are_refused(folder: Path) -> None:
    for form in ("NFC", "NFD"):
        put(folder, f"files/{unicodedata.normalize(form, 'möss')}.md")
    assert any("case or Unicode form" in problem.message for problem in errors(folder))


BOMBS: dict[str, Callable[[], str]] = {
    "aliases": lambda: "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    ),
    "nesting": lambda: "a: " + "[" * 20_000,
    "mappings": lambda: "".join(f"{' ' * n}a:\n" for n in range(400)),
    "keys": lambda: "".join(f"k{n}: 1\n" for n in range(20_000)),
    "one key again and again": lambda: "a: 1\n" * 20_000,
    "a number": lambda: "upvotes: " + "9" * 50_000,
    "a tag": lambda: '!!python/object/apply:os.system ["touch hostile"]',
}  # fmt: skip


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS.keys())
@pytest.mark.parametrize("name", ["papers/a.md", "survey.yaml", "topics.yaml", "lists/a.yaml"])
def test_yaml_that_grows_is_a_problem_and_soon_done(
    folder: Path, name: str, make: Callable[[], str]
) -> None:
    text = make()
    put(folder, name, f"---\n{text}\n---\nText.\n" if name.endswith(".md") else text)
    before = time.process_time()
    found = [p for p in pipeline.gather(folder).problems if p.location.path.endswith(name)]
    assert time.process_time() - before < 5
    assert found
    assert all(problem.location.line for problem in found)


@pytest.mark.parametrize("name", ["topics.lock", "permalinks.txt"])
def test_a_file_of_wrong_lines_is_given_up_soon(folder: Path, name: str) -> None:
    put(folder, name, "wrong!\n" * 1_000_000)
    before = time.process_time()
    assert len(errors(folder)) == 100
    assert time.process_time() - before < 10


@pytest.mark.parametrize("setting", ["theme: {logo: X}", "topics: {embeddings: X}"])
@pytest.mark.parametrize("path", ["../secret.md", "/etc/passwd", "files/../../secret.md", "C:\\x"])
def test_a_setting_names_no_file_outside_the_folder(folder: Path, setting: str, path: str) -> None:
    put(folder, "survey.yaml", setting.replace("X", f"'{path}'"))
    assert errors(folder)
