"""`conspectus topics diff OLD` compares with a site, its data, or a lock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conspectus.cli import run
from conspectus.model.topics import Lock, LockedPaper, LockedTopic
from conspectus.store import lock as locks

ROBOTS = "Robots fall and get up again by a policy learned in simulation."
WORDS = "Language models read words and answer questions about texts."


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a built survey of two papers, each in a topic of its own by its lock."""
    monkeypatch.chdir(tmp_path)
    papers = tmp_path / "content" / "papers"
    papers.mkdir(parents=True)
    (papers / "robots.md").write_text(f"---\ntitle: Robots\n---\n{ROBOTS}\n", encoding="utf-8")
    (papers / "words.md").write_text(f"---\ntitle: Words\n---\n{WORDS}\n", encoding="utf-8")
    assert run(["build"]) == 0
    return tmp_path


def lock_of(folder: Path, **homes: str) -> Path:
    folder.mkdir()
    topics = tuple(
        LockedTopic(topic, "", slot) for slot, topic in enumerate(sorted(set(homes.values())))
    )
    papers = tuple(
        LockedPaper(p, t, "0" * 16, (-1, -1), (-1, -1)) for p, t in sorted(homes.items())
    )
    locks.write(folder, Lock(topics, papers, len(papers)))
    return folder


def test_a_site_just_built_shows_no_difference(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for old in ("_site", "_site/data/topics.json", "content", "content/topics.lock"):
        assert run(["topics", "diff", old]) == 0
    assert set(capsys.readouterr().out.splitlines()) == {"no topic and no paper moved"}


def test_papers_that_moved_are_named_with_both_topics(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = lock_of(survey / "old", robots="machines", gone="machines", words="machines")
    capsys.readouterr()
    assert run(["topics", "diff", str(old)]) == 0
    out = capsys.readouterr().out
    assert "1 removed, 2 moved" in out
    assert "moved: robots: machines → " in out
    assert "removed: gone: machines" in out


def test_the_json_names_every_change(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = lock_of(survey / "old", robots="machines")
    capsys.readouterr()
    run(["topics", "diff", str(old), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["added"] == ["words"]
    assert found["ended"][0]["topic"] == "machines"


def test_what_holds_no_topics_is_refused_with_a_remedy(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "other").mkdir()
    assert run(["topics", "diff", "other"]) == 1
    assert "name a built site" in capsys.readouterr().err


def test_data_of_another_program_are_refused(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "x.json").write_text('{"topics": [1]}', encoding="utf-8")
    assert run(["topics", "diff", "x.json"]) == 1
    assert "not the topics of a site" in capsys.readouterr().err
