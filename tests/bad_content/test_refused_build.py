"""A build that finds errors says all of them, with places and remedies, and changes nothing."""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path

import pytest

from tests.support.building import FIXTURES, built, conspectus, contents, differing, survey

PROBLEM = re.compile(r"^(?P<place>\S.*?): (?P<severity>error|warning): (?P<message>.+)$")


@pytest.fixture
def folder(survey_site: Path, tmp_path: Path) -> Path:
    """A survey that was built while it was sound, and then spoiled in three places."""
    folder = tmp_path / "survey"
    shutil.copytree(survey_site.parent, folder)
    papers = folder / "content" / "papers"
    (papers / "no-title.md").write_text("---\nvenue: Nowhere\n---\nText.\n")
    (papers / "bad-date.md").write_text("---\ntitle: Dates\npublished: 20201-05\n---\nText.\n")
    (papers / "latin.md").write_bytes(b"---\ntitle: Caf\xe9\n---\nText.\n")
    return folder


def test_a_build_with_errors_exits_with_1_and_names_each_place(folder: Path) -> None:
    run = conspectus("build", cwd=folder)

    assert run.returncode == 1
    places = [found["place"] for found in _problems(run.stderr) if found["severity"] == "error"]
    assert [re.sub(r"(:\d+)+$", "", place) for place in places] == [
        "content/papers/bad-date.md",
        "content/papers/latin.md",
        "content/papers/no-title.md",
    ]


def test_every_problem_is_followed_by_an_indented_remedy(folder: Path) -> None:
    lines = conspectus("build", cwd=folder).stderr.splitlines()

    for line, after in itertools.pairwise(lines):
        if PROBLEM.match(line):
            assert re.match(r"^    \S", after), line


def test_the_date_that_is_none_is_named_with_its_line_and_column(folder: Path) -> None:
    assert "content/papers/bad-date.md:3:12: error: " in conspectus("build", cwd=folder).stderr


def test_the_problems_end_with_their_count(folder: Path) -> None:
    run = conspectus("build", cwd=folder)

    assert re.search(r"\b3 errors\b", run.stderr.splitlines()[-1])


def test_no_traceback_reaches_the_user(folder: Path) -> None:
    run = conspectus("build", cwd=folder)

    assert "Traceback" not in run.stderr + run.stdout


def test_the_site_and_the_lock_that_stood_there_stay_as_they_were(folder: Path) -> None:
    site, content = contents(folder / "_site"), contents(folder / "content")

    conspectus("build", cwd=folder)

    assert differing(site, contents(folder / "_site")) == []
    assert differing(content, contents(folder / "content")) == []


def test_nothing_is_left_beside_the_site(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())

    conspectus("build", cwd=folder)

    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_build_after_the_mending_just_works(folder: Path) -> None:
    site = contents(folder / "_site")
    conspectus("build", cwd=folder)
    for name in ("no-title", "bad-date", "latin"):
        (folder / "content" / "papers" / f"{name}.md").unlink()

    built(folder)

    assert differing(site, contents(folder / "_site")) == []


def test_a_folder_that_is_not_ours_is_never_written_to(tmp_path: Path) -> None:
    folder = survey(FIXTURES / "one", tmp_path / "survey")
    (folder / "_site").mkdir()
    (folder / "_site" / "thesis.txt").write_text("ten years of work")

    run = conspectus("build", cwd=folder)

    assert run.returncode != 0
    assert contents(folder / "_site") == {"thesis.txt": b"ten years of work"}
    assert "Traceback" not in run.stderr


def test_a_content_folder_that_is_not_there_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    run = conspectus("build", cwd=tmp_path)

    assert run.returncode in {1, 2}
    assert "content" in run.stderr
    assert "init" in run.stderr
    assert list(tmp_path.iterdir()) == []


def _problems(stderr: str) -> list[dict[str, str]]:
    found = [PROBLEM.match(line) for line in stderr.splitlines()]
    return [match.groupdict() for match in found if match]
