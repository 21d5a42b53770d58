"""Sentences that speak for a topic."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from making import paper

from conspectus.analysis.summaries import lift, stands_alone
from conspectus.model.topics import Quote

SYLLABLES = ("bar", "ket", "lom", "vas", "tir", "gul", "nep", "dor")


def test_of_sentences_that_say_as_much_the_first_is_lifted_whatever_the_hash_seed() -> None:
    # 0.1 + 0.2 + 0.3 is more than 0.6 in one order of adding and not in another.
    chance = random.Random(0)
    for _ in range(60):
        lone, *others = ("".join(chance.sample(SYLLABLES, 3)) for _ in range(4))
        worth = {lone: 0.6, **dict(zip(others, (0.1, 0.2, 0.3), strict=True))}
        first = f"Quays of the harbour carry {lone} in each of the long seasons."
        second = f"Quays of the harbour carry {' and '.join(others)} in each season."
        (quote,) = lift([paper("quays", "Quays", first, second)], worth)
        assert quote.sentence == 0


LONG = "Barnacles settle on copper hulls in each of the long"


@pytest.mark.parametrize(
    ("sentence", "is_alone"),
    [
        ("Barnacles settle on all the hulls each season.", True),
        ("Barnacles settle on hulls in each season.", False),
        (f"{LONG} {'and ' * 51}", False),
        (f"{LONG} {'and ' * 50}", True),
        ("barnacles settle on copper hulls in each of the seasons.", False),
        ("They settle on copper hulls in each of the seasons.", False),
        ("However, barnacles settle on copper hulls in each season.", False),
        ("To address this, we paint the hulls with copper each season.", False),
        ("To address fouling, we paint the hulls with copper each season.", True),
        ("This paper describes how barnacles settle on copper hulls.", True),
        ("This shows how barnacles settle on the painted copper hulls.", False),
        ("We ask this question of barnacles on each of the hulls.", False),
        ("Driven by these findings, we paint the hulls with copper.", False),
        ("We therefore paint the hulls of the boats with copper.", False),
        ("In this paper, barnacles settle on copper hulls each season.", True),
        ("Copper hulls such as ours are not settled by barnacles.", True),
        ("Code for barnacles on copper hulls can be found with us.", False),
        ("Barnacles settle on copper hulls: see www.example.org for the details.", False),
        ("Barnacles settle on copper hulls (i) slowly and (ii) for ever.", False),
        ("Barnacles settle on {copper} hulls in each of the seasons.", False),
    ],
)
def test_a_sentence_stands_alone_where_nothing_before_it_is_missed(
    sentence: str, is_alone: bool
) -> None:
    assert stands_alone(sentence) is is_alone


def said(place: int, *terms: str) -> str:
    return f"Quays of the harbour carry {' and '.join(terms)} in season {place}."


def test_sentences_are_lifted_that_cover_different_ground() -> None:
    papers = [
        paper("a", "", said(1, "kites", "gulls")),
        paper("b", "", said(2, "kites", "gulls")),
        paper("c", "", said(3, "tides")),
        paper("d", "", said(4, "ropes")),
    ]
    worth = {"kites": 1.0, "gulls": 1.0, "tides": 0.9, "ropes": 0.8}
    assert lift(papers, worth) == (Quote("a", 0), Quote("c", 0), Quote("d", 0))
    assert lift(papers, worth, most=2) == (Quote("a", 0), Quote("c", 0))


def test_of_a_paper_the_stating_sentence_is_lifted_where_it_stands_alone() -> None:
    stating, leaning = said(1, "ropes"), "They settle on copper hulls in each of the seasons."
    for text, place in ((stating, 0), (leaning, 2)):
        one = paper("a", "", text, leaning, said(2, "kites"))
        one = replace(one, abstract=replace(one.abstract, stating=0))
        assert lift([one], {"kites": 1.0}) == (Quote("a", place),)


def test_a_topic_of_which_only_one_paper_has_such_a_sentence_is_not_summed_up() -> None:
    assert lift([paper("a", "", said(1, "kites")), paper("b", "", "They settle.")], {}) == ()
