"""Changes on disk, told once a burst and not for editors' own files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conspectus.serve.watching import Changes, Watch, is_temporary

LONG, SHORT = 20.0, 0.4


class Notices:
    """Counts notices, and lets a test wait for the next."""

    def __init__(self) -> None:
        self.came = threading.Event()

    def __call__(self, *_: Path) -> None:
        self.came.set()

    def follow(self, change: Callable[[], object]) -> bool:
        """Whether a notice follows a change that deserves one."""
        self.came.clear()
        change()
        return self.came.wait(LONG)

    def stay_away(self, change: Callable[[], object]) -> bool:
        """Whether no notice follows a change that deserves none."""
        self.came.clear()
        change()
        return not self.came.wait(SHORT)


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    (tmp_path / "content" / "papers").mkdir(parents=True)
    (tmp_path / "content" / "papers" / "a.md").write_text("a")
    return tmp_path


@pytest.fixture
def watch(survey: Path, notices: Notices) -> Iterator[Watch]:
    watch = Watch(survey, (survey / "content", survey / "templates"), notices)
    yield watch
    watch.stop()


def test_an_edit_is_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    assert notices.follow(lambda: (survey / "content/papers/a.md").write_text("b"))


def test_an_edit_by_renaming_is_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    def save() -> None:
        (survey / "content/papers/.a.md.swp").write_text("b")
        (survey / "content/papers/.a.md.swp").rename(survey / "content/papers/a.md")

    assert notices.follow(save)


def test_a_paper_in_a_new_folder_is_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    assert notices.follow((survey / "content/papers/2025").mkdir)
    assert notices.follow(lambda: (survey / "content/papers/2025/b.md").write_text("b"))


def test_a_deletion_is_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    assert notices.follow((survey / "content/papers/a.md").unlink)


def test_reading_is_not_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    assert notices.stay_away((survey / "content/papers/a.md").read_text)


def test_editors_files_are_not_noticed(survey: Path, watch: Watch, notices: Notices) -> None:
    assert notices.stay_away(lambda: (survey / "content/papers/.a.md.swp").write_text("b"))


def test_what_lies_beside_the_folders_is_not_noticed(
    survey: Path, watch: Watch, notices: Notices
) -> None:
    def elsewhere() -> None:
        (survey / ".conspectus" / "preview").mkdir(parents=True)
        (survey / "notes.txt").write_text("b")

    assert notices.stay_away(elsewhere)


def test_a_folder_made_later_is_noticed_and_then_followed(
    survey: Path, watch: Watch, notices: Notices
) -> None:
    assert notices.follow((survey / "templates").mkdir)
    watch.renew()
    assert notices.follow(lambda: (survey / "templates/page.html").write_text("b"))


def test_a_folder_moved_away_and_back_is_followed_again(
    survey: Path, watch: Watch, notices: Notices
) -> None:
    assert notices.follow(lambda: (survey / "content").rename(survey / "elsewhere"))
    watch.renew()
    assert notices.follow(lambda: (survey / "elsewhere").rename(survey / "content"))
    watch.renew()
    assert notices.follow(lambda: (survey / "content/papers/a.md").write_text("b"))


def test_a_folder_exchanged_for_another_is_followed(
    survey: Path, watch: Watch, notices: Notices
) -> None:
    (survey / "new").mkdir()
    (survey / "content").rename(survey / "old")
    assert notices.follow(lambda: (survey / "new").rename(survey / "content"))
    watch.renew()
    assert notices.follow(lambda: (survey / "content/survey.yaml").write_text("b"))


@pytest.mark.parametrize(
    "name",
    ["#a.md#", ".#a.md", "a.md~", ".a.md.swp", ".a.md.swx", "4913", ".goutputstream-X", "~$a.md",
     "a.md___jb_tmp___", "a.md.tmp", "a.md.tmp.123.456", "a.pdf.crdownload", ".DS_Store", "a.bak"],
)  # fmt: skip
def test_editors_files_are_known(name: str) -> None:
    assert is_temporary(name)


@pytest.mark.parametrize(
    "name",
    ["a.md", "survey.yaml", "topics.lock", ".well-known", "CNAME", ".nojekyll", "tmp.md", "temp",
     "backup.md", "a.template.html", "49131", "swp.md"],
)  # fmt: skip
def test_a_surveys_files_are_not_taken_for_editors_files(name: str) -> None:
    assert not is_temporary(name)


def test_a_burst_of_notices_is_one_change() -> None:
    changes = Changes(quiet=0.01)
    for _ in range(100):
        changes.notice()
    assert changes.wait() is not None
    threading.Timer(0.2, changes.close).start()
    assert changes.wait() is None


def test_notices_that_never_cease_do_not_keep_a_change_back() -> None:
    changes, ends = Changes(quiet=0.2, patience=0.3), threading.Event()

    def insist() -> None:
        while not ends.wait(0.02):
            changes.notice()

    thread = threading.Thread(target=insist)
    thread.start()
    try:
        assert changes.wait() is not None
    finally:
        ends.set()
        thread.join()


def test_a_notice_during_a_build_is_not_lost() -> None:
    changes = Changes(quiet=0.01)
    changes.notice()
    assert changes.wait() is not None
    changes.notice()
    assert changes.wait() is not None


def test_closing_ends_the_wait() -> None:
    changes = Changes()
    threading.Timer(0.05, changes.close).start()
    assert changes.wait() is None
