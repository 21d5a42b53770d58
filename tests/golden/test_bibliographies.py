"""The bibliographies of whole surveys, read back by the programs for which they are made."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
import rispy

from tests.conftest import SiteMaker
from tests.support.building import CONTENT, FIXTURES

SCHEMA = json.loads((Path(__file__).parent / "csl.schema.json").read_text(encoding="utf-8"))
SURVEYS = {
    "seed": CONTENT,
    **{name: FIXTURES / name for name in ("survey", "bottles", "one")},
}


@pytest.fixture(params=sorted(SURVEYS))
def site(request: pytest.FixtureRequest, site_of: SiteMaker) -> Path:
    return site_of(request.param, SURVEYS[request.param])


def papers(site: Path) -> int:
    return int(json.loads((site / "data/papers.json").read_bytes())["count"])


def test_bibtexparser_reads_every_entry_and_no_two_have_one_key(site: Path) -> None:
    for file in sorted((site / "exports").rglob("*.bib")):
        library = bibtexparser.parse_file(str(file))
        assert library.failed_blocks == []
        assert len(library.entries_dict) == len(library.entries)
    library = bibtexparser.parse_file(str(site / "exports/all.bib"))
    assert len(library.entries) == papers(site)


def test_rispy_reads_every_record(site: Path) -> None:
    text = (site / "exports/all.ris").read_text(encoding="utf-8")
    records = rispy.loads(text)
    assert len(records) == papers(site)
    assert all(
        record["primary_title" if "primary_title" in record else "title"] for record in records
    )


def test_every_csl_record_is_as_the_schema_says(site: Path) -> None:
    records = json.loads((site / "exports/all.csl.json").read_bytes())
    jsonschema.validate(records, SCHEMA)
    assert len(records) == papers(site)


def test_the_tex_programs_that_are_installed_take_every_entry(site: Path, tmp_path: Path) -> None:
    shutil.copy(site / "exports/all.bib", tmp_path / "all.bib")
    _bibtex(tmp_path)
    _biber(tmp_path)


def _bibtex(folder: Path) -> None:
    program = shutil.which("bibtex")
    if program is None:
        return
    (folder / "plain.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{all}\n")
    run = subprocess.run(
        [program, "plain"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert "error message" not in run.stdout


def _biber(folder: Path) -> None:
    program = shutil.which("biber")
    if program is None:
        return
    command = [program, "--tool", "--validate-datamodel", "all.bib"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    assert "ERROR" not in run.stdout
