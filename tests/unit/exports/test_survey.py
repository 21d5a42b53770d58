"""How to cite the survey itself."""

from __future__ import annotations

import datetime
import re

import bibtexparser
import pytest
import yaml

from conspectus.citations import survey_citation
from conspectus.exports import survey
from conspectus.settings import Curator, Settings
from tests.support.makers import paper

SETTINGS = Settings(
    id="slow-machines",
    title="Slow Machines: moss & {more}",
    description='Lighthouses, "moss"\nand pigeons.',
    curator=Curator("Saltmere & Sons", "https://example.org/saltmere"),
    base_url="https://example.org/slow/",
    licence="CC BY 4.0",
    repository="https://example.com/saltmere/slow",
)
PAPERS = (paper("a", "Moss", listed=datetime.date(2024, 5, 6)), paper("b", "Pigeons"))


def test_citation_cff_says_what_is_known_and_reads_as_yaml() -> None:
    assert yaml.safe_load(survey_citation(PAPERS, SETTINGS).cff) == {
        "cff-version": "1.2.0",
        "message": "Please cite this survey by these data.",
        "type": "dataset",
        "title": "Slow Machines: moss & {more}",
        "abstract": 'Lighthouses, "moss" and pigeons.',
        "version": survey_citation(PAPERS, SETTINGS).version,
        "date-released": "2024-05-06",
        "license": "CC-BY-4.0",
        "url": "https://example.org/slow/",
        "repository": "https://example.com/saltmere/slow",
        "authors": [{"name": "Saltmere & Sons", "website": "https://example.org/saltmere"}],
    }


def test_the_file_stands_among_the_exports() -> None:
    (output,) = survey.outputs(PAPERS, SETTINGS)
    assert output.path == "exports/CITATION.cff"
    assert output.body.decode() == survey_citation(PAPERS, SETTINGS).cff


@pytest.mark.parametrize(
    ("papers", "settings"), [((), SETTINGS), (PAPERS, Settings(id="anonymous"))]
)
def test_there_is_no_file_for_an_empty_survey_or_one_without_a_curator(
    papers: tuple[()], settings: Settings
) -> None:
    assert list(survey.outputs(papers, settings)) == []


def test_a_licence_without_a_known_name_is_left_out_of_the_file() -> None:
    odd = Settings(id="x", curator=Curator("Mo"), licence="ask Mo")
    assert "license" not in yaml.safe_load(survey_citation(PAPERS, odd).cff)


def test_bibtexparser_reads_the_surveys_entry() -> None:
    library = bibtexparser.parse_string(survey_citation(PAPERS, SETTINGS).bibtex)
    (entry,) = library.entries
    assert library.failed_blocks == []
    assert (entry.entry_type, entry.key) == ("misc", "slow-machines")
    assert entry["author"] == r"{Saltmere \& Sons}"
    assert entry["title"] == r"Slow Machines: moss \& \textbraceleft{}more\textbraceright{}"
    assert entry["note"].endswith("newest paper of 2024-05-06")
    assert "year" not in entry.fields_dict


@pytest.mark.parametrize(
    "changed",
    [
        paper("a", "Moss!"),
        paper("c", "Moss"),
        paper("a", "Moss", "It grows."),
        paper("a", "Moss", venue="Letters"),
    ],
)
def test_the_version_follows_from_what_the_papers_say(changed: object) -> None:
    before = survey_citation((paper("a", "Moss"),), SETTINGS).version
    assert re.fullmatch("[0-9a-f]{8}", before)
    assert survey_citation((changed,), SETTINGS).version != before  # type: ignore[arg-type]
    assert survey_citation((paper("a", "Moss"),), Settings(id="other")).version == before
