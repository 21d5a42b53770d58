"""Cards: what a reader's list shows and exports of each paper, in shards that scripts can load."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from conspectus import citations
from conspectus.exports import cards
from conspectus.model.papers import Author, Corpus, Paper, PartialDate
from conspectus.model.site import Output
from conspectus.model.topics import Analysis, PaperAnalysis, Topic
from conspectus.settings import Settings
from conspectus.siteplan.lookup import paper_key


def paper(name: str = "moss", title: str = "On Moss", **fields: Any) -> Paper:
    return Paper(id=name, path="", title=title, title_text=title, title_html=title, **fields)


def corpus(*papers: Paper) -> Corpus:
    return Corpus(tuple(sorted(papers, key=lambda each: each.id)))


def many(count: int) -> Corpus:
    return corpus(*(paper(f"paper-{number}", f"Paper {number}") for number in range(count)))


def files(
    papers: Corpus, analysis: Analysis | None = None, settings: Settings | None = None
) -> dict[str, bytes]:
    look = settings or Settings()
    made: list[Output] = list(
        cards.outputs(papers, analysis or Analysis(), look, citations.Citations())
    )
    assert len({output.path for output in made}) == len(made)
    return {output.path: output.body for output in made}


def read(body: bytes) -> dict[str, dict[str, Any]]:
    """What the script hands to `receive`."""
    text = body.decode()
    found = re.fullmatch(r"conspectus\.cards\.receive\((.*)\);\n", text, re.DOTALL)
    assert found, text
    cards_of_shard = json.loads(found[1])
    assert isinstance(cards_of_shard, dict)
    return cards_of_shard


def shards(made: Mapping[str, bytes]) -> dict[str, dict[str, dict[str, Any]]]:
    """The cards of each shard, by the shard's name."""
    return {
        path.removeprefix("data/cards/").removesuffix(".js"): read(body)
        for path, body in made.items()
        if path != "data/cards/index.js"
    }


def test_a_card_holds_what_a_list_shows_and_exports() -> None:
    one = paper(
        "2024/moss",
        "On Moss",
        authors=(Author("Varga", "Ilona"), Author("Saltmere Reading Group")),
        published=PartialDate(2024, 3),
        venue="Annals of Moss",
        citekey="varga2024moss",
    )

    card = shards(files(corpus(one)))["all"][paper_key("2024/moss")]

    assert card["id"] == "2024/moss"
    assert card["title"] == "On Moss"
    assert card["authors"] == ["Ilona Varga", "Saltmere Reading Group"]
    assert card["year"] == 2024
    assert card["facts"][:2] == ["2024", "Annals of Moss"]
    assert card["bib"] == citations.bibtex(one, "")
    assert card["ris"] == citations.ris(one, "")
    assert card["csl"] == json.loads(citations.csl_json(one, ""))


def test_what_is_not_known_is_not_made_up() -> None:
    one = paper(listed=datetime.date(2024, 5, 6))

    card = shards(files(corpus(one)))["all"][paper_key("moss")]

    assert card["year"] is None
    assert card["authors"] == []
    assert card["mark"] is None


def test_a_card_carries_the_colour_and_the_shape_of_its_topic() -> None:
    topic = Topic(
        id="mosses", label="mosses", label_terms=(), parent="", children=(), slot=4,
        papers=("moss",), terms=(), representative=(), summary=(), cohesion=0.5, coverage=0.5,
        borderline=(), nearby=(),
    )  # fmt: skip
    found = PaperAnalysis("moss", "mosses", (), (), (), (0, 0), (0, 0))

    made = files(corpus(paper()), Analysis(topics=(topic,), papers=(found,)))

    assert shards(made)["all"][paper_key("moss")]["mark"] == [5, 5]


def test_a_citation_names_the_address_of_the_survey_where_it_has_one() -> None:
    settings = Settings(base_url="https://example.org/surveys/moss/")

    card = shards(files(corpus(paper()), settings=settings))["all"][paper_key("moss")]

    url = "https://example.org/surveys/moss/papers/moss.html"
    assert card["bib"] == citations.bibtex(paper(), url)


def test_the_key_of_a_former_id_leads_to_the_same_card() -> None:
    made = shards(files(corpus(paper(aliases=("old-moss", "older-moss")))))["all"]

    own = made[paper_key("moss")] | {"key": paper_key("moss")}
    assert made[paper_key("old-moss")] == made[paper_key("older-moss")] == own


def test_a_former_id_never_takes_the_place_of_a_paper() -> None:
    made = shards(files(corpus(paper("ash", "On Ash", aliases=("moss",)), paper())))["all"]

    assert made[paper_key("moss")]["title"] == "On Moss"


@pytest.mark.parametrize(
    ("papers", "digits", "count"),
    [(1, 0, 1), (150, 0, 1), (151, 1, 32), (4800, 1, 32), (4801, 2, 1024)],
)
def test_shards_are_as_many_as_the_papers_need(papers: int, digits: int, count: int) -> None:
    made = files(many(papers))

    assert made["data/cards/index.js"] == f"conspectus.cards.begin({digits});\n".encode()
    assert len(made) == count + 1


def test_every_paper_is_in_the_shard_that_its_key_names() -> None:
    papers = many(200)

    found = shards(files(papers))

    assert {key for made in found.values() for key in made} == {
        paper_key(each.id) for each in papers.papers
    }
    assert all(key.startswith(name) for name, made in found.items() for key in made)


def test_one_more_paper_changes_one_shard() -> None:
    before = files(many(200))
    after = files(many(201))

    changed = [path for path in after if after[path] != before[path]]

    assert changed == [f"data/cards/{paper_key('paper-200')[0]}.js"]


def test_the_order_of_the_papers_does_not_matter() -> None:
    papers = many(20)

    assert files(papers) == files(Corpus(papers.papers[::-1]))


@pytest.mark.parametrize(
    "title",
    [
        '</script><img src=x onerror="alert(1)">',
        "quotes ' \" ` and ${a} \\ backslash \\n",
        "line\u2028and\u2029paragraph separators",
        "結衣 Гринхальг \u202eabc 🜂",
        "\x00\x07 control",
    ],
)
def test_a_title_survives_as_it_is(title: str) -> None:
    made = shards(files(corpus(paper(title=title))))["all"]

    assert made[paper_key("moss")]["title"] == title


def test_a_survey_without_papers_has_no_cards() -> None:
    assert files(Corpus()) == {}
