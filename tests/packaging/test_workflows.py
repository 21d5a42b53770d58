"""The workflows are valid, and do what one does on one's own machine."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.building import ROOT
from tests.support.workflows import assert_valid

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def _commands(workflow: Path) -> list[str]:
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_valid_by_its_schema(workflow: Path) -> None:
    assert_valid(workflow, "vendor.github-workflows")
    assert_valid(workflow, "custom.github-workflows-require-timeout")


def test_publishing_builds_with_the_command_that_people_use() -> None:
    assert _commands(ROOT / ".github" / "workflows" / "publish.yml") == ["make site"]


def test_continuous_integration_runs_what_people_run() -> None:
    assert _commands(ROOT / ".github" / "workflows" / "ci.yml") == [".ci/run"]
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec make test"


def test_publishing_may_write_pages_and_nothing_else() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text())

    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert all("permissions" not in job for job in workflow["jobs"].values())


def test_the_commit_hook_calls_the_command_that_continuous_integration_calls() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]

    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == ["make check"]
