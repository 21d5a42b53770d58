"""What the stages ask of the cache: readings and pages as earlier builds left them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.model.site import Output, Standing
from conspectus.publishing.manifest import Entry
from conspectus.store import cache
from conspectus.store.cache import Cache, Drawn
from conspectus.store.memory import Drawings, Readings

PAGE = Entry(3, "0a")


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    (tmp_path / "content").mkdir()
    return cache.opened(tmp_path, tmp_path / "content")


def test_readings_come_back_but_those_that_are_gone(kept: Cache) -> None:
    readings = Readings(kept)
    readings.remember({"a.md": ("1", b"moss"), "b.md": ("2", b"reed")}, [])
    readings.remember({}, ["a.md"])
    assert Readings(kept).recall() == {"b.md": ("2", b"reed")}


def test_what_was_read_anew_is_known_until_the_build_ends(kept: Cache) -> None:
    readings = Readings(kept)
    readings.note(["a.md"])
    readings.note(["b.md"])
    assert readings.fresh == {"a.md", "b.md"}


def drawn(kept: Cache) -> None:
    """A build that has drawn one page and published another file without a key."""
    drawings = Drawings(kept, {})
    made = [Output("a.html", b"moss", b"key"), Output("b.css", b"reed", b"")]
    assert list(drawings.noted(made)) == made
    drawings.remember({"a.html": PAGE, "b.css": Entry(4, "0b")})


def test_a_page_that_stands_as_it_was_drawn_has_its_key(kept: Cache) -> None:
    drawn(kept)
    assert kept.pages() == {"a.html": Drawn(b"key", PAGE.size, PAGE.digest)}
    assert Drawings(kept, {"a.html": PAGE}).keys == {"a.html": b"key"}


@pytest.mark.parametrize("stands", [{}, {"a.html": Entry(4, "0a")}, {"a.html": Entry(3, "0b")}])
def test_a_page_that_does_not_is_drawn_anew(kept: Cache, stands: dict[str, Entry]) -> None:
    drawn(kept)
    assert Drawings(kept, stands).keys == {}


def test_a_page_that_was_kept_stays_known_and_one_that_left_does_not(kept: Cache) -> None:
    drawn(kept)
    again = Drawings(kept, {"a.html": PAGE})
    list(again.noted([Standing("a.html")]))
    again.remember({"a.html": PAGE})
    assert "a.html" in kept.pages()
    last = Drawings(kept, {"a.html": PAGE})
    last.remember({})
    assert kept.pages() == {}


def test_a_cache_that_breaks_says_so_once_and_is_left_aside(kept: Cache) -> None:
    assert kept._file is not None
    kept._file.execute("DROP TABLE past")
    kept.remember_past("build", b"past")
    assert kept.note == "the cache is left aside: no such table: past"
    assert (kept.past("build"), kept.pages(), list(kept.readings())) == (b"", {}, [])


def test_two_content_folders_of_one_survey_have_a_cache_each(tmp_path: Path) -> None:
    for name in ("content", "other"):
        (tmp_path / name).mkdir()
        cache.opened(tmp_path, tmp_path / name).remember_past("build", name.encode())
    found = [cache.opened(tmp_path, tmp_path / name).past("build") for name in ("content", "other")]
    assert found == [b"content", b"other"]
