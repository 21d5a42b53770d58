"""The same input gives the same bytes, and a build's own lock is a fixed point."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.building import (
    CONTENT,
    FIXTURES,
    built,
    conspectus,
    contents,
    differences,
    differing,
    survey,
)

LOCKS = ("topics.lock", "permalinks.txt")
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}
ELSEWHERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "de_DE.UTF-8",
    "OMP_NUM_THREADS": "2",
    "COLUMNS": "40",
    "NO_COLOR": "1",
}


@pytest.mark.parametrize("source", [CONTENT, FIXTURES / "survey"], ids=["seed", "survey"])
@pytest.mark.parametrize("lock", ["from its lock", "without a lock"])
def test_two_builds_in_different_places_and_circumstances_give_the_same_bytes(
    source: Path, lock: str, tmp_path: Path
) -> None:
    one = survey(source, tmp_path / "one")
    other = survey(source, tmp_path / "a longer name" / "Über" / "other")
    if lock == "without a lock":
        for folder in (one, other):
            _forget(folder)

    built(one, HERE)
    _put_in_another_order(other / "content")
    before = os.umask(0o077)
    try:
        run = conspectus("build", "--jobs", "2", "--no-cache", cwd=other, environment=ELSEWHERE)
    finally:
        os.umask(before)

    assert run.returncode == 0, run.stderr
    assert differences(contents(one / "_site"), contents(other / "_site")) == []
    assert differences(contents(one / "content"), contents(other / "content")) == []


def test_it_does_not_matter_from_where_the_command_is_called(
    seed_site: Path, tmp_path: Path
) -> None:
    content = survey(CONTENT, tmp_path / "survey") / "content"
    caller = tmp_path / "caller"
    caller.mkdir()

    output = tmp_path / "elsewhere" / "site"
    run = conspectus("build", "--content", str(content), "--output", str(output), cwd=caller)

    assert run.returncode == 0, run.stderr
    assert differing(contents(seed_site), contents(output)) == []


@pytest.mark.parametrize("source", [CONTENT, FIXTURES / "survey"], ids=["seed", "survey"])
def test_building_again_changes_neither_lock_nor_site(source: Path, tmp_path: Path) -> None:
    folder = survey(source, tmp_path / "survey")
    built(folder)
    site, content = contents(folder / "_site"), contents(folder / "content")

    built(folder)

    assert differing(site, contents(folder / "_site")) == []
    assert differing(content, contents(folder / "content")) == []


def test_building_the_published_survey_leaves_the_checkout_clean(seed_site: Path) -> None:
    assert differing(contents(CONTENT), contents(seed_site.parent / "content")) == []


def _put_in_another_order(folder: Path) -> None:
    """Make every file anew from the last to the first: systems list them as they came."""
    for path in sorted((p for p in folder.rglob("*") if p.is_file()), reverse=True):
        body = path.read_bytes()
        path.unlink()
        path.write_bytes(body)


def _forget(folder: Path) -> None:
    for name in LOCKS:
        (folder / "content" / name).unlink(missing_ok=True)
