"""Building again: from what is remembered comes, byte for byte, what comes from nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conspectus import reasons, rebuild
from conspectus.model.builds import BuildOptions, BuildReport
from tests.support.building import FIXTURES, contents, survey

Edit = Callable[[Path, random.Random], None]


def build(folder: Path, *, use_cache: bool = True, jobs: int = 1) -> BuildReport:
    return rebuild.build(
        BuildOptions(folder / "content", folder / "_site", jobs=jobs, use_cache=use_cache)
    )


def papers(folder: Path) -> list[Path]:
    return sorted((folder / "content" / "papers").rglob("*.md"))


def edit(folder: Path, chance: random.Random) -> None:
    path = chance.choice(papers(folder))
    path.write_text(path.read_text() + f"\nA line about lanterns and {chance.random()}.\n")


def add(folder: Path, chance: random.Random) -> None:
    name = f"lantern-{chance.randrange(10**6)}"
    text = f"---\ntitle: The lantern {name}\nyear: 2024\n---\nWe light {name} beside the harbour.\n"
    (folder / "content" / "papers" / f"{name}.md").write_text(text)


def delete(folder: Path, chance: random.Random) -> None:
    chance.choice(papers(folder)).unlink()


def rename(folder: Path, chance: random.Random) -> None:
    path = chance.choice(papers(folder))
    path.rename(path.with_name(f"moved-{chance.randrange(10**6)}.md"))


def rename_the_survey(folder: Path, chance: random.Random) -> None:
    path = folder / "content" / "survey.yaml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("title:")]
    path.write_text("\n".join([f"title: Harbour lights {chance.random()}", *lines]) + "\n")


EDITS: tuple[Edit, ...] = (edit, add, delete, rename, rename_the_survey)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return survey(FIXTURES / "survey", tmp_path / "kept")


@pytest.mark.parametrize("seed", range(2))
def test_a_site_built_on_is_the_site_built_from_nothing(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    build(folder)
    for number in range(3):
        for change in chance.sample(EDITS, 2):
            change(folder, chance)
        cold = tmp_path / f"cold-{number}"
        shutil.copytree(folder / "content", cold / "content")
        build(folder)
        build(cold, use_cache=False)
        assert contents(folder / "_site") == contents(cold / "_site")
        assert contents(folder / "content") == contents(cold / "content")


def test_one_edit_draws_few_pages_anew(folder: Path) -> None:
    build(folder)
    build(folder)
    chosen = papers(folder)[0]
    chosen.write_text(chosen.read_text() + "\n## Notes\nWorth a second look.\n")
    report = build(folder)
    assert 0 < report.written < report.unchanged


def test_each_rewritten_file_is_told_with_its_reason(folder: Path) -> None:
    build(folder)
    build(folder)
    chosen = papers(folder)[0]
    chosen.write_text(chosen.read_text() + "\n## Notes\nWorth a second look.\n")
    options = BuildOptions(folder / "content", folder / "_site", explain=True)
    report = rebuild.build(options)
    told = dict(report.rewritten)
    own = chosen.relative_to(folder / "content").as_posix().replace(".md", ".html")
    assert told[own] == reasons.EDITED
    assert len(told) == report.written
    assert set(told.values()) <= {reasons.EDITED, reasons.AROUND, reasons.GATHERED, reasons.NEW}


@pytest.fixture
def settled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A survey just built, whose files are older than a tick of the clock."""
    monkeypatch.setattr("conspectus.model.stamps.FINE", -1)
    monkeypatch.setattr("conspectus.model.stamps.COARSE", -1)
    build(folder)
    return folder


def test_a_build_of_what_nobody_touched_runs_no_stage(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> BuildReport:
        raise AssertionError("the stages were run")

    monkeypatch.setattr("conspectus.pipeline.build", refused)
    report = build(settled)
    assert (report.written, report.removed) == (0, 0)
    assert report.unchanged == len(contents(settled / "_site")) - 1  # all but the mark


@pytest.mark.parametrize(
    "touched",
    ["_site/index.html", "content/survey.yaml", "content/topics.lock", "content/permalinks.txt"],
)
def test_whatever_is_touched_is_noticed(settled: Path, touched: str) -> None:
    before = contents(settled / "_site")
    path = settled / touched
    path.write_text(path.read_text() + "\n")
    build(settled)
    after = contents(settled / "_site")
    assert after.keys() == before.keys()
    assert after["index.html"] == before["index.html"]


def test_a_survey_s_own_template_is_noticed(settled: Path) -> None:
    (settled / "templates").mkdir()
    (settled / "templates" / "missing.html").write_text("<!doctype html><p>Lost\n")
    build(settled)
    assert b"Lost" in contents(settled / "_site")["404.html"]


def test_a_page_that_someone_removed_is_drawn_again(settled: Path) -> None:
    page = settled / "_site" / "about.html"
    before = page.read_bytes()
    page.unlink()
    build(settled)
    assert page.read_bytes() == before


def test_the_number_of_processes_does_not_show(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    build(folder, jobs=1)
    build(other, jobs=3)
    assert contents(folder / "_site") == contents(other / "_site")
