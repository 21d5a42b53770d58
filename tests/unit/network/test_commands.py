"""`conspectus import arxiv:…` and `conspectus complete`: what they print, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from conspectus.cli import network, run
from tests.unit.network import answers
from tests.unit.network.answers import ABSTRACT, MOSS, OTHER
from tests.unit.network.serving import Server, client_to, ok, refused


@pytest.fixture
def folder(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the commands are run, with a network that is this server."""
    monkeypatch.setattr(network, "client", lambda _: client_to(server))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bare(folder: Path) -> Path:
    path = folder / "content" / "papers" / "moss.md"
    path.parent.mkdir(parents=True)
    path.write_text(f'---\ntitle: "{MOSS}"\n---\n{ABSTRACT}\n', encoding="utf-8")
    return path


def test_papers_are_imported_by_name(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.on("/api/query", ok(answers.atom({})))
    assert run(["import", "arxiv:2501.00001"]) == 0
    assert "1 entries: 1 added" in capsys.readouterr().out
    assert (folder / "content/papers/moss-networks-slow-learning-on-wet-stone.md").exists()


def test_a_network_that_refuses_is_an_error_with_a_remedy(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.on("/groups/1/items/top", refused("403 Forbidden"))
    assert run(["import", "zotero:1"]) == 1
    said = capsys.readouterr()
    assert "zotero:1: error: 127.0.0.1 refuses access (403)\n    " in said.err
    assert "Traceback" not in said.err


def test_complete_shows_scores_and_the_diff(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bare(folder)
    server.on("/works", ok(answers.openalex({})))
    assert run(["complete"]) == 0
    said = capsys.readouterr()
    assert "content/papers/moss.md: openalex: title 1.00, abstract 1.00\n" in said.err
    assert "+doi: 10.1000/moss\n" in said.out
    assert said.out.endswith("1 paper: 1 completed, 0 with candidates only, 0 not found\n")
    assert "doi: 10.1000/moss" in path.read_text()


def test_a_dry_run_of_complete_writes_nothing(folder: Path, server: Server) -> None:
    path = bare(folder)
    before = path.read_bytes()
    server.on("/works", ok(answers.openalex({})))
    assert run(["complete", "--dry-run", "moss"]) == 0
    assert path.read_bytes() == before


def test_candidates_of_a_hostile_service_reach_no_terminal(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    bare(folder)
    hostile = {"abstract": OTHER, "authors": ("Mo \x1b[2J\u202eExample",)}
    server.on("/works", ok(answers.openalex(hostile)), ok(answers.crossref()))
    server.on("/api/query", ok(answers.atom()))
    assert run(["complete"]) == 0
    said = capsys.readouterr()
    assert "its abstract is another" in said.err
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out + said.err


def test_an_unknown_paper_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare(folder)
    assert run(["complete", "mosss"]) == 1
    assert 'did you mean "moss"?' in capsys.readouterr().err


def test_without_a_survey_the_usage_is_wrong(folder: Path) -> None:
    assert run(["complete"]) == 2
