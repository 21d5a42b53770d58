"""Every language says everything: the same keys, with the same fields."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from conspectus.words import CATALOGUES, direction, words

ENGLISH = CATALOGUES["en"]
OTHERS = sorted(set(CATALOGUES) - {"en"})


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_keys_of_the_english_catalogue(language: str) -> None:
    assert sorted(CATALOGUES[language]) == sorted(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_fills_the_same_fields(language: str) -> None:
    found = {key: fields(text) for key, text in CATALOGUES[language].items()}
    assert found == {key: fields(text) for key, text in ENGLISH.items()}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_no_words_are_empty(language: str) -> None:
    assert [key for key, text in CATALOGUES[language].items() if not text.strip()] == []


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_the_three_letters_of_a_list_are_different_keys(language: str) -> None:
    found = [CATALOGUES[language][f"script.list.key.{act}"] for act in ("keep", "skip", "next")]
    assert len(set(found)) == 3
    assert all(re.fullmatch("[a-z]", key) for key in found)


def test_german_numbers_and_dates_are_written_the_german_way() -> None:
    german = words("de-AT")
    assert german("papers.count", n=10000) == "10.000 Arbeiten"
    assert german("date.day", day="3", month="März", year="2025") == "3. März 2025"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("en", "ltr"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
    ],
)
def test_a_language_says_which_way_its_lines_run(language: str, expected: str) -> None:
    assert direction(language) == expected


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_a_key_that_ends_like_a_plural_is_one(language: str) -> None:
    keys = set(CATALOGUES[language])
    ends = {key.rpartition(".")[0] for key in keys if key.endswith((".one", ".other"))}
    alone = {"papers"}  # the heading of titles under no letter
    assert [key for key in sorted(ends - alone) if {f"{key}.one", f"{key}.other"} - keys] == []
    assert [key for key in sorted(ends) if key in keys] == []
