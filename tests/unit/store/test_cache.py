"""The cache: what it keeps comes back; what is damaged or another's is never believed."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from conspectus.store import cache
from conspectus.store.cache import Cache, Drawn, Reading

READING = Reading("papers/moss.md", "12 34 56 78 en", b"\x82moss")
DRAWN = Drawn(b"key", 12, "ab" * 16)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def opened(survey: Path) -> Cache:
    return cache.opened(survey, survey / "content")


def file_of(survey: Path) -> Path:
    (file,) = (survey / ".conspectus").glob("cache-*.db")
    return file


def filled(survey: Path) -> None:
    with opened(survey) as kept:
        kept.remember_readings([READING], ())
        kept.remember_pages({"papers/moss.html": DRAWN}, ())
        kept.remember_past("build", b"past")


def test_what_is_kept_comes_back(survey: Path) -> None:
    filled(survey)
    with opened(survey) as kept:
        assert list(kept.readings()) == [READING]
        assert kept.pages() == {"papers/moss.html": DRAWN}
        assert kept.past("build") == b"past"


def test_what_is_gone_is_forgotten(survey: Path) -> None:
    filled(survey)
    with opened(survey) as kept:
        kept.remember_readings([], [READING.path])
        kept.remember_pages({}, ["papers/moss.html"])
        assert (list(kept.readings()), kept.pages()) == ([], {})


def test_a_reading_that_lost_a_byte_is_no_reading(survey: Path) -> None:
    filled(survey)
    with sqlite3.connect(file_of(survey)) as file:
        file.execute("UPDATE reading SET body = ?", (b"\x82mess",))
    file.close()
    with opened(survey) as kept:
        assert list(kept.readings()) == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_cache_is_begun_anew(survey: Path, damage: bytes) -> None:
    filled(survey)
    file_of(survey).write_bytes(damage)
    with opened(survey) as kept:
        assert list(kept.readings()) == []
        kept.remember_past("build", b"new")
        assert kept.past("build") == b"new"


def test_a_cache_copied_from_elsewhere_is_not_believed(survey: Path, tmp_path: Path) -> None:
    filled(survey)
    file = file_of(survey)
    shutil.copy2(file, tmp_path / "copy")
    (tmp_path / "copy").rename(file)
    with opened(survey) as kept:
        assert (list(kept.readings()), kept.pages(), kept.past("build")) == ([], {}, b"")


def test_a_cache_of_another_program_is_not_believed(
    survey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(survey)
    monkeypatch.setattr(cache, "fingerprint", lambda: "another")
    with opened(survey) as kept:
        assert list(kept.readings()) == []


def test_where_no_cache_can_be_written_nothing_is_remembered(survey: Path) -> None:
    (survey / ".conspectus").write_text("in the way")
    with opened(survey) as kept:
        kept.remember_past("build", b"past")
        assert kept.past("build") == b""
        assert kept.note.startswith("no cache")
