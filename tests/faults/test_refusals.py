"""Disks that are full, read-only or mounted: a clear problem, and the old site as it was."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conspectus.model.papers import ExtraFile
from conspectus.model.site import Output
from conspectus.problems import ProblemsError
from conspectus.publishing import publish
from conspectus.publishing.ownership import refusal
from conspectus.publishing.place import place
from tests.faults.disks import can_mount, mounted
from tests.faults.sites import finish, put, standing, start

Disk = Callable[[Path], "contextmanager[Path]"]


def big() -> Iterator[Output]:
    return (Output(f"{number}.html", os.urandom(50_000)) for number in range(20))


def test_a_write_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk: the system refuses the write itself."""
    put(tmp_path / "_site", "old")
    script = """
import resource
from conspectus.model.site import Output
from conspectus.problems import ProblemsError
from conspectus.publishing import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    publish([Output("a", b"a"), Output("b", bytes(2000))], [], Path(sys.argv[1]), program="1")
except ProblemsError as stopped:
    print(stopped)
"""
    said = finish(start(script, tmp_path / "_site"))
    assert "no room is left on the disk" in said
    assert standing(tmp_path / "_site") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


@contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    """A folder that this user may not write to, with an old site in it."""
    folder.mkdir()
    put(folder / "_site", "old")
    folder.chmod(0o555)
    try:
        yield folder
    finally:
        folder.chmod(0o755)


@contextmanager
def read_only_disk(folder: Path) -> Iterator[Path]:
    """The same on a disk that nobody may write to, root included."""
    with mounted(folder):
        put(folder / "_site", "old")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield folder


READ_ONLY = [read_only_disk] if can_mount() else []
READ_ONLY += [unwritable] if os.geteuid() != 0 else []


@pytest.mark.parametrize("refusing", READ_ONLY)
def test_a_folder_that_may_not_be_written_is_a_problem(tmp_path: Path, refusing: Disk) -> None:
    with refusing(tmp_path / "disk") as disk:
        with pytest.raises(ProblemsError, match=r"_site: error: .*(written|read-only)"):
            put(disk / "_site", "new")
        assert standing(disk / "_site") == "old"


MOUNTABLE = ["size=200k"] if can_mount() else []


@pytest.mark.parametrize("size", MOUNTABLE)
def test_a_full_disk_is_a_problem_and_the_old_site_stands(tmp_path: Path, size: str) -> None:
    with mounted(tmp_path / "disk", "-o", size) as disk:
        put(disk / "_site", "old")
        with pytest.raises(ProblemsError, match="no room is left on the disk"):
            publish(big(), [], disk / "_site", program="1")
        assert standing(disk / "_site") == "old"
        assert [path.name for path in disk.iterdir()] == ["_site"]
        put(disk / "_site", "next")
        assert standing(disk / "_site") == "next"


@pytest.mark.parametrize("size", MOUNTABLE)
def test_an_own_file_too_large_for_the_disk_is_no_problem_of_that_file(
    tmp_path: Path, size: str
) -> None:
    (tmp_path / "film").write_bytes(bytes(400_000))
    film = ExtraFile("film", str(tmp_path / "film"), 400_000)
    with (
        mounted(tmp_path / "disk", "-o", size) as disk,
        pytest.raises(ProblemsError, match="_site: error: no room is left"),
    ):
        publish([], [film], disk / "_site", program="1")


@pytest.mark.parametrize("size", MOUNTABLE)
def test_a_mounted_output_is_refused_and_nothing_written(tmp_path: Path, size: str) -> None:
    with mounted(tmp_path / "_site", "-o", size) as disk:
        with pytest.raises(ProblemsError, match=r"--output .*/_site/site"):
            put(disk, "new")
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize("_", MOUNTABLE)
def test_an_output_bound_from_the_same_disk_is_refused(tmp_path: Path, _: str) -> None:
    for name in ("real", "my site"):
        (tmp_path / name).mkdir()
    bound = tmp_path / "my site"
    subprocess.run(["mount", "--bind", str(tmp_path / "real"), str(bound)], check=True)
    try:
        with pytest.raises(ProblemsError, match="is a mount point"):
            put(bound, "new")
    finally:
        subprocess.run(["umount", str(bound)], check=True)


def test_a_mount_point_is_refused_wherever_one_is_known() -> None:
    problem = refusal(place(Path("/proc")))
    assert problem is not None
    assert "is a mount point" in problem.message


def test_a_site_that_vanishes_while_it_is_replaced_is_a_problem(tmp_path: Path) -> None:
    def vanishing() -> Iterator[Output]:
        yield Output("index.html", b"old")
        subprocess.run(["rm", "-r", str(tmp_path / "_site")], check=True)
        yield Output("news.html", b"new")

    publish([Output("index.html", b"old")], [], tmp_path / "_site", program="1")
    with pytest.raises(ProblemsError, match="changed by another program"):
        publish(vanishing(), [], tmp_path / "_site", program="1")
    put(tmp_path / "_site", "next")
    assert standing(tmp_path / "_site") == "next"


def test_a_name_too_long_for_the_disk_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="too long"):
        publish([Output("a" * 300, b"")], [], tmp_path / "_site", program="1")
