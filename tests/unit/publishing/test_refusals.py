"""Every refusal of publishing, word for word: where, what, and the remedy."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from conspectus.model.papers import ExtraFile
from conspectus.model.site import Made, Output, Standing
from conspectus.problems import ProblemsError
from conspectus.publishing import ownership, publish
from conspectus.publishing.exchange import discard
from conspectus.publishing.faults import described, reported_source
from conspectus.publishing.git import _reason
from conspectus.publishing.place import place

SITE = (Output("index.html", b"<p>home"), Output("papers/a.html", b"<p>a"))
UNCHANGED = "the site that stood there is unchanged"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Paths in messages are as a user types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(made: Iterable[Made] = SITE, *files: ExtraFile) -> str:
    with pytest.raises(ProblemsError) as stopped:
        publish(made, files, Path("_site"), program="1")
    return str(stopped.value)


def published() -> None:
    publish(SITE, [], Path("_site"), program="1")


def test_a_folder_of_others_is_named_with_two_ways_out() -> None:
    Path("_site").mkdir()
    Path("_site/mine").touch()
    assert refused() == (
        "_site: error: holds files that this program did not write, and is left as it is\n"
        "    choose an empty or a new folder with --output, or move those files away"
    )


def test_a_file_in_the_site_of_which_nobody_knows_is_named() -> None:
    published()
    Path("_site/mine").touch()
    assert refused() == (
        "_site/mine: error: was not written by this program and would be lost\n"
        "    move it to content/files, which is copied to the site, or remove it"
    )


def test_a_file_where_the_site_should_stand() -> None:
    Path("_site").touch()
    assert refused() == (
        "_site: error: is a file, not a folder\n    choose another folder with --output"
    )


def test_a_link_where_the_site_should_stand(here: Path) -> None:
    Path("real").mkdir()
    Path("_site").symlink_to("real")
    assert refused() == (
        "_site: error: is a symbolic link, which cannot be exchanged\n"
        f"    write --output {here}/real"
    )


def test_a_mount_point_where_the_site_should_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("_site").mkdir()
    monkeypatch.setattr(ownership, "is_mount_point", lambda _: True)
    assert refused() == (
        "_site: error: is a mount point, which cannot be exchanged\n"
        "    choose a folder inside it: --output _site/site"
    )


@pytest.mark.parametrize("folder", [Path("/"), Path("/proc")])
def test_what_is_mounted_is_known(folder: Path) -> None:
    assert ownership.is_mount_point(folder)


def test_what_is_not_mounted_is_known(here: Path) -> None:
    assert not ownership.is_mount_point(here)


def test_a_damaged_mark() -> None:
    published()
    Path("_site/.conspectus-site").write_text("ours?")
    assert refused() == (
        "_site/.conspectus-site: error: is damaged, so what this program wrote here cannot be told"
        " from the rest\n    remove the folder _site and build again"
    )


def test_what_stands_in_the_way_of_staging(here: Path) -> None:
    mine = here / "._site.conspectus-staging"
    mine.mkdir()
    (mine / "mine").touch()
    said = (
        f"{mine}: error: stands where the site is prepared, and was not made by this program\n"
        "    move or remove it and build again"
    )
    with pytest.raises(ProblemsError) as stopped:
        discard(mine)
    assert str(stopped.value) == said
    assert refused() == said


# What a build relies on in the site that stands


def test_a_page_that_need_not_be_drawn_stays_as_it_is() -> None:
    published()
    report = publish([SITE[0], Standing("papers/a.html")], [], Path("_site"), program="1")
    assert (report.written, report.unchanged, report.removed) == (0, 2, 0)
    report = publish(
        [Output("index.html", b"new"), Standing("papers/a.html")], [], Path("_site"), program="1"
    )
    assert (report.written, report.unchanged) == (1, 1)
    assert Path("_site/papers/a.html").read_bytes() == b"<p>a"


@pytest.mark.parametrize("change", ["touch", "never"])
def test_a_page_that_was_changed_while_the_site_was_built(change: str) -> None:
    published()
    page = Path("_site/papers/a.html")
    if change == "touch":
        mark = Path("_site/.conspectus-site").stat().st_mtime_ns
        os.utime(page, ns=(mark + 10**9, mark + 10**9))
    else:
        page = Path("_site/papers/b.html")
    made = [SITE[0], Standing(page.relative_to("_site").as_posix())]
    assert refused(made) == (
        f"{page}: error: was changed while the site was being built, which is as it was\n"
        "    build again, with nothing else writing there"
    )


@pytest.mark.parametrize("path", ["../a", "/a", ""])
def test_a_standing_page_outside_of_the_site_is_our_mistake(path: str) -> None:
    with pytest.raises(ValueError, match=r"^output '"):
        publish([Standing(path)], [], Path("_site"), program="1")


def test_two_pages_of_one_path_are_our_mistake_though_one_stands() -> None:
    published()
    with pytest.raises(ValueError, match=r"'index\.html' is the path of another file"):
        publish([SITE[0], Standing("index.html")], [], Path("_site"), program="1")


# A user's own files


def test_an_own_file_in_the_place_of_a_page() -> None:
    Path("mine").touch()
    assert refused(SITE, ExtraFile("index.html", "mine", 0)) == (
        "mine: error: its path is the path of another file of the site\n    give it another name"
    )


def test_an_own_file_below_a_page() -> None:
    Path("mine").touch()
    assert refused(SITE, ExtraFile("index.html/mine/deep", "mine", 0)) == (
        "mine: error: its path lies in index.html, which is a file of the site\n"
        "    give it another name"
    )


def test_an_own_file_that_is_gone() -> None:
    assert refused(SITE, ExtraFile("film", "film", 0)) == (
        "film: error: cannot be read: no such file or directory\n"
        "    make it readable, or remove it and build again"
    )


def test_an_own_file_that_is_none() -> None:
    os.mkfifo("pipe")
    assert refused(SITE, ExtraFile("pipe", "pipe", 0)) == (
        "pipe: error: cannot be read: not a regular file\n"
        "    make it readable, or remove it and build again"
    )


# What the system refuses

CAUSES = {
    errno.ENOSPC: f"no room is left on the disk\n    free some and build again; {UNCHANGED}",
    errno.EDQUOT: f"no room is left on the disk\n    free some and build again; {UNCHANGED}",
    errno.EFBIG: f"no room is left on the disk\n    free some and build again; {UNCHANGED}",
    errno.EROFS: "the file system is read-only\n"
    "    choose a folder that can be written with --output",
    errno.EACCES: "this folder or the one that holds it may not be written\n"
    "    make both writable, or choose another folder with --output",
    errno.EPERM: "this folder or the one that holds it may not be written\n"
    "    make both writable, or choose another folder with --output",
    errno.EBUSY: "this folder is in use as a mount point and cannot be exchanged\n"
    "    choose a folder inside it with --output, such as out/site",
    errno.EXDEV: "this folder is in use as a mount point and cannot be exchanged\n"
    "    choose a folder inside it with --output, such as out/site",
    errno.ENAMETOOLONG: "the name of a file is too long for this disk\n"
    "    choose a folder with a shorter path with --output",
    errno.ENOENT: "the folder was changed by another program while the site was being published\n"
    "    build again",
    errno.ENOTDIR: "the folder was changed by another program while the site was being published\n"
    "    build again",
    errno.EIO: "cannot be published: input/output error\n"
    f"    mend that and build again; {UNCHANGED}",
}


@pytest.mark.parametrize("number", CAUSES, ids=errno.errorcode.get)
def test_a_refusal_of_the_system_is_said_with_its_remedy(number: int) -> None:
    refusal = OSError(number, os.strerror(number))
    assert str(described(refusal, "out")) == f"out: error: {CAUSES[number]}"


def test_a_refusal_without_a_number_is_said_as_it_says_itself() -> None:
    assert str(described(OSError("The Disk"), "out")) == (
        f"out: error: cannot be published: the disk\n    mend that and build again; {UNCHANGED}"
    )


def test_only_what_the_system_refuses_is_a_problem_of_a_file() -> None:
    with pytest.raises(ValueError, match="ours"), reported_source("film"):
        raise ValueError("ours")


# What git says

COMPLAINTS: dict[str, tuple[bytes, str]] = {
    "the remote's own words first": (
        b"error: failed to push\nremote: error: protected\nfatal: no\n", "protected",
    ),
    "then what ended it": (b"error: one\n\nhint: try\n  fatal: the end\n", "the end"),
    "then an error": (b"warning: one\nerror: two\nthree\n", "two"),
    "then the last line that is no hint": (b"one\ntwo\nhint: three\n", "two"),
    "or nothing": (b"\nhint: three\n", "it gives no reason"),
    "whatever bytes it holds": (b"fatal: caf\xe9", "caf\ufffd"),
}  # fmt: skip


@pytest.mark.parametrize(("complaint", "reason"), COMPLAINTS.values(), ids=COMPLAINTS.keys())
def test_of_what_git_says_the_reason_is_told(complaint: bytes, reason: str) -> None:
    assert _reason(complaint) == reason


def test_where_a_system_has_no_exchange_it_is_known(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from conspectus.publishing import exchange

    for name in ("one", "other"):
        (here / name).mkdir()
    monkeypatch.setattr(exchange.os, "name", "nt")
    assert not exchange.exchange_in_one(here / "one", here / "other")


def test_a_place_names_all_that_is_written_beside_a_site() -> None:
    where = place(Path("out/_site"))
    beside = [where.staging, where.retired, where.journal, where.lock]
    assert [path.name for path in beside] == [
        "._site.conspectus-staging", "._site.conspectus-retired", "._site.conspectus-journal",
        "._site.conspectus-lock",
    ]  # fmt: skip
    assert (where.named, {path.parent.name for path in beside}) == ("out/_site", {"out"})
