"""`new` and `init`: what they write reads without errors."""

import datetime
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from conspectus import __version__, content, importers
from conspectus.importers.scaffold import requirement
from conspectus.problems import ProblemsError, has_errors

TODAY = datetime.date(2025, 3, 18)


def test_a_new_survey_reads_without_problems_and_has_an_identity(tmp_path: Path) -> None:
    importers.init(tmp_path / "slow-moss")

    survey = content.read(tmp_path / "slow-moss" / "content")

    assert survey.problems == ()
    assert (survey.settings.id, survey.settings.title) == ("slow-moss", "Slow moss")


def test_the_example_of_a_new_survey_is_never_published(tmp_path: Path) -> None:
    importers.init(tmp_path)

    assert content.read(tmp_path / "content").corpus.papers == ()


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, f"conspectus>={__version__}"),
        ('{"url": "file:///home/ada/conspectus", "dir_info": {}}', f"conspectus>={__version__}"),
        (
            '{"url": "https://git.example/c.git", "vcs_info": {"vcs": "git", "commit_id": "ab1"}}',
            "conspectus @ git+https://git.example/c.git@ab1",
        ),
        (
            '{"url": "https://files.example/conspectus.whl", "archive_info": {}}',
            "conspectus @ https://files.example/conspectus.whl",
        ),
    ],
)
def test_a_survey_asks_for_the_program_where_it_came_from(origin: str | None, line: str) -> None:
    assert requirement(origin) == line
    assert Requirement(line).name == "conspectus"


def test_a_new_survey_for_no_host_has_no_workflow(tmp_path: Path) -> None:
    importers.init(tmp_path, host="none")

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitattributes", ".gitignore", "content", "requirements.txt"
    ]  # fmt: skip


def test_init_leaves_files_that_are_there(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")

    written = importers.init(tmp_path)

    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert tmp_path / ".gitignore" not in written


def test_init_refuses_a_folder_with_a_survey(tmp_path: Path) -> None:
    importers.init(tmp_path)

    with pytest.raises(ProblemsError, match="a survey is here already"):
        importers.init(tmp_path)


@pytest.mark.parametrize("name", ["a: b", "'quoted'", "#1", "苔", "%", "CON", "- x"])
def test_init_makes_a_survey_of_any_folder_name(name: str, tmp_path: Path) -> None:
    importers.init(tmp_path / name)

    assert content.read(tmp_path / name / "content").problems == ()


@pytest.mark.parametrize(
    "title",
    ["Moss", "Moss: a *Love* Story", "On $x^2$ [and](y)", "苔", "🌿", "index", "Con", "~", "null"],
)
def test_a_new_paper_reads_back_with_its_title(title: str, tmp_path: Path) -> None:
    path = importers.new_paper(tmp_path, title, TODAY)

    (paper,) = content.read(tmp_path).corpus.papers

    assert path == tmp_path / paper.path
    assert paper.added == TODAY
    assert paper.title_text == title.replace("$", "")


def test_a_new_paper_with_a_known_title_is_refused(tmp_path: Path) -> None:
    importers.new_paper(tmp_path, "Moss", TODAY)

    with pytest.raises(ProblemsError, match="already"):
        importers.new_paper(tmp_path, "MOSS", TODAY)


def test_a_new_paper_needs_a_title(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="needs a title"):
        importers.new_paper(tmp_path, "  ", TODAY)


def test_what_new_writes_holds_no_error_even_before_it_is_edited(tmp_path: Path) -> None:
    importers.new_paper(tmp_path, "Moss", TODAY)

    assert not has_errors(content.read(tmp_path).problems)
