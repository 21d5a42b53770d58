"""A mistake in a survey's own template is told as its author's, with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conspectus import pipeline
from conspectus.problems import ProblemsError
from tests.support.building import FIXTURES


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURES / "one", tmp_path / "content")
    (tmp_path / "templates").mkdir()
    return tmp_path


def build(survey: Path) -> None:
    pipeline.build(pipeline.BuildOptions(survey / "content", survey / "_site", frozen=True))


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("<p>\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
        ("<p>\n{{ page | shout }}", 2, "No filter named 'shout'."),
        ("\n\n{{ nowhere.to_be_found }}", 3, "'nowhere' is undefined"),
        ("\n{{ page.nothing }}", 2, "has no attribute 'nothing'"),
        ('{% include "gone.html" %}', 1, "TemplateNotFound: gone.html"),
        ("{{ 1 / 0 }}", 1, "ZeroDivisionError: division by zero"),
        ("{{ asset('css/gone.css') }}", 1, "KeyError: 'css/gone.css'"),
        ("{% for x in 5 %}{% endfor %}", 1, "TypeError: 'int' object is not iterable"),
    ],
)
def test_a_mistake_has_its_file_and_line(
    survey: Path, source: str, line: int, message: str
) -> None:
    path = survey / "templates" / "paper.html"
    path.write_text(source)

    with pytest.raises(ProblemsError) as stopped:
        build(survey)

    (problem,) = stopped.value.problems
    assert (problem.location.path, problem.location.line) == (path.as_posix(), line)
    assert message in problem.message


def test_a_mistake_in_a_part_is_told_at_the_part(survey: Path) -> None:
    (survey / "templates" / "own.html").write_text("\n{{ nowhere }}")
    (survey / "templates" / "paper.html").write_text('{% include "own.html" %}')

    with pytest.raises(ProblemsError) as stopped:
        build(survey)

    assert stopped.value.problems[0].location.path.endswith("templates/own.html")


def test_a_mistake_of_ours_raises_though_the_survey_has_a_template(
    survey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conspectus.siteplan import urls

    def broken(_: str) -> str:
        raise LookupError("ours")

    (survey / "templates" / "own.html").write_text("<p>")
    monkeypatch.setattr(urls, "root_of", broken)

    with pytest.raises(LookupError, match="ours"):
        build(survey)
