"""The rule that picks the sentence which states the contribution."""

from __future__ import annotations

import pytest

from conspectus.prose import read, stating


def chosen(*sentences: str) -> str:
    index = stating.choose(sentences)
    return "" if index is None else sentences[index]


@pytest.mark.parametrize(
    "stating_sentence",
    [
        "We propose a gardening robot.",
        "In this paper, we introduce a gardening robot.",
        "This paper presents a gardening robot.",
        "This study investigates how robots garden.",
        "In this work we show that robots can garden.",
        "A gardening robot is presented.",
        "Here we develop a theory of gardening.",
        "We conduct a study of how robots garden.",
        "Our method, called GARDEN, waters roses.",
    ],
)
def test_a_cue_is_found_among_other_sentences(stating_sentence: str) -> None:
    assert (
        chosen("Gardens are green.", stating_sentence, "Results on roses are good.")
        == stating_sentence
    )


@pytest.mark.parametrize(
    "leaning",
    [
        "To address these challenges, we propose a hose.",
        "Therefore, we propose a hose.",
        "Based on this, we propose a hose.",
        "Specifically, we propose a hose.",
        "We thus propose a hose.",
        "It is for this that we propose a hose.",
        "Motivated by this finding, we propose a hose.",
        "Additionally, we present a hose.",
        "With GARDEN, we introduce a hose.",
    ],
)
def test_an_opening_that_leans_loses_to_a_later_sentence_that_does_not(leaning: str) -> None:
    assert chosen("Roses dry.", leaning, "We propose GARDEN for roses.") == (
        "We propose GARDEN for roses."
    )


def test_leaning_costs_more_than_novelty_earns() -> None:
    leaning = "To address these challenges, we propose a novel hose."
    assert chosen(leaning, "We propose GARDEN for roses.") == "We propose GARDEN for roses."


def test_a_leaning_sentence_is_better_than_none() -> None:
    leaning = "To address these challenges, we propose a hose."
    assert chosen("Roses dry.", leaning, "It works well.") == leaning


def test_the_first_of_equal_sentences_wins() -> None:
    assert chosen("We propose one.", "We propose two.") == "We propose one."


def test_evidence_loses_to_what_it_is_evidence_for() -> None:
    assert chosen("We present experiments on roses.", "We propose a hose.") == "We propose a hose."


def test_others_work_is_not_the_contribution() -> None:
    assert chosen("Recently, a new hose was presented.", "We study hoses.") == "We study hoses."


def test_without_a_cue_nothing_is_chosen() -> None:
    assert chosen("Roses are red.", "Violets are blue.") == ""


def test_nothing_above_sixty_words_is_chosen() -> None:
    long = "We propose " + "a very " * 29 + "hose."
    assert len(long.split()) == 61
    assert chosen(long) == ""
    assert chosen(long.replace("a very ", "", 1)) != ""


def test_no_sentences_state_nothing() -> None:
    assert stating.choose(()) is None


def test_the_mark_holds_the_sentence_that_was_chosen() -> None:
    prose, _ = read("Roses dry. We propose *GARDEN* for $n$ roses.")
    assert prose.stating_text == "We propose GARDEN for n roses."
    assert prose.leading_html in prose.html


def test_a_heading_states_nothing() -> None:
    prose, _ = read("# We propose a heading\n\nRoses are red.")
    assert prose.stating is None


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("In this paper we focus on so-called roses.", "Our method, which we call HOSE, waters."),
        ("We propose an initial method for roses.", "In this paper, we identify why roses dry."),
        ("Since it was proposed, the hose is seldom used.", "We revisit the hose."),
        ("We demonstrate the effectiveness of HOSE on roses.", "We study how roses dry."),
        ("To validate our claim, we introduce a garden.", "We study how roses dry."),
        ("The current work takes a different approach.", "We argue that roses must be watered."),
        ("In doing so, we develop a novel bed for roses.", "We answer how roses dry."),
    ],
)
def test_what_only_looks_like_the_contribution_loses(weaker: str, stronger: str) -> None:
    assert chosen(weaker, stronger) == stronger


def test_a_protocol_for_evaluation_is_no_evidence() -> None:
    protocol = "We propose an evaluation protocol for hoses."
    assert chosen("We argue that hoses are tested badly.", protocol) == protocol
