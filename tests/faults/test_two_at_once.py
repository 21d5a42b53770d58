"""Two programs that publish to one folder wait for or refuse each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.problems import ProblemsError
from conspectus.publishing import publish
from conspectus.publishing.locking import held
from tests.faults.sites import finish, put, standing, start

HOLD = """
import time
from conspectus.publishing.locking import held
with held(Path(sys.argv[1]), guarded="_site"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_two_that_publish_at_once_both_succeed_and_leave_one_whole_site(tmp_path: Path) -> None:
    folder = tmp_path / "_site"
    script = "for n in range(15): put(Path(sys.argv[1]), f'{sys.argv[2]} {n}')"
    both = [start(script, folder, name) for name in ("left", "right")]
    for process in both:
        finish(process)
    assert standing(folder) in {"left 14", "right 14"}
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_who_waits_too_long_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    folder = tmp_path / "_site"
    put(folder, "old")
    holder = start(HOLD, tmp_path / "._site.conspectus-lock")
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ProblemsError, match="another build or preview"):
            publish([], [], folder, program="1", wait=0.1)
    finally:
        holder.kill()
        holder.communicate()
    assert standing(folder) == "old"


def test_the_lock_of_a_dead_program_is_free(tmp_path: Path) -> None:
    folder = tmp_path / "_site"
    holder = start(HOLD, tmp_path / "._site.conspectus-lock")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    put(folder, "next")
    assert standing(folder) == "next"


def test_a_lock_is_removed_when_it_is_free(tmp_path: Path) -> None:
    with held(tmp_path / "lock", guarded="_site"):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()
