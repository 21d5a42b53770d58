"""The command line: what it says, where, and the code with which it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus import __version__, cli, importers, publishing, rebuild
from conspectus.cli import papers, run
from conspectus.cli.commands import conspectus
from conspectus.cli.options import DefaultGroup
from conspectus.cli.terminal import safe, tally
from conspectus.model.builds import BuildOptions, BuildReport
from conspectus.problems import Location, Problem, ProblemsError, error, warning

ROOT = Path(__file__).parents[2]
ABSTRACT = "---\ntitle: {title}\n---\nWe count the moss on {title} and find that it grows.\n"

Build = Callable[[BuildOptions], BuildReport]


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three papers, in which the command is run."""
    write_papers(tmp_path, "lamps", "piers", "slates")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_papers(survey: Path, *titles: str) -> None:
    (survey / "content" / "papers").mkdir(parents=True)
    for title in titles:
        text = ABSTRACT.format(title=title)
        (survey / "content" / "papers" / f"{title}.md").write_text(text)


def built_by(monkeypatch: pytest.MonkeyPatch, build: Build) -> None:
    monkeypatch.setattr(rebuild, "build", build)


def report(*problems: Problem, notes: tuple[str, ...] = ()) -> BuildReport:
    return BuildReport(2, 1, 1, 5, 0, problems, notes)


# Building


def test_a_build_ends_with_one_line_that_says_where_to_look(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built_by(monkeypatch, lambda _: report())
    assert run(["build"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2 papers, 1 topic: 1 file written, 5 unchanged, 0 removed, ")
    assert out.endswith(" s → _site/index.html\n")


@pytest.mark.parametrize("arguments", [[], ["build"], ["--strict"], ["build", "--strict"]])
def test_without_a_command_the_command_is_build(
    survey: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    asked: list[bool] = []

    def build(options: BuildOptions) -> BuildReport:
        asked.append(options.strict)
        return report()

    built_by(monkeypatch, build)
    assert run(arguments) == 0
    assert asked == ["--strict" in arguments]


def test_every_option_of_a_build_reaches_it(survey: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[BuildOptions] = []

    def build(options: BuildOptions) -> BuildReport:
        asked.append(options)
        return report()

    built_by(monkeypatch, build)
    (survey / "texts").mkdir()
    run(
        [
            "build",
            "--content",
            "texts",
            "--output",
            "out",
            "--frozen",
            "--strict",
            "--jobs",
            "3",
            "--no-cache",
        ]
    )
    assert asked == [
        BuildOptions(Path("texts"), Path("out"), frozen=True, strict=True, jobs=3, use_cache=False)
    ]


def test_warnings_and_notes_of_a_build_go_to_stderr(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = warning(Location("content/papers/a.md"), "no abstract", "add one")
    built_by(monkeypatch, lambda _: report(found, notes=("clustered from scratch",)))
    assert run([]) == 0
    assert capsys.readouterr().err == (
        "note: clustered from scratch\n"
        "content/papers/a.md: warning: no abstract\n    add one\n1 warning\n"
    )


def test_all_errors_are_shown_in_order_then_counted(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise ProblemsError(
            [
                error(Location("content/papers/b.md", 2, 5), "no date", "write one"),
                error(Location("content/papers/a.md", 10), "no title", "write one"),
                warning(Location("content/papers/a.md", 9), "odd", "look at it"),
            ]
        )

    built_by(monkeypatch, build)
    assert run([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [line for line in said.err.splitlines() if not line.startswith("    ")] == [
        "content/papers/a.md:9:1: warning: odd",
        "content/papers/a.md:10:1: error: no title",
        "content/papers/b.md:2:5: error: no date",
        "2 errors, 1 warning",
    ]


def test_a_mistake_of_ours_is_one_line_and_no_traceback(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise KeyError("moss\x1b[2J")

    built_by(monkeypatch, build)
    assert run([]) == 1
    err = capsys.readouterr().err
    assert err.startswith("conspectus: internal error: KeyError: 'moss\\x1b[2J' (test_cli.py:")
    assert "Traceback" not in err


def test_a_variable_shows_the_traceback(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise KeyError("moss")

    built_by(monkeypatch, build)
    monkeypatch.setenv("CONSPECTUS_TRACEBACK", "1")
    assert run([]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_refusal_of_the_system_is_not_called_our_mistake(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise PermissionError(13, "Permission denied", "content/topics.lock")

    built_by(monkeypatch, build)
    assert run([]) == 1
    assert capsys.readouterr().err == "conspectus: error: content/topics.lock: permission denied\n"


def test_an_interrupted_build_ends_with_130(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise KeyboardInterrupt

    built_by(monkeypatch, build)
    assert run([]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_second_interrupt_while_the_first_is_answered_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 130


def test_a_build_first_completes_what_a_dead_one_left(
    survey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing.publish([], [], survey / "_site", program="1")
    (survey / "_site").rename(survey / "._site.conspectus-staging")
    (survey / "._site.conspectus-journal").touch()

    def build(_: BuildOptions) -> BuildReport:
        assert (survey / "_site").is_dir()
        raise ProblemsError([error(Location("content"), "wrong", "mend it")])

    built_by(monkeypatch, build)
    assert run([]) == 1


def test_a_survey_is_built(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert (survey / "_site" / "papers" / "lamps.html").is_file()
    assert capsys.readouterr().out.startswith("3 papers, ")


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--nope"],
        ["build", "--jobs", "0"],
        ["build", "extra"],
        ["build", "--content", "missing"],
        ["build", "--output", "content/site"],
        ["build", "--output", "."],
        ["build", "--output", "content"],
        ["check", "--format", "xml"],
        ["import"],
        ["import", "x", "--listed", "yesterday"],
        ["new"],
        ["init"],
        ["topics", "refresh", "--content", "missing"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(
    survey: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_a_command_misspelt_gets_a_proposal(capsys: pytest.CaptureFixture[str]) -> None:
    run(["biuld"])
    assert "Did you mean build?" in capsys.readouterr().err


def test_a_missing_content_folder_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 2
    assert "conspectus init DIR" in capsys.readouterr().err


def test_a_port_in_use_ends_with_2_and_the_next_free_one(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from conspectus.serve.address import listen

    taken = listen("127.0.0.1", 0)
    with taken.socket:
        assert run(["serve", "--port", str(taken.port)]) == 2
        assert f"port {taken.port} is in use; port " in capsys.readouterr().err


# Checking


def test_check_of_a_broken_survey_ends_with_1(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "content" / "papers" / "lamps.md").write_text("---\nauthors: [A]\n---\n")
    assert run(["check"]) == 1
    assert "content/papers/lamps.md" in capsys.readouterr().err


def test_check_as_json_has_place_message_and_remedy(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "content" / "papers" / "lamps.md").write_bytes(b"---\ntitle: \xff\n---\n")
    assert run(["check", "--format", "json"]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert (found["errors"], said.err) == (1, "")
    assert found["problems"][0].keys() == {
        "check", "path", "line", "column", "severity", "message", "remedy", "papers",
    }  # fmt: skip


def test_check_looks_at_the_surveys_own_templates(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "templates").mkdir()
    (survey / "templates" / "paper.html").write_bytes(b"\xff")
    assert run(["check"]) == 1
    assert "templates/paper.html:1:1: error: is not UTF-8" in capsys.readouterr().err


def test_check_writes_nothing(survey: Path) -> None:
    before = sorted(survey.rglob("*"))
    run(["check"])
    assert sorted(survey.rglob("*")) == before


# Topics


def test_topics_are_listed_with_their_evidence(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["topics"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("3 papers, ")
    assert "start with: " in out


def test_topics_as_json_hold_every_paper(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topics", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    leaves = [topic for topic in found["topics"] if not topic["children"]]
    assert sorted(paper for topic in leaves for paper in topic["papers"]) == [
        "lamps", "piers", "slates",
    ]  # fmt: skip


def test_topics_writes_nothing(survey: Path) -> None:
    before = sorted(survey.rglob("*"))
    run(["topics"])
    run(["topics", "refresh", "--dry-run"])
    assert sorted(survey.rglob("*")) == before


def test_refreshing_topics_writes_the_lock(survey: Path) -> None:
    assert run(["topics", "refresh"]) == 0
    assert (survey / "content" / "topics.lock").is_file()


# Papers


def test_an_import_ends_with_counts_that_add_up(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [{"title": "Of kelp", "abstract": "We grow kelp."}, {"title": "lamps"}, {"x": 1}]
    (survey / "in.jsonl").write_text("\n".join(map(json.dumps, entries)))
    run(["import", "in.jsonl"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "3 entries: 1 added, 0 updated, 1 matched, 1 reported"


def test_a_dry_run_shows_the_files_and_writes_none(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (survey / "in.jsonl").write_text(json.dumps({"title": "Of kelp", "abstract": "We grow."}))
    before = sorted(survey.rglob("*"))
    assert run(["import", "--dry-run", "in.jsonl"]) == 0
    assert "+title: Of kelp" in capsys.readouterr().out
    assert sorted(survey.rglob("*")) == before


def test_a_source_that_is_not_there_is_an_error(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "missing.txt"]) == 1
    assert "missing.txt: error: " in capsys.readouterr().err


def test_the_formats_of_the_help_are_those_of_the_importers() -> None:
    assert papers.FORMATS == importers.FORMATS


def test_a_new_paper_is_a_file_whose_path_is_printed(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "A paper: on quays"]) == 0
    path = Path(capsys.readouterr().out.strip())
    assert "A paper: on quays" in path.read_text()


def test_a_new_survey_builds_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["init", str(tmp_path / "mine")]) == 0
    monkeypatch.chdir(tmp_path / "mine")
    assert run(["build"]) == 0


# What reaches the terminal


@given(st.text())
def test_no_text_steers_the_terminal(text: str) -> None:
    shown = safe(text)
    assert shown.isprintable() or set(shown) - {c for c in shown if c.isprintable()} <= set(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb.md:1:1: error: forged", "a\\nb.md:1:1: error: forged"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x9b2J\x07", "\\x9b2J\\x07"),
        ("a\udcffb", "a\\udcffb"),
        ("naïve 漢字 😀 → \u200d", "naïve 漢字 😀 → \u200d"),
    ],
)
def test_what_would_steer_the_terminal_is_shown_as_code(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_a_problem_cannot_forge_another_line(
    survey: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(_: BuildOptions) -> BuildReport:
        raise ProblemsError([error(Location("a\n0 errors"), "b\x1b[2J\n", "c\nd")])

    built_by(monkeypatch, build)
    run([])
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_problems_are_counted_in_words() -> None:
    wrong = error(Location("a"), "b", "c")
    odd = warning(Location("a"), "b", "c")
    assert tally([wrong, wrong, odd]) == "2 errors, 1 warning"
    assert tally([odd, odd]) == "2 warnings"


# Help, and the process itself


def all_commands(group: click.Group = conspectus) -> list[tuple[str, click.Command]]:
    found = []
    for name, command in group.commands.items():
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {below}", each) for below, each in all_commands(command)]
    return found


@pytest.mark.parametrize(("name", "command"), all_commands())
def test_every_command_has_help_with_examples(
    name: str, command: click.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*name.split(), "--help"]) == 0
    help_text = capsys.readouterr().out
    assert "Examples:\n    conspectus " in help_text
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(("name", "command"), all_commands())
def test_every_command_takes_a_content_folder(name: str, command: click.Command) -> None:
    options = {option for parameter in command.params for option in parameter.opts}
    assert "--content" in options or name == "init"  # which is given the folder around it


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"conspectus {__version__}\n"


def test_the_default_command_exists() -> None:
    assert DefaultGroup.default in conspectus.commands


def process(*command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_build_py_is_the_command() -> None:
    assert process("build.py", "--help").stdout == process("-m", "conspectus", "--help").stdout


def test_help_loads_no_numeric_library() -> None:
    script = (
        "import sys; from conspectus.cli import run; run(['build', '--help']);"
        "sys.exit('numpy' in sys.modules or 'rich' in sys.modules)"
    )
    assert process("-c", script).returncode == 0


def test_a_terminal_that_lacks_letters_gets_codes() -> None:
    ended = process("build.py", "new\u2192", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    script = f'"{sys.executable}" build.py --help | true'
    ended = subprocess.run(
        ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
