"""Abbreviations read as the words that a text defines them by."""

from __future__ import annotations

import pytest
from making import corpus, paper

from conspectus.analysis import documents


def read(*texts: str) -> list[str]:
    """What each paper's text reads as; a break is a stroke."""
    papers = [paper(f"p{n}", "", text) for n, text in enumerate(texts)]
    found = documents.read(corpus(*papers))
    words = [
        (owner, found.vocabulary[word] or "|")
        for owner, word in zip(found.papers.tolist(), found.words.tolist(), strict=True)
    ]
    return [
        " ".join(word for owner, word in words if owner == number).strip("| ")
        for number in range(len(texts))
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kite rigging (KR) helps KR", "kite rigging | | | help kite rigging"),
        ("kite rigs (KRs) and KRs", "kite rig | | | and kite rig"),
        ("flock of gulls (FoG) as FoG", "flock of gull | | | as flock of gull"),
        ("self-moored boats (SMB) and SMB", "self moored boat | | | and self moored boat"),
        ("tidewater drain (TWD) by TWD", "tidewater drain | | | by tidewater drain"),
    ],
)
def test_an_abbreviation_reads_as_its_long_form_and_its_definition_as_a_break(
    text: str, words: str
) -> None:
    assert read(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "we like kites (TBD) and TBD",
        "kite, rigging (KR) and KR",
        "kite 7 rigging (KR) and KR",
        "rigging (R) and R",
        "the tar (TT) and TT",
    ],
)
def test_what_stands_in_brackets_after_other_words_is_no_definition(text: str) -> None:
    *_, last = read(text)[0].split()
    assert last == text.split()[-1].lower()


def test_a_papers_own_definition_comes_before_the_others() -> None:
    others = ["kite rigging (KR)"] * 4
    *_, own = read(*others, "kelp removal (KR) by KR")
    assert own.endswith("by kelp removal")


def test_a_paper_without_a_definition_follows_four_of_five_others_and_no_fewer() -> None:
    kites, kelp = "kite rigging (KR)", "kelp removal (KR)"
    assert read(*[kites] * 4, kelp, "by KR")[-1] == "by kite rigging"
    assert read(*[kites] * 3, kelp, "by KR")[-1] == "by kr"
