"""What the command prints of hostile texts: nothing that a terminal obeys, and no forged line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.hostile.conftest import Hostile
from tests.support.building import conspectus

OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Controls but the end of a line, and what turns the direction of writing."""
FORGED = re.compile(r"^content/papers/other\.md", re.MULTILINE)


def said(hostile: Hostile) -> Iterator[str]:
    yield hostile.said
    for arguments in (["check"], ["topics"], ["topics", "diff", "content/topics.lock"]):
        run = conspectus(*arguments, cwd=hostile.folder)
        yield run.stdout + run.stderr


def test_no_command_prints_what_a_terminal_obeys(hostile: Hostile) -> None:
    for text in said(hostile):
        assert OBEYED.findall(text) == []
        assert FORGED.findall(text) == []
        assert "Traceback" not in text


@pytest.mark.parametrize("command", ["check", "topics"])
def test_a_report_for_machines_is_json(hostile: Hostile, command: str) -> None:
    run = conspectus(command, "--format", "json", cwd=hostile.folder)
    assert json.loads(run.stdout)
    assert OBEYED.findall(run.stdout) == []
