"""Random edits, breaks and mends in a row leave the preview with the site of a cold build."""

from __future__ import annotations

from pathlib import Path

from tests.support.building import FIXTURES, built
from tests.support.edits import Curator, assert_caught_up, survey_for
from tests.support.previewing import previewed

EDITS, BETWEEN = 30, 6
"""python benchmarks/preview.py --edits 500 makes more of them."""


def test_random_edits_leave_the_site_of_a_cold_build(tmp_path: Path) -> None:
    survey = survey_for(tmp_path / "survey", FIXTURES / "survey")
    built(survey)
    with previewed(survey) as preview:
        curator = Curator(survey, seed=7)
        for number in range(1, EDITS + 1):
            curator.edit()
            if number % BETWEEN == 0:
                assert_caught_up(preview, curator, tmp_path / "cold")
