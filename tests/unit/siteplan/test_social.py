"""Social cards: which page has which, and what stands on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conspectus import siteplan
from conspectus.model.site import Site
from conspectus.model.topics import Analysis, Lattice
from conspectus.settings import Settings
from conspectus.settings.sizes import LARGE, WHOLE
from conspectus.siteplan.social import HEIGHT, LATTICE_LEFT, WIDTH, card_of
from tests.support.makers import analysis, paper, survey, topic

PAPERS = [paper(f"p{number:03}", f"Paper {number}") for number in range(20)]


def planned(found: Analysis, base_url: str = "https://example.org/") -> Site:
    settings = Settings(id="s", title="Slow machines", subtitle="Moss", base_url=base_url)
    return siteplan.plan(survey(*PAPERS, settings=settings), found)


def found(narrow: Lattice | None = None) -> Analysis:
    moss, pigeons = [p.id for p in PAPERS[:5]], [p.id for p in PAPERS[5:]]
    return replace(analysis(topic("moss", moss), topic("pigeons", pigeons, slot=1)), narrow=narrow)


def test_a_survey_without_an_address_has_no_cards() -> None:
    assert planned(found(), base_url="").cards == ()


def test_the_home_and_every_topic_have_one() -> None:
    permalinks = [card.permalink for card in planned(found()).cards]
    assert permalinks == ["cards/index.png", "cards/topics/moss.png", "cards/topics/pigeons.png"]


def test_each_page_is_shown_with_a_card_that_there_is() -> None:
    site = planned(found())
    cards = {page.permalink: card_of(page.view, WHOLE) for page in site.pages}
    assert set(cards.values()) == {card.permalink for card in site.cards}
    assert cards["papers/p000.html"] == cards["topics/moss.html"] == "cards/topics/moss.png"
    assert cards["index.html"] == cards["about.html"] == "cards/index.png"


def test_a_topics_card_names_the_topic_the_survey_and_the_number_of_papers() -> None:
    card = planned(found()).cards[1]
    assert (card.above, card.heading, card.below) == ("Slow machines", "moss", "5 papers")
    assert len(card.strokes) == 5
    assert card.colour


def test_the_homes_card_has_no_line_since_lines_are_for_topics() -> None:
    assert planned(found()).cards[0].colour == 0


def test_a_survey_without_a_map_has_cards_of_words() -> None:
    assert all(card.marks == () for card in planned(found()).cards)


def test_marks_stand_at_the_right_edge_and_only_the_topics_own_have_its_colour() -> None:
    card = planned(found(Lattice(columns=20, rows=20, labels=()))).cards[1]
    assert all(LATTICE_LEFT <= mark.x < WIDTH and 0 <= mark.y < HEIGHT for mark in card.marks)
    assert sum(mark.colour == card.colour for mark in card.marks) == 5
    assert {mark.colour for mark in card.marks} == {0, card.colour}


def test_above_300_papers_a_card_shows_density() -> None:
    many = [paper(f"p{number:04}", f"Paper {number}") for number in range(301)]
    settings = Settings(id="s", base_url="https://example.org/")
    crowd = replace(
        analysis(topic("all", [p.id for p in many])), wide=Lattice(columns=400, rows=1, labels=())
    )
    card = siteplan.plan(survey(*many, settings=settings), crowd).cards[0]
    assert {mark.shape for mark in card.marks} == {0}


def test_a_large_survey_has_cards_for_its_topmost_topics_and_its_pages_are_shown_with_those(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("conspectus.settings.sizes.MOST_WHOLE", len(PAPERS) - 1)
    ids = [each.id for each in PAPERS]
    tree = analysis(
        replace(topic("all", ids), children=("moss", "pigeons")),
        replace(topic("moss", ids[:5]), parent="all"),
        replace(topic("pigeons", ids[5:]), parent="all"),
    )
    site = planned(tree)
    cards = {page.permalink: card_of(page.view, LARGE) for page in site.pages}
    assert set(cards.values()) == {card.permalink for card in site.cards}
    assert cards["papers/p000.html"] == cards["topics/moss.html"] == "cards/topics/all.png"
