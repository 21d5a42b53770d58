"""The documents' commands work as they are written.

Blocks marked `console` are run, top to bottom, each document's in a survey of its own. Blocks
marked `sh` ask the network or a server of the reader's; what they call is checked to exist.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from conspectus.cli.commands import conspectus
from tests.support.building import FIXTURES, ROOT
from tests.support.repositories import ENVIRONMENT, bare, repository

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PAPERS = ("moss-compiler", "moss-growth-model", "pigeon-congestion", "pigeon-routing-protocol")
LISTING = "Slate Roofs in Rain\n\nWe count slate roofs in rain, and wait until it ends.\n"
TOOL = """import os, signal, subprocess, sys
command = ["{python}", "-m", "conspectus", *sys.argv[1:]]
if sys.argv[1:2] != ["serve"]:
    os.execv(command[0], command)
preview = subprocess.Popen([*command, "--port", "0"], stdout=subprocess.PIPE, text=True)
said = preview.stdout.readline()
preview.send_signal(signal.SIGINT)
sys.exit(preview.wait() or not said.startswith("Serving http://127.0.0.1:"))
"""
"""A preview ends when it has begun; everything else is the command itself."""


def blocks(document: Path, mark: str) -> list[str]:
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    return [one.content for one in tokens if one.type == "fence" and one.info.strip() == mark]


@pytest.mark.parametrize(
    "document", [each for each in DOCUMENTS if blocks(each, "console")], ids=lambda path: path.stem
)
def test_the_commands_of_a_document_work_as_they_are_written(
    document: Path, tmp_path: Path
) -> None:
    survey = survey_with_everything_named(tmp_path)
    script = "".join(blocks(document, "console"))
    run = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=survey,
        env={**os.environ, **ENVIRONMENT, **tools(tmp_path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, f"{script}\n{run.stdout}"


@pytest.mark.parametrize("name", ["content", "topics", "search", "hosting", "digest"])
def test_a_document_for_curators_has_commands_that_are_run(name: str) -> None:
    assert blocks(ROOT / "docs" / f"{name}.md", "console")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    assert [line for line in named_commands(document) if not exists(line)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_test_benchmark_and_target_that_a_document_names_exists(document: Path) -> None:
    assert [path for path in named_files(document) if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make (\w+)", document.read_text("utf-8"))) <= targets


def survey_with_everything_named(folder: Path) -> Path:
    """A small survey in a repository of its own, with the files that the documents name."""
    survey = folder / "survey"
    papers = survey / "content" / "papers"
    papers.mkdir(parents=True)
    for name in PAPERS:
        shutil.copy(FIXTURES / "survey" / "papers" / f"{name}.md", papers)
    (survey / "content" / "survey.yaml").write_text("title: Moss and pigeons\n")
    (survey / ".gitignore").write_text("_site/\n.conspectus/\n")
    (survey / "listing.txt").write_text(LISTING)
    shutil.copy(FIXTURES / "imports" / "library.bib", survey / "library.bib")
    shutil.copy(FIXTURES / "imports" / "records.ris", survey / "scopus.ris")
    return repository(survey, bare(folder / "origin.git"))


def tools(folder: Path) -> dict[str, str]:
    """An environment in which the documents' programs are those of this checkout."""
    made = folder / "tools"
    made.mkdir()
    program = folder / "conspectus.py"
    program.write_text(TOOL.replace("{python}", sys.executable))
    # Called by a shell, since a script's first line cannot hold a path with a space.
    call = f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n'
    for name, text in {"conspectus": call, "pip": "#!/bin/sh\n"}.items():
        (made / name).write_text(text)
        (made / name).chmod(0o755)
    (made / "python").symlink_to(sys.executable)
    path = f"{made}:{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(folder)}


def named_commands(document: Path) -> Iterator[str]:
    """Every call of conspectus in code, as one line."""
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    for token in (*tokens, *inline):
        if token.type in {"fence", "code_block", "code_inline"} and token.info != "text":
            for line in token.content.splitlines():
                yield from re.findall(
                    r"(?:^|&& |\| )(conspectus(?: (?!@)[^#&|;]*)?)(?: {2,}#|$|[&|;])", line
                )


def named_files(document: Path) -> Iterator[str]:
    """Every test and benchmark that stands in code, as a path from the checkout's root."""
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    for token in (*tokens, *inline):
        if token.type in {"fence", "code_block", "code_inline"}:
            yield from re.findall(r"(?<![\w/])(?:tests|benchmarks)/[\w/.-]*\w", token.content)
            for module in re.findall(r"-m (tests\.[\w.]+)", token.content):
                yield f"{module.replace('.', '/')}.py"


def exists(line: str) -> bool:
    """Whether the command of a line, and each of its options, is one."""
    words = [word for word in shlex.split(line.replace("…", ""))[1:] if word != "COMMAND"]
    command: click.Command = conspectus
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    asked = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
    known = {name for option in command.params for name in option.opts}
    if command is conspectus:
        known |= {name for option in conspectus.commands["build"].params for name in option.opts}
        return asked <= known and not (words and not words[0].startswith("-"))
    return asked <= known
