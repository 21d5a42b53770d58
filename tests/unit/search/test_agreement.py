"""Python's side of the fixture that the browser's scripts are held to as well."""

from __future__ import annotations

import json

import pytest

from conspectus.search.stems import stemmer, unstemmed
from conspectus.search.tokens import fold, runs, token, words_of
from tests.unit.search.agreement import FIXTURE, coded, postings
from tests.unit.search.support import named

AGREED = json.loads(FIXTURE.read_text("utf-8"))


def test_every_word_has_the_agreed_stem() -> None:
    found = [[word, token(word).parts[0]] for word, _ in AGREED["stems"]]
    assert found == AGREED["stems"]


@pytest.mark.parametrize("language", AGREED["languages"])
def test_every_form_has_the_agreed_stem(language: str) -> None:
    agreed = AGREED["languages"][language]["words"]
    assert [[word, stemmer(language)(word)] for word, _ in agreed] == agreed


@pytest.mark.parametrize("case", AGREED["texts"], ids=lambda case: named(case["text"]))
def test_a_text_has_the_agreed_runs_and_terms(case: dict) -> None:
    found = runs(case["text"])
    assert fold(case["text"]) == case["fold"]
    assert found == case["runs"]
    assert [[list(token(run).parts), token(run).whole] for run in found] == case["tokens"]
    plain = [token(run, unstemmed) for run in found]
    assert [[list(one.parts), one.whole] for one in plain] == case["plain"]
    assert [list(words_of(run)) for run in found] == case["words"]


def test_postings_are_packed_as_agreed() -> None:
    assert postings() == AGREED["postings"]


def test_a_dictionary_is_coded_as_agreed() -> None:
    words, levels = zip(*AGREED["dictionary"]["words"], strict=True)
    marks = [chr(ord("A") + level) for level in levels]
    assert coded(list(words), marks) == AGREED["dictionary"]["text"]
