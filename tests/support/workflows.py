"""Workflows in; what their steps do on this machine, with git and without the service, out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support.building import ROOT
from tests.support.repositories import ENVIRONMENT, git

_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
_RECORDED = """#!/bin/sh
{{ echo "{name} $*"
for file in "$@"; do case "$file" in *.md) cat "${{file##*@}}";; esac; done; }} >> "$RECORD"
{then}
"""
_CONSPECTUS = f'#!/bin/sh\nexec "{sys.executable}" -m conspectus "$@"\n'


def assert_valid(file: Path, schema: str, *options: str) -> None:
    """Fail where a file is not what its schema, one of check-jsonschema's own, asks for."""
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *options, str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@dataclass(frozen=True)
class Machine:
    """Where steps run: a folder of tools, and an account of what the service was asked to do."""

    folder: Path
    origin: Path
    answers: Mapping[str, str] = field(default_factory=dict)
    """What a tool does after it has recorded that it was called, in shell, by its name."""

    def __post_init__(self) -> None:
        tools = self.folder / "tools"
        tools.mkdir(parents=True)
        for name in ("gh", "curl"):
            _write_tool(tools / name, _RECORDED.format(name=name, then=self.answers.get(name, "")))
        _write_tool(tools / "conspectus", _CONSPECTUS)
        _write_tool(tools / "pip", "#!/bin/sh\n")

    @property
    def asked(self) -> str:
        """Every call of the service, one a line, with the bodies that it was given."""
        record = self.folder / "record"
        return record.read_text() if record.exists() else ""

    def clone(self, name: str, branch: str = "main") -> Path:
        """A fresh checkout, as shallow as the services make it."""
        place = self.folder / name
        git(
            self.folder, "clone", "--quiet", "--depth=1", f"--branch={branch}",
            self.origin.as_uri(), str(place),
        )  # fmt: skip
        return place

    def run(self, script: str, workspace: Path, variables: Mapping[str, str]) -> str:
        """What a script prints, run as the services run it; raises CalledProcessError."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "CI_"))}
        own = {
            **ENVIRONMENT,
            "PATH": f"{self.folder / 'tools'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "RECORD": str(self.folder / "record"),
        }
        run = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=workspace,
            env={**clean, **own, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, script, run.stdout)
        return run.stdout


def github_job(
    machine: Machine, workspace: Path, workflow: str, job: str, context: Mapping[str, str]
) -> str:
    """What the `run` steps of a job print; checkouts into a folder of their own are made."""
    said = ""
    for step in _github(workspace, workflow)["jobs"][job]["steps"]:
        if step.get("uses", "").startswith("actions/checkout") and "path" in step.get("with", {}):
            git(workspace, "fetch", "--quiet", "--depth=1", "origin", "main")
            git(workspace, "worktree", "add", "--quiet", step["with"]["path"], "FETCH_HEAD")
        if "run" in step:
            declared = _github(workspace, workflow)["jobs"][job].get("env", {}) | step.get(
                "env", {}
            )
            variables = {name: evaluated(value, context) for name, value in declared.items()}
            summary = {"GITHUB_STEP_SUMMARY": str(machine.folder / "summary.md")}
            own = {**summary, "GITHUB_REPOSITORY": "ada/moss", **variables}
            said += machine.run(step["run"], workspace, own)
    return said


def gitlab_job(machine: Machine, workspace: Path, job: str, variables: Mapping[str, str]) -> str:
    """What a job's script prints; its lines run in one shell, as they do there."""
    found = yaml.safe_load((workspace / ".gitlab-ci.yml").read_text())
    before = found[job].get("before_script", found["default"]["before_script"])
    return machine.run("\n".join([*before, *found[job]["script"]]), workspace, variables)


def evaluated(value: str, context: Mapping[str, str]) -> str:
    """A value with each `${{ expression }}` replaced by what the context holds."""
    return _EXPRESSION.sub(lambda match: context[match[1]], value)


def github_runs(workflow: Path) -> Iterable[str]:
    """Every script of a workflow."""
    jobs = yaml.safe_load(workflow.read_text())["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def _github(workspace: Path, workflow: str) -> Any:
    return yaml.safe_load((workspace / ".github" / "workflows" / workflow).read_text())


def _write_tool(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
