"""The files for other programs: complete, stable, and as their schemas say."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy

from conspectus import exports
from conspectus.exports import parts
from conspectus.model.papers import Author, Link, PartialDate
from conspectus.model.topics import Analysis, Borderline, Nearby, Quote, Similar, WeightedTerm
from conspectus.publishing import topics_data
from conspectus.settings import Settings
from tests.support.makers import analysis, paper, survey, topic

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
FULL = paper(
    "2023/roses",
    title="Watering *roses*",
    abstract="Roses dry. We propose a hose.",
    authors=(Author("Gärtner", "Rosa", orcid="0000-0002-1825-0097"), Author("Rose Society")),
    published=PartialDate(2023, 5),
    venue="Garden Conference",
    doi="10.1000/x",
    links=(Link("code", "https://code.example/hose"),),
    keywords=("roses",),
    attributes=(("hose", "long"),),
    upvotes=0,
    citekey="gaertner2023watering",
)
BARE = paper("bare", listed=datetime.date(2025, 3, 17), position=2)
PAPERS = (FULL, BARE)
SETTINGS = Settings(id="garden", base_url="https://survey.example/")


def found() -> Analysis:
    rose = topic(
        "roses",
        ["2023/roses"],
        parent="plants",
        terms=(WeightedTerm("rose", 0.5),),
        summary=(Quote("2023/roses", 1),),
        borderline=(Borderline("2023/roses", "other"),),
        nearby=(Nearby("other", ("water",)),),
    )
    whole = analysis(
        topic("plants", ["2023/roses", "bare"], children=("other", "roses")),
        rose,
        topic("other", ["bare"], parent="plants"),
    )
    first, *rest = whole.papers
    similar = (Similar("bare", 0.25, ("water",)),)
    return Analysis(
        topics=whole.topics,
        papers=(type(first)("2023/roses", "roses", ("hose",), similar, (), (0, 0), (0, 0)), *rest),
    )


def files(settings: Settings = SETTINGS, *, of: Analysis | None = None) -> dict[str, bytes]:
    corpus = survey(*PAPERS).corpus
    return {o.path: o.body for o in exports.outputs(corpus, of or found(), settings)}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def test_there_is_a_bibliography_of_all_and_of_every_topic_leaf_or_not() -> None:
    names = {path for path in files() if path.startswith("exports/")}
    assert names == {
        f"exports/{stem}.{ending}"
        for stem in ("all", "topics/plants", "topics/roses", "topics/other")
        for ending in ("bib", "ris", "csl.json")
    }


def test_bibliographies_hold_their_papers_in_every_format() -> None:
    written = files()
    assert [
        entry.key
        for entry in bibtexparser.parse_string(written["exports/all.bib"].decode()).entries
    ] == ["gaertner2023watering", "bare"]
    assert len(rispy.loads(written["exports/all.ris"].decode())) == 2
    assert [entry["id"] for entry in json.loads(written["exports/topics/roses.csl.json"])] == [
        "gaertner2023watering"
    ]


def test_bibliographies_carry_the_abstracts() -> None:
    assert json.loads(files()["exports/all.csl.json"])[0]["abstract"] == FULL.abstract.text


def test_data_fit_their_schemas() -> None:
    written = files()
    jsonschema.validate(json.loads(written["data/papers.json"]), schema("papers.json"))
    jsonschema.validate(json.loads(written["data/topics.json"]), schema("topics.json"))


@pytest.mark.parametrize("name", ["papers.json", "topics.json"])
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_data_of_papers_say_what_is_known() -> None:
    full, bare = json.loads(files()["data/papers.json"])["papers"]
    assert full["topic"] == "roses"
    assert full["title"] == "Watering roses"
    assert full["published"] == "2023-05"
    assert full["listed"] is None
    assert full["links"] == [{"kind": "code", "url": "https://code.example/hose"}]
    assert full["similar"] == [{"id": "bare", "score": 0.25, "terms": ["water"]}]
    assert full["contribution"] == "We propose a hose."
    assert full["upvotes"] == 0
    assert bare["listed"] == "2025-03-17"
    assert bare["published"] is None
    assert "authors" not in bare


def test_data_of_topics_say_what_is_known() -> None:
    topics = {each["id"]: each for each in json.loads(files()["data/topics.json"])["topics"]}
    assert topics["plants"]["parent"] is None
    assert topics["plants"]["papers"] == ["2023/roses", "bare"]
    assert topics["roses"]["terms"] == [{"term": "rose", "weight": 0.5}]
    assert topics["roses"]["summary"] == [{"paper": "2023/roses", "sentence": "We propose a hose."}]


def test_data_hold_one_paper_a_line_so_that_a_change_is_a_line() -> None:
    assert files()["data/papers.json"].decode().count("\n") == len(PAPERS) + 2


def test_an_empty_survey_has_data_that_say_so_and_no_bibliography() -> None:
    written = {o.path: o.body for o in exports.outputs(survey().corpus, Analysis(), SETTINGS)}
    assert json.loads(written["data/papers.json"]) == {"schema": 1, "count": 0, "papers": []}
    assert json.loads(written["data/topics.json"]) == {"schema": 1, "count": 0, "topics": []}
    assert not any(path.startswith("exports/") for path in written)


def test_without_a_base_url_no_address_is_made_up() -> None:
    written = files(Settings(id="garden"))
    assert "url" not in written["exports/topics/other.bib"].decode()
    assert "https://survey.example" not in b"".join(written.values()).decode()


def test_above_the_bound_papers_are_split_by_their_own_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conspectus.settings.sizes.MOST_WHOLE", 1)
    written = files()
    index = json.loads(written["data/papers.json"])
    jsonschema.validate(index, schema("papers.json"))
    ids = []
    part_schema = schema("papers.json")
    part_schema = {"$defs": part_schema["$defs"], "$ref": "#/$defs/part"}
    for name in index["parts"]:
        part = json.loads(written[f"data/{name}"])
        jsonschema.validate(part, part_schema)
        ids += [each["id"] for each in part["papers"]]
    assert sorted(ids) == ["2023/roses", "bare"]
    name = parts.coarse("bare")
    assert b"@misc{bare," in written[f"exports/all/{name}.bib"]
    assert f"all/{name}.bib" in written["exports/all.bib"].decode()
    assert f"all/{name}.csl.json" in json.loads(written["exports/all.csl.json"])["parts"]


def test_above_the_bound_topics_come_in_parts_that_read_as_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    together = json.loads(files()["data/topics.json"])["topics"]
    monkeypatch.setattr("conspectus.settings.sizes.MOST_WHOLE", 1)
    written = files()
    jsonschema.validate(json.loads(written["data/topics.json"]), schema("topics.json"))
    part_schema = {"$defs": schema("topics.json")["$defs"], "$ref": "#/$defs/part"}
    for path, body in written.items():
        if path.startswith("data/topics"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(body)
        if path.startswith("data/topics/"):
            jsonschema.validate(json.loads(body), part_schema)
    assert topics_data.read(tmp_path / topics_data.NAME) == together


def test_what_other_papers_change_comes_in_more_parts_than_what_they_do_not() -> None:
    many = [paper(f"rose-{number}", "A rose") for number in range(5000)]
    assert len(parts.parts(many, parts.coarse)) == 256
    assert 1000 < len(parts.parts(many, parts.fine)) <= 1024
