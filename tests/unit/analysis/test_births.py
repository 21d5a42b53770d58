"""What new topics are called in addresses, and where the addresses of old ones lead."""

from __future__ import annotations

import pytest

from conspectus.analysis.births import permalinks_of, slug_of
from conspectus.model.topics import Permalink


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Tidal gates", "tidal-gates"),
        ("", "topic"),
        ("!!", "topic"),
        ("Tide 2", "tide-2-topic"),
        ("2024", "2024-topic"),
        ("Index", "index-topic"),
        ("CON", "con-topic"),
        ("lpt1", "lpt1-topic"),
        ("console", "console"),
        ("tide2", "tide2"),
    ],
)
def test_a_slug_is_plain_and_is_taken_for_no_second_page_and_no_device(
    label: str, slug: str
) -> None:
    assert slug_of(label, ()) == slug


def test_a_slug_of_other_letters_is_written_in_ascii() -> None:
    assert slug_of("Möwen 潮汐", ()) == "mowen-chao-xi"


def test_a_long_label_is_cut_between_words() -> None:
    assert slug_of("barnacle " * 9, ()) == "-".join(["barnacle"] * 6)
    assert len(slug_of("b" * 99, ())) == 60


def test_a_taken_slug_gets_a_letter_and_then_two() -> None:
    letters = "bcdefghijklmnopqrstuvwxyz"
    taken = ["tide", *(f"tide-{letter}" for letter in letters)]
    assert slug_of("Tide", taken[:1]) == "tide-b"
    assert slug_of("Tide", taken[:3]) == "tide-d"
    assert slug_of("Tide", taken) == "tide-bb"
    assert slug_of("Tide", [*taken, "tide-bb"]) == "tide-bc"


def test_an_ended_topic_leads_to_the_heir_of_its_heir() -> None:
    old = (Permalink("a", "b"), Permalink("b", "b"), Permalink("c", "c"))
    assert permalinks_of(old, {"c": ""}, {"b": "c"}) == (
        Permalink("a", "c"), Permalink("b", "c"), Permalink("c", "c")
    )  # fmt: skip


def test_leads_that_end_nowhere_or_go_round_are_empty() -> None:
    old = (Permalink("a", "b"), Permalink("b", "a"), Permalink("c", "gone"), Permalink("d", ""))
    assert [line.leads_to for line in permalinks_of(old, {}, {})] == ["", "", "", ""]


def test_a_topic_that_lives_again_leads_to_itself() -> None:
    old = (Permalink("a", "b", ("c",)), Permalink("b", "b"))
    assert permalinks_of(old, {"a": "", "b": ""}, {"a": "b"}) == (
        Permalink("a", "a"), Permalink("b", "b")
    )  # fmt: skip


def test_a_split_topic_leads_to_each_living_part_once() -> None:
    alive = {"p": "", "q": ""}
    old = (Permalink("r", "q"), Permalink("s", "p"))
    found = permalinks_of(old, alive, {"a": "p"}, {"a": ("q", "r", "s", "gone")})
    assert found[0] == Permalink("a", "p", ("q",))
    again = permalinks_of(found, {"q": ""}, {"p": "q"})
    assert again[0] == Permalink("a", "q")
