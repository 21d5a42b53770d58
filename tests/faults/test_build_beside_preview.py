"""A build while a preview of the same survey runs: neither is in the other's way."""

from __future__ import annotations

from pathlib import Path

from tests.faults.killing import standing
from tests.support.building import FIXTURES, built, conspectus, contents
from tests.support.edits import Curator, assert_caught_up, survey_for
from tests.support.previewing import previewed


def test_builds_beside_a_preview_succeed_and_the_preview_goes_on(tmp_path: Path) -> None:
    survey = survey_for(tmp_path / "survey", FIXTURES / "survey")
    built(survey)
    with previewed(survey) as preview:
        curator = Curator(survey, seed=3)
        for _ in range(3):
            curator.edit_abstract()
            run = conspectus("build", cwd=survey)
            assert (run.returncode, "error" in run.stderr) == (0, False), run.stderr
            assert standing(survey / "_site") is not None
        assert_caught_up(preview, curator, tmp_path / "cold")
        left = sorted(path.name for path in survey.iterdir())
        assert left == [".conspectus", "_site", "content"]
        assert preview.end()[0] == 0


def test_a_preview_that_ends_leaves_the_site_that_was_built_beside_it(tmp_path: Path) -> None:
    survey = survey_for(tmp_path / "survey", FIXTURES / "survey")
    with previewed(survey) as preview:
        site = contents(built(survey))
        lock = (survey / "content" / "topics.lock").read_bytes()
        preview.end()
    assert contents(survey / "_site") == site
    assert (survey / "content" / "topics.lock").read_bytes() == lock
