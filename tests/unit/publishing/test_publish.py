"""Publishing as a reader of the folder sees it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus.model.papers import ExtraFile
from conspectus.model.site import Output
from conspectus.problems import ProblemsError
from conspectus.publishing import Published, is_whole, mark, publish, standing

SITE = {"index.html": b"<p>home", "papers/a.html": b"<p>a", "papers/b.html": b"<p>b"}


def outputs(site: Mapping[str, bytes]) -> Iterator[Output]:
    return (Output(path, body) for path, body in site.items())


def put(
    site: Mapping[str, bytes], folder: Path, *files: ExtraFile, program: str = "1"
) -> Published:
    return publish(outputs(site), files, folder, program=program)


def read(folder: Path) -> dict[str, bytes]:
    """Every visible file of a site."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != ".conspectus-site"
    }


def names(folder: Path) -> list[str]:
    """What stands in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def extra(source: Path, permalink: str) -> ExtraFile:
    return ExtraFile(permalink, str(source), source.stat().st_size)


def problem_of(folder: Path, site: Mapping[str, bytes] = SITE, *files: ExtraFile) -> str:
    with pytest.raises(ProblemsError) as stopped:
        put(site, folder, *files)
    return str(stopped.value)


def test_a_new_folder_holds_exactly_what_was_published(tmp_path: Path) -> None:
    assert put(SITE, tmp_path / "out" / "_site") == Published(3, 0, 0, sum(map(len, SITE.values())))
    assert read(tmp_path / "out" / "_site") == SITE


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "_site").mkdir()
    put(SITE, tmp_path / "_site")
    assert read(tmp_path / "_site") == SITE


def test_a_site_may_have_no_files_at_all(tmp_path: Path) -> None:
    put({}, tmp_path / "_site")
    assert put({}, tmp_path / "_site") == Published(0, 0, 0, 0)


def test_nothing_is_left_beside_the_site(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    put({"index.html": b"new"}, tmp_path / "_site")
    assert names(tmp_path) == ["_site"]


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    before = (tmp_path / "_site/papers/a.html").stat()
    done = put(SITE | {"index.html": b"<p>news"}, tmp_path / "_site")
    after = (tmp_path / "_site/papers/a.html").stat()
    assert done == Published(1, 2, 0, 7)
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_build_that_changes_nothing_touches_nothing(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    before = (tmp_path / "_site").stat()
    assert put(SITE, tmp_path / "_site") == Published(0, 3, 0, 0)
    after = (tmp_path / "_site").stat()  # its time of access may be another: it was read
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


def test_what_is_gone_from_the_site_is_gone_from_the_folder(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    done = put({"index.html": b"<p>home"}, tmp_path / "_site")
    assert (done.removed, read(tmp_path / "_site")) == (2, {"index.html": b"<p>home"})
    assert not (tmp_path / "_site/papers").exists()


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    put({"a": b"file"}, tmp_path / "_site")
    put({"a/b": b"below"}, tmp_path / "_site")
    put({"a": b"file"}, tmp_path / "_site")
    assert read(tmp_path / "_site") == {"a": b"file"}


@pytest.mark.parametrize("edit", [b"<p>A", b"<p>a longer one", b""])
def test_a_page_edited_by_hand_is_restored(tmp_path: Path, edit: bytes) -> None:
    put(SITE, tmp_path / "_site")
    page = tmp_path / "_site/papers/a.html"
    page.write_bytes(edit)
    os.utime(page, ns=(0, (tmp_path / "_site/.conspectus-site").stat().st_mtime_ns + 1))
    assert put(SITE, tmp_path / "_site").written == 1
    assert read(tmp_path / "_site") == SITE


def test_what_stands_as_it_was_published_is_told_from_what_was_changed_since(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "_site"
    assert (standing(folder), is_whole(folder), mark(folder)) == ({}, False, "")
    put(SITE, folder)
    assert (standing(folder).keys(), is_whole(folder)) == (SITE.keys(), True)
    (folder / "papers/a.html").write_bytes(b"<p>another length")
    (folder / "papers/b.html").unlink()
    assert (standing(folder).keys(), is_whole(folder)) == ({"index.html"}, False)


def test_the_mark_of_a_site_is_another_when_the_site_is(tmp_path: Path) -> None:
    put(SITE, tmp_path / "one")
    put(SITE, tmp_path / "same")
    put({**SITE, "papers/a.html": b"<p>c"}, tmp_path / "other")
    one, same, other = (mark(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same != other


def test_a_page_cut_short_is_restored_whatever_its_time(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    os.truncate(tmp_path / "_site/papers/a.html", 1)
    os.utime(tmp_path / "_site/papers/a.html", ns=(0, 0))
    put(SITE, tmp_path / "_site")
    assert read(tmp_path / "_site") == SITE


@pytest.mark.parametrize("jump", [-(10**18), 10**18])
def test_a_clock_that_jumps_costs_time_and_no_page(tmp_path: Path, jump: int) -> None:
    put(SITE, tmp_path / "_site")
    mark = tmp_path / "_site/.conspectus-site"
    os.utime(mark, ns=(0, mark.stat().st_mtime_ns + jump))
    (tmp_path / "_site/papers/a.html").write_bytes(b"<p>A")
    assert put(SITE, tmp_path / "_site").written == 3
    assert read(tmp_path / "_site") == SITE


def test_a_page_deleted_or_replaced_by_a_link_is_restored(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    (tmp_path / "_site/papers/a.html").unlink()
    (tmp_path / "_site/papers/b.html").unlink()
    (tmp_path / "_site/papers/b.html").symlink_to("/etc/hostname")
    put(SITE, tmp_path / "_site")
    assert not (tmp_path / "_site/papers/b.html").is_symlink()
    assert read(tmp_path / "_site") == SITE


def test_two_folders_with_one_site_hold_the_same_bytes_and_mark(tmp_path: Path) -> None:
    put(SITE, tmp_path / "one")
    put({"index.html": b"old"}, tmp_path / "two")
    put(dict(reversed(SITE.items())), tmp_path / "two")
    marks = [(tmp_path / name / ".conspectus-site").read_bytes() for name in ("one", "two")]
    assert marks[0] == marks[1]


def test_a_new_version_of_the_program_renews_the_mark(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site", program="1")
    assert put(SITE, tmp_path / "_site", program="2").unchanged == 3
    assert (tmp_path / "_site/.conspectus-site").read_text().startswith("conspectus-site 1 2\n")


def test_a_site_copied_elsewhere_stays_ours(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    shutil.copytree(tmp_path / "_site", tmp_path / "copy")
    put(SITE | {"index.html": b"new"}, tmp_path / "copy")
    assert read(tmp_path / "copy") == SITE | {"index.html": b"new"}


def test_files_get_the_permissions_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        put(SITE, tmp_path / "_site")
    finally:
        os.umask(before)
    assert (tmp_path / "_site/papers/a.html").stat().st_mode & 0o777 == 0o640


def test_the_folders_own_permissions_survive(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    (tmp_path / "_site").chmod(0o2775)
    put({"index.html": b"new"}, tmp_path / "_site")
    assert (tmp_path / "_site").stat().st_mode & 0o7777 == 0o2775


def test_a_name_with_glob_characters_and_spaces_is_a_name(tmp_path: Path) -> None:
    put(SITE, tmp_path / "my [site] *")
    put({"index.html": b"new"}, tmp_path / "my [site] *")
    assert read(tmp_path / "my [site] *") == {"index.html": b"new"}


# Own mistakes


def test_two_outputs_with_one_path_are_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another file"):
        publish([Output("a", b"1"), Output("a", b"2")], [], tmp_path / "_site", program="1")


@pytest.mark.parametrize("pair", [("a", "a/b"), ("a/b", "a"), ("a/b/c", "a"), ("a", "a/b/c")])
def test_an_output_within_an_output_is_our_mistake(tmp_path: Path, pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"file of the site"):
        publish([Output(path, b"") for path in pair], [], tmp_path / "_site", program="1")


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../../b", "a//b", "./a", "a/", "a\\b", "C:/a", "a\0b", "a\nb",
     ".conspectus-site", "a\udc80"],
)  # fmt: skip
def test_an_output_that_leaves_the_site_is_our_mistake(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="output"):
        publish([Output(path, b"")], [], tmp_path / "_site", program="1")
    assert names(tmp_path) == []


@pytest.mark.parametrize("mistake", [RuntimeError, KeyboardInterrupt, OSError])
def test_outputs_that_fail_midway_leave_the_old_site(
    tmp_path: Path, mistake: type[BaseException]
) -> None:
    def failing() -> Iterator[Output]:
        yield Output("index.html", b"half")
        raise mistake

    put(SITE, tmp_path / "_site")
    with pytest.raises(mistake):
        publish(failing(), [], tmp_path / "_site", program="1")
    assert names(tmp_path) == ["_site"]
    assert read(tmp_path / "_site") == SITE


# Folders that are not ours


@pytest.mark.parametrize("name", ["thesis.tex", ".git/config", "index.html"])
def test_a_folder_that_is_not_ours_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "_site" / name).parent.mkdir(parents=True)
    (tmp_path / "_site" / name).write_text("mine")
    assert "holds files that this program did not write" in problem_of(tmp_path / "_site")
    assert read(tmp_path / "_site") == {name: b"mine"}
    assert names(tmp_path) == ["_site"]


def test_a_strangers_file_in_our_site_is_named_and_kept(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    (tmp_path / "_site/notes.txt").write_text("mine")
    assert "_site/notes.txt: error: was not written by" in problem_of(tmp_path / "_site")
    assert read(tmp_path / "_site") == SITE | {"notes.txt": b"mine"}


def test_what_file_managers_strew_is_no_strangers_file(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    (tmp_path / "_site/papers/.DS_Store").write_text("")
    put({"index.html": b"new"}, tmp_path / "_site")
    assert read(tmp_path / "_site") == {"index.html": b"new"}


def test_a_damaged_mark_is_a_problem(tmp_path: Path) -> None:
    put(SITE, tmp_path / "_site")
    (tmp_path / "_site/.conspectus-site").write_text("<<<<<<< ours")
    assert "is damaged" in problem_of(tmp_path / "_site", {"index.html": b"new"})
    assert read(tmp_path / "_site") == SITE


def test_a_file_in_the_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "_site").write_text("mine")
    assert "is a file" in problem_of(tmp_path / "_site")
    assert (tmp_path / "_site").read_text() == "mine"


def test_a_file_in_the_way_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    problem_of(tmp_path / "out/_site")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_symbolic_link_is_a_problem_that_names_its_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "_site").symlink_to(tmp_path / "real")
    assert f"--output {tmp_path}/real" in problem_of(tmp_path / "_site")


def test_what_stands_under_the_name_of_the_staging_folder_is_kept(tmp_path: Path) -> None:
    mine = tmp_path / "._site.conspectus-staging"
    mine.mkdir()
    (mine / "mine").write_text("mine")
    assert "was not made by this program" in problem_of(tmp_path / "_site")
    assert read(mine) == {"mine": b"mine"}


def test_a_link_under_the_name_of_the_staging_folder_is_not_followed(tmp_path: Path) -> None:
    put(SITE, tmp_path / "other")
    (tmp_path / "._site.conspectus-staging").symlink_to(tmp_path / "other")
    problem_of(tmp_path / "_site")
    assert read(tmp_path / "other") == SITE


# A user's own files


def test_own_files_are_copied_not_linked(tmp_path: Path) -> None:
    (tmp_path / "figure.svg").write_bytes(b"<svg>")
    put(SITE, tmp_path / "_site", extra(tmp_path / "figure.svg", "figures/figure.svg"))
    (tmp_path / "figure.svg").write_bytes(b"<SVG>")
    assert read(tmp_path / "_site") == SITE | {"figures/figure.svg": b"<svg>"}


def test_an_own_file_that_changed_is_copied_again(tmp_path: Path) -> None:
    source = tmp_path / "figure.svg"
    source.write_bytes(b"<svg>")
    put(SITE, tmp_path / "_site", extra(source, "figure.svg"))
    times = source.stat()
    source.write_bytes(b"<SVG>")  # of the same size and, below, of the same time
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert put(SITE, tmp_path / "_site", extra(source, "figure.svg")).written == 1
    assert put(SITE, tmp_path / "_site", extra(source, "figure.svg")).written == 0


def test_an_own_file_larger_than_a_chunk_is_copied_whole(tmp_path: Path) -> None:
    body = os.urandom((1 << 21) + 17)
    (tmp_path / "film").write_bytes(body)
    put({}, tmp_path / "_site", extra(tmp_path / "film", "film"))
    assert read(tmp_path / "_site") == {"film": body}


def test_an_own_file_in_the_place_of_a_page_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"mine")
    said = problem_of(tmp_path / "_site", SITE, extra(tmp_path / "index.html", "index.html"))
    assert f"{tmp_path}/index.html: error: its path is the path of another file" in said


def test_an_own_file_that_vanished_is_a_problem_of_that_file(tmp_path: Path) -> None:
    gone = ExtraFile("figure.svg", str(tmp_path / "figure.svg"), 5)
    assert "figure.svg: error: cannot be read" in problem_of(tmp_path / "_site", SITE, gone)


def test_a_pipe_among_own_files_is_a_problem_and_no_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = problem_of(tmp_path / "_site", SITE, ExtraFile("pipe", str(tmp_path / "pipe"), 0))
    assert "not a regular file" in said


SEGMENTS = st.sampled_from(["a", "b", "c", "a.html", "é", "x y"])
PATHS = st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join)


def is_tree(paths: set[str]) -> bool:
    """No path lies below another."""
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


SITES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=6).filter(lambda s: is_tree(set(s)))


@settings(max_examples=40, deadline=None)
@given(sites=st.lists(SITES, min_size=1, max_size=5))
def test_after_any_history_the_folder_is_the_last_site(
    sites: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history") / "_site"
    before: dict[str, bytes] = {}
    for site in sites:
        done = put(site, folder)
        assert read(folder) == site
        assert done.written + done.unchanged == len(site)
        assert done.unchanged == len(site.items() & before.items())
        assert done.removed == len(before.keys() - site.keys())
        before = site
