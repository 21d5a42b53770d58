"""One page of each kind against its copy: a change of template shows in review."""

from __future__ import annotations

import difflib
import json

import pytest

from conspectus.model.topics import Analysis
from tests.golden import golden
from tests.support import values

REMEDY = "if the pages should look so: run `make golden`, and read the difference before committing"


@pytest.fixture(scope="module")
def rendered() -> dict[str, str]:
    return golden.pages()


def test_the_copy_has_a_page_of_each_kind(rendered: dict[str, str]) -> None:
    assert sorted(golden.kept()) == sorted(rendered), REMEDY


@pytest.mark.parametrize("permalink", sorted(golden.kept()))
def test_a_page_is_as_its_copy(permalink: str, rendered: dict[str, str]) -> None:
    now, then = rendered.get(permalink, ""), golden.kept()[permalink]
    lines = difflib.unified_diff(then.splitlines(), now.splitlines(), "copy", "now", lineterm="")
    assert now == then, "\n".join([*[*lines][:40], REMEDY])


def test_the_stored_analysis_reads_back_as_it_was_written() -> None:
    stored = json.loads(golden.ANALYSIS.read_text(encoding="utf-8"))
    assert values.written(values.read(Analysis, stored)) == stored
