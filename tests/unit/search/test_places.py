"""Texts are numbered as they come, and taken apart once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from conspectus.search.places import Places


def places_of_letters(asked: list[str]) -> Places[str]:
    def parts_of(texts: Sequence[str]) -> list[list[int]]:
        asked.extend(texts)
        return [[ord(letter) for letter in text] for text in texts]

    return Places(parts_of)


def test_a_text_keeps_the_place_that_it_took_first() -> None:
    places = places_of_letters([])
    assert list(places.of(["b", "a", "b", "c"])) == [0, 1, 0, 2]


def test_every_part_comes_with_the_text_it_is_of() -> None:
    places = places_of_letters([])
    of, parts = places.expanded(np.array(list(places.of(["ab", "", "c", "ab"]))))
    assert of.tolist() == [0, 0, 2, 3, 3]
    assert "".join(map(chr, parts.tolist())) == "abcab"


def test_a_text_is_taken_apart_once() -> None:
    asked: list[str] = []
    places = places_of_letters(asked)
    for texts in (["a", "b"], ["b", "c"], ["a"]):
        places.expanded(np.array(list(places.of(texts))))
    assert asked == ["a", "b", "c"]
