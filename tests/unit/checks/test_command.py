"""`conspectus check`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conspectus.cli import network, run
from tests.support.building import CONTENT
from tests.unit.network.serving import Server, client_to, ok, refused, serving

WHOLE = "authors: [Mo Example]\npublished: 2024\ndoi: 10.1000/{id}\n"
TEXTS = {
    "lamps": "We light lamps on piers and count the moths that come to each of them by night.",
    "piers": "A pier decays from its feet. We measure how deep the sea has bitten in ten years.",
    "slates": "Roofs of slate outlive those who lay them, as parish registers of repairs show.",
}


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three papers that lack nothing, in which the command is run."""
    for paper, abstract in TEXTS.items():
        written(tmp_path, paper, abstract=abstract)
    (tmp_path / "content" / "survey.yaml").write_text("title: Moss\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(survey: Path, paper: str, front: str = "", abstract: str = "It is so.") -> Path:
    path = survey / "content" / "papers" / f"{paper}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = WHOLE.format(id=paper)
    path.write_text(f"---\ntitle: About {paper}\n{whole}{front}---\n{abstract}\n", encoding="utf-8")
    return path


def test_a_sound_survey_is_said_to_be_so(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("3 papers: no problems\n", "")


def test_findings_have_places_and_remedies_and_do_not_end_with_1(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(survey, "lamps", abstract="We light lamps at http://localhost/ and.")
    assert run(["check"]) == 0
    said = capsys.readouterr()
    assert said.err == (
        "content/papers/lamps.md:7:19: warning: "
        "the link http://localhost/ looks dead: its host is no public one\n"
        "    correct it, or delete it\n1 warning\n"
    )
    assert said.out == "3 papers: 1 warning\n"


def test_errors_come_with_1_and_before_all_findings(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(survey, "lamps", "year: 20201-05\nposition: first\n", "See http://localhost/ and.")
    assert run(["check"]) == 1
    err = capsys.readouterr().err
    assert "error: position" in err
    assert "localhost" not in err


def test_papers_without_a_way_to_their_text_are_counted(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = survey / "content" / "papers" / "lamps.md"
    path.write_text(path.read_text().replace("doi: 10.1000/lamps\n", ""))
    run(["check"])
    assert capsys.readouterr().out == "3 papers: 1 warning; 1 without a way to their text\n"


def test_many_findings_of_a_kind_are_cut_short_in_the_text(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = " ".join(f"http://localhost/{n}" for n in range(14))
    written(survey, "lamps", abstract=f"We light lamps at {links}.")
    run(["check"])
    err = capsys.readouterr().err
    assert err.count("looks dead") == 10
    assert err.endswith("4 more of dead-link: --format json lists them\n")


def test_json_lists_everything_with_its_papers(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = " ".join(f"http://localhost/{n}" for n in range(14))
    written(survey, "lamps", "titel: x\n", f"We light lamps at {links}.")
    assert run(["check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["papers"], found["errors"], found["warnings"]) == (3, 0, 15)
    assert found["problems"][0]["check"] == "content"
    assert found["problems"][-1] == {
        "check": "dead-link",
        "path": "content/papers/lamps.md",
        "line": 8,
        "column": found["problems"][-1]["column"],
        "severity": "warning",
        "message": "the link http://localhost/13 looks dead: its host is no public one",
        "remedy": "correct it, or delete it",
        "papers": ["lamps"],
    }


def test_annotations_are_escaped_for_github(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(survey, "lamps", abstract="100% of lamps, at http://localhost/%0A::error::x and.")
    run(["check", "--format", "github"])
    annotation, summary = capsys.readouterr().out.splitlines()
    place = "file=content/papers/lamps.md,line=7,col=19"
    assert annotation.startswith(f"::warning {place},title=Conspectus::the link http://localhost/")
    assert "%250A::error::x" in annotation
    assert summary == "3 papers: 1 warning"


def test_a_path_cannot_forge_an_annotations_properties() -> None:
    from conspectus.cli.checking import _property

    assert _property("a,line=9:b%\n.md") == "a%2Cline=9%3Ab%25\\n.md"


def test_nothing_is_written_without_fix(survey: Path) -> None:
    written(survey, "lamps", "journal: Moths\n")
    before = {path: path.read_bytes() for path in survey.rglob("*") if path.is_file()}
    run(["check"])
    assert {path: path.read_bytes() for path in survey.rglob("*") if path.is_file()} == before


def test_fix_writes_what_is_certain_and_shows_it(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(survey, "lamps", "journal: Moths\n", TEXTS["lamps"])
    assert run(["check", "--fix"]) == 0
    said = capsys.readouterr()
    assert "-journal: Moths\n+venue: Moths\n" in said.out
    assert "fixed: 1 file\n" in said.err
    assert said.out.endswith("3 papers: no problems\n")
    assert "venue: Moths\n" in path.read_text()


def test_fix_leaves_an_unreadable_file_alone(survey: Path) -> None:
    path = survey / "content" / "papers" / "broken.md"
    path.write_bytes(b"---\ntitle: \xff\n---\n")
    assert run(["check", "--fix"]) == 1
    assert path.read_bytes() == b"---\ntitle: \xff\n---\n"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    with serving() as running:
        monkeypatch.setattr(network, "client", lambda _: client_to(running))
        yield running


def links_to(server: Server, survey: Path, *paths: str) -> None:
    urls = " ".join(server.url + path for path in paths)
    written(survey, "lamps", abstract=f"We light lamps at {urls} by night.")


def test_online_asks_every_link_and_names_the_dead(
    survey: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.on("/alive", ok())
    server.on("/busy", refused("503 Busy"))
    links_to(server, survey, "/alive", "/dead", "/busy")
    assert run(["check", "--online", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    said = [each["message"] for each in found if "/busy" not in each["message"]]
    assert said == [f"the link {server.url}/dead is dead: its host answers 404"]


def test_hosts_that_do_not_answer_are_counted_and_not_blamed(
    survey: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.on("/busy", refused("503 Busy"))
    links_to(server, survey, "/busy")
    run(["check", "--online"])
    assert "1 link gave no answer" in capsys.readouterr().err


def test_an_offline_machine_blames_no_link(
    survey: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    links_to(server, survey, "/a", "/b")
    asked = client_to(server, allows_loopback=False)

    def resolver(host: str, port: int) -> list[str]:
        raise OSError("no network")

    from dataclasses import replace

    asked.line = replace(asked.line, resolver=resolver)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "client", lambda _: asked)
        assert run(["check", "--online"]) == 1
    said = capsys.readouterr().err
    assert "no link could be asked: 127.0.0.1 cannot be reached" in said
    assert "is dead" not in said


def test_the_report_of_the_published_survey_is_short(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["check", "--content", str(CONTENT), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["papers"] >= 100
    assert len(found["problems"]) <= 10
