"""Words that stand with and without a hyphen read alike, and as the texts mostly write them."""

from __future__ import annotations

from making import corpus, paper

from conspectus.analysis import documents


def words(*sentences: str) -> list[str]:
    """What these sentences read as, in one paper."""
    read = documents.read(corpus(paper("a-paper", "", *sentences)))
    return [read.vocabulary[number] for number in read.words if number != documents.BREAK]


def test_a_word_that_is_also_hyphenated_reads_as_two() -> None:
    assert words("pretraining", "pre-training", "training") == [
        *("pre", "training"),
        *("pre", "training"),
        "training",
    ]


def test_a_hyphen_that_a_line_break_left_does_not_split_the_word_elsewhere() -> None:
    assert set(words("learn-ing", *["learning"] * 5, "ing")) == {"learning", "ing"}


def test_a_part_that_is_no_word_of_its_own_was_split_by_a_line_break() -> None:
    assert words("con-sumption", "consumption", "con") == ["consumption", "consumption", "con"]


def test_a_hyphen_without_another_spelling_splits() -> None:
    assert words("self-righting buoys") == ["self", "righting", "buoy"]
