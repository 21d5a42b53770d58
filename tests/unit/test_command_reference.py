"""docs/commands.md and the shells know every command, option and variable."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import reference
from tests.support.building import ROOT, conspectus

PAGE = reference.PAGE.read_text(encoding="utf-8")


def completed(*words: str) -> list[str]:
    """What the Tab key offers behind these words; the last one is being typed."""
    asked = {
        "_CONSPECTUS_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("conspectus", *words)),
        "COMP_CWORD": str(len(words)),
    }
    run = conspectus(cwd=ROOT, environment=asked)
    return [line.partition(",")[2] for line in run.stdout.splitlines()]


def test_every_command_and_option_is_told_as_the_program_tells_it() -> None:
    written = PAGE.partition(reference.MARK)[2]
    assert written == reference.told(), "write it anew: python -m tests.support.reference"


def test_every_variable_of_the_environment_is_told_and_none_is_left_over() -> None:
    source = "".join(p.read_text("utf-8") for p in sorted(Path(ROOT, "conspectus").rglob("*.py")))
    used = set(re.findall(r"\bCONSPECTUS_[A-Z_]+\b", source))
    assert set(re.findall(r"^\| `(CONSPECTUS_\w+)` \|", PAGE, re.MULTILINE)) == used


def test_the_tab_key_completes_commands() -> None:
    assert completed("im") == ["import"]
    assert completed("topics", "") == ["diff", "refresh"]


def test_the_tab_key_completes_options_and_their_choices() -> None:
    assert completed("digest", "--se") == ["--send"]
    assert completed("check", "--format", "") == ["text", "json", "github"]


def test_options_without_a_command_are_those_of_build() -> None:
    assert "--frozen" in completed("--strict", "--")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_line_and_the_program_answers_it(shell: str) -> None:
    assert f"_CONSPECTUS_COMPLETE={shell}_source conspectus" in PAGE
    run = conspectus(cwd=ROOT, environment={"_CONSPECTUS_COMPLETE": f"{shell}_source"})
    assert (run.returncode, "_conspectus_completion" in run.stdout) == (0, True)


def test_bash_takes_the_line_as_it_is_told(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash
    program = tmp_path / "conspectus"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m conspectus "$@"\n')
    program.chmod(0o755)
    [line] = re.findall(r'`(eval "\$\(_CONSPECTUS_COMPLETE=bash_source conspectus\)")`', PAGE)
    script = (
        f'PATH="{tmp_path}:$PATH"; {line}; COMP_WORDS=(conspectus pub); COMP_CWORD=1; '
        '_conspectus_completion conspectus; echo "${COMPREPLY[@]}"'
    )
    run = subprocess.run([bash, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["publish"]
