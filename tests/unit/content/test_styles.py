"""Citation styles: found where they lie, refused where they cannot format."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus import settings
from conspectus.styles import CitationStyle, read
from conspectus.styles.formatting import Formatter

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Moss
    Society</title></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="."><text variable="title"/></layout></bibliography>
</style>
"""
RECORD = {"id": "x", "type": "article", "title": "On moss"}


def own(tmp_path: Path, source: str) -> tuple[CitationStyle, list[str]]:
    (tmp_path / "moss.csl").write_text(source, encoding="utf-8")
    style, problems = read("moss.csl", tmp_path, "survey.yaml")
    return style, [f"{problem.location.path}: {problem.message}" for problem in problems]


def test_no_style_is_named_and_none_is_read(tmp_path: Path) -> None:
    assert read("", tmp_path, "survey.yaml") == (CitationStyle(), ())


@pytest.mark.parametrize("name", ["harvard-cite-them-right", "apa", "nature-physics"])
def test_an_installed_style_is_found_also_one_that_refers_to_another(
    name: str, tmp_path: Path
) -> None:
    style, problems = read(name, tmp_path, "survey.yaml")
    assert problems == ()
    assert Formatter(style.source, "en").format(RECORD)


def test_a_style_of_the_surveys_own_is_read_and_says_its_name(tmp_path: Path) -> None:
    style, problems = own(tmp_path, STYLE)
    assert problems == []
    assert style.title() == "Moss Society"
    assert Formatter(style.source, "en").format(RECORD) == "On moss."


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<style", "moss.csl: the citation style is not well-formed XML"),
        ("<style/>", "moss.csl: the citation style is not CSL"),
        (STYLE.replace("bibliography", "x"), "moss.csl: the citation style has no bibliography"),
        (
            STYLE.replace('<text variable="title"/>', '<text macro="none"/>'),
            "moss.csl: the citation style does not work",
        ),
    ],
)
def test_a_style_that_cannot_format_is_a_problem(source: str, message: str, tmp_path: Path) -> None:
    style, problems = own(tmp_path, source)
    assert not style.source
    assert len(problems) == 1
    assert problems[0].startswith(message)


@pytest.mark.parametrize("name", ["no-such-style", "../harvard", "/etc/passwd", "a/b", "none.csl"])
def test_a_style_that_is_nowhere_is_a_problem_with_a_remedy(name: str, tmp_path: Path) -> None:
    _, problems = read(name, tmp_path, "survey.yaml")
    assert [bool(problem.remedy) for problem in problems] == [True]


def test_the_settings_hold_the_styles_source(tmp_path: Path) -> None:
    (tmp_path / "survey.yaml").write_text("citation_style: harvard-cite-them-right\n")
    found, problems = settings.read(tmp_path)
    assert problems == ()
    assert found.citation_style.source.startswith("<?xml")


@pytest.mark.parametrize(
    ("title", "written"),
    [("Why moss?", "Why moss?"), ("Moss etc.", "Moss etc."), ("Moss...", "Moss...")],
)
def test_no_stop_follows_a_stop(title: str, written: str) -> None:
    assert Formatter(STYLE, "en").format(RECORD | {"title": title}) == written


def test_a_numbered_style_has_no_number_since_the_list_has_one_entry() -> None:
    number = '<text variable="citation-number" prefix="[" suffix="]"/><text variable="title"/>'
    source = STYLE.replace('<text variable="title"/></layout></bib', f"{number}</layout></bib")
    assert Formatter(source, "en").format(RECORD) == "On moss."
    assert Formatter(source, "en").format(RECORD | {"title": "1 moss"}) == "1 moss."


def test_the_terms_are_those_of_the_surveys_language(tmp_path: Path) -> None:
    style, _ = read("harvard-cite-them-right", tmp_path, "survey.yaml")
    record = RECORD | {"URL": "https://example.org/"}
    assert "Available at" in Formatter(style.source, "xx").format(record)
    assert "Verfügbar unter" in Formatter(style.source, "de-AT").format(record)
