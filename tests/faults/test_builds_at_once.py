"""Two builds of one survey: the site that stands last is the one that the lock describes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conspectus import publishing, rebuild, store
from conspectus.model.builds import BuildOptions
from conspectus.problems import ProblemsError
from tests.faults.test_refusals import READ_ONLY, Disk
from tests.support.building import FIXTURES, ROOT, survey


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return survey(FIXTURES / "survey", tmp_path)


def options(folder: Path) -> BuildOptions:
    return BuildOptions(folder / "content", folder / "_site")


def test_a_build_writes_its_lock_before_another_begins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "content" / "topics.lock").unlink(missing_ok=True)
    write = store.write

    def write_late(*arguments: object) -> None:
        with (
            pytest.raises(ProblemsError, match="another build"),
            publishing.alone(folder / "content", wait=0.1),
        ):
            pass
        write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write", write_late)
    rebuild.build(options(folder))
    assert (folder / "content" / "topics.lock").exists()


def test_two_builds_at_once_leave_one_whole_site_with_its_own_lock(folder: Path) -> None:
    command = [sys.executable, "-m", "conspectus", "build"]
    both = [
        subprocess.Popen(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    left = sorted(path.name for path in folder.iterdir())
    report = rebuild.build(options(folder))
    assert (report.written, report.removed, left) == (0, 0, [".conspectus", "_site", "content"])


@pytest.mark.parametrize("refusing", READ_ONLY)
def test_a_survey_in_a_folder_that_may_not_be_written_keeps_no_one_waiting(
    tmp_path: Path, refusing: Disk
) -> None:
    with refusing(tmp_path / "disk") as disk, publishing.alone(disk / "content", wait=0.1):
        assert [path.name for path in disk.iterdir()] == ["_site"]
