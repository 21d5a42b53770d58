"""Drafts: the page of a saved paper, at once, and only until a build knows the paper itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from conspectus import pipeline
from conspectus.model.builds import BuildOptions
from conspectus.pipeline import Draughtsman
from conspectus.serve.drafts import Drafter, Drafts
from conspectus.serve.watching import Changes
from tests.support.building import FIXTURES, survey

NOTE = "\n## Notes\nWorth a second look.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return survey(FIXTURES / "survey", tmp_path_factory.mktemp("drafts") / "survey")


@pytest.fixture(scope="module")
def artist(folder: Path) -> Draughtsman:
    shown: list[Draughtsman] = []
    pipeline.build(BuildOptions(folder / "content", folder / "_site"), show=shown.append)
    return shown[0]


def papers(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "papers").rglob("*.md"))


def name_of(path: Path, folder: Path) -> str:
    return path.relative_to(folder / "content").as_posix()


def test_the_draft_of_an_unchanged_paper_is_its_page(folder: Path, artist: Draughtsman) -> None:
    found = [artist.draft(name_of(path, folder), path.read_text()) for path in papers(folder)]
    made = [each for each in found if each is not None]  # all but the curator's own drafts
    assert len(made) > len(found) / 2
    for each in made:
        assert each.body == (folder / "_site" / each.path).read_bytes()


def test_a_draft_shows_what_was_written(folder: Path, artist: Draughtsman) -> None:
    path = papers(folder)[0]
    made = artist.draft(name_of(path, folder), path.read_text() + NOTE)
    assert made is not None
    assert b"Worth a second look." in made.body


def test_a_paper_that_is_new_has_a_draft(artist: Draughtsman) -> None:
    made = artist.draft("papers/new-one.md", "---\ntitle: A new one\n---\nWe add a lantern.\n")
    assert made is not None
    assert (made.path, b"We add a lantern." in made.body) == ("papers/new-one.html", True)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("survey.yaml", "title: Lanterns\n"),
        ("papers/broken.md", "---\ntitle: [\n---\n"),
        ("papers/draft.md", "---\ntitle: Later\ndraft: true\n---\nNot yet.\n"),
        ("papers/CON.md", "---\ntitle: A device\n---\nNot a name.\n"),
    ],
)
def test_what_is_no_page_of_a_paper_has_no_draft(artist: Draughtsman, path: str, text: str) -> None:
    assert artist.draft(path, text) is None


@pytest.fixture
def at_work(folder: Path, artist: Draughtsman) -> Iterator[tuple[Drafter, threading.Event]]:
    ready, changes = threading.Event(), Changes(quiet=0.01)
    drafter = Drafter(folder / "content", Drafts(), changes, ready.set, artist)
    drafter.start()
    yield drafter, ready
    changes.close()


def test_a_saved_paper_stands_over_the_site_s_page(
    folder: Path, at_work: tuple[Drafter, threading.Event]
) -> None:
    drafter, ready = at_work
    path = papers(folder)[0]
    drafter.changes.notice(path)
    assert ready.wait(20)
    permalink = name_of(path, folder).replace(".md", ".html")
    assert drafter.drafts.find(permalink) == (folder / "_site" / permalink).read_bytes()


def test_a_draft_goes_when_a_build_that_knows_it_has_ended() -> None:
    drafts = Drafts()
    drafts.put("papers/moss.html", b"moss", noticed=5.0)
    drafts.clear(before=4.0)
    assert drafts.find("papers/moss.html") == b"moss"
    drafts.clear(before=6.0)
    assert drafts.find("papers/moss.html") is None


def test_a_draft_that_is_ready_after_the_build_that_knows_it_is_not_shown() -> None:
    drafts = Drafts()
    drafts.clear(before=6.0)
    assert not drafts.put("papers/moss.html", b"moss", noticed=5.0)
    assert drafts.find("papers/moss.html") is None
    assert drafts.put("papers/moss.html", b"moss", noticed=7.0)
