"""Surveys of no paper and of one paper: nothing is shown empty."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import pages_of


def test_an_empty_survey_says_so_and_how_to_begin(empty_site: Path) -> None:
    main = pages_of(empty_site)["index.html"].one("main").text()

    assert "No papers yet." in main
    for command in ("import", "new", "serve"):
        assert f"conspectus {command}" in main


def test_an_empty_survey_has_no_pages_that_would_be_empty(empty_site: Path) -> None:
    assert set(pages_of(empty_site)) <= {"index.html", "about.html", "404.html"}


def test_a_survey_of_one_paper_shows_it_on_its_home_page(single_site: Path) -> None:
    home = pages_of(single_site)["index.html"].one("main")

    assert "papers/moss-logic-gates.html" in {a.attributes.get("href") for a in home.all("a")}


def test_a_survey_of_one_paper_has_no_map_and_no_topics_on_its_home_page(
    single_site: Path,
) -> None:
    assert not (single_site / "map.html").exists()
    home = pages_of(single_site)["index.html"].one("main")
    assert not [a for a in home.all("a") if a.attributes.get("href", "").startswith("topics/")]
