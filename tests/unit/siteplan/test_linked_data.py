"""JSON-LD says what is known, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from conspectus.model.papers import Author, Paper, PartialDate
from conspectus.settings import Settings
from conspectus.siteplan.linked_data import article, website
from conspectus.siteplan.views import TopicMark
from tests.support.makers import paper

MARK = TopicMark("robots", "topics/robots.html", "robots", 1, 1)


def graph(made: Paper, settings: Settings | None = None) -> list[dict[str, Any]]:
    text = article(made, (MARK,), settings or Settings())
    return list(json.loads(text.split(">", 1)[1].rsplit("<", 1)[0])["@graph"])


def test_an_unknown_fact_is_left_out() -> None:
    assert graph(paper("a", "Getting up")) == [
        {"@type": "ScholarlyArticle", "headline": "Getting up"}
    ]


def test_a_known_fact_is_told() -> None:
    known = paper(
        "a",
        authors=(Author("Doe", "Jo", orcid="0000-0002-1825-0097"),),
        published=PartialDate(2024, 5),
        doi="10.1000/x",
        arxiv="2405.00001",
    )
    (facts,) = graph(known)
    assert facts["datePublished"] == "2024-05"
    assert facts["author"][0]["name"] == "Jo Doe"
    assert facts["sameAs"] == ["https://doi.org/10.1000/x", "https://arxiv.org/abs/2405.00001"]


def test_the_way_to_a_paper_is_told_where_the_survey_knows_its_address() -> None:
    _, crumbs = graph(paper("a", "Getting up"), Settings(base_url="https://s.example/"))
    names = [entry["name"] for entry in crumbs["itemListElement"]]
    assert names == ["robots", "Getting up"]


def test_no_title_ends_the_element() -> None:
    text = article(paper("a", "x</script><script>alert(1)</script>"), (), Settings())
    assert text.count("<") == 2


def test_a_survey_without_an_address_says_nothing_of_itself() -> None:
    assert website(Settings()) == ""
    assert "search.html?q=" in website(Settings(base_url="https://s.example/"))
