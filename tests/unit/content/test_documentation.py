"""docs/content.md says what every field and setting is."""

import re
from pathlib import Path

import pytest

from conspectus.content import read_paper
from conspectus.content.papers import KNOWN_FIELDS
from conspectus.importers import FORMATS
from conspectus.model.papers import LINK_KINDS
from conspectus.settings import KNOWN_SETTINGS

PAGE = (Path(__file__).parents[3] / "docs" / "content.md").read_text(encoding="utf-8")
FOLDER = PAGE.split("## Import", maxsplit=1)[0]
ROWS = {match[1] for match in re.finditer(r"^\| `(\w+)` \|", FOLDER, re.MULTILINE)}


def test_every_field_and_setting_has_its_row_and_no_row_is_left_over() -> None:
    assert {*KNOWN_FIELDS, *KNOWN_SETTINGS} == ROWS


@pytest.mark.parametrize("kind", LINK_KINDS)
def test_every_kind_of_link_is_named(kind: str) -> None:
    assert f"`{kind}`" in PAGE


def test_the_example_reads_without_problems() -> None:
    example = PAGE.split("## A paper\n\n")[1].split("\n\nThe file's path")[0]
    text = "\n".join(line.removeprefix("    ") for line in example.split("\n"))

    found, problems = read_paper(text, "papers/moss.md")

    assert (found is not None and found.notes.text, problems) == ("Your own words about it.", ())


@pytest.mark.parametrize("name", FORMATS)
def test_every_import_format_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE
