"""Which phrases say something: a word's hyphen does not make it say more."""

from __future__ import annotations

import pytest
from making import corpus, paper

from conspectus.analysis import documents, phrases, vocabulary


def shown(*texts: str) -> set[str]:
    read = documents.read(corpus(*(paper(f"p{n}", "", text) for n, text in enumerate(texts))))
    terms = vocabulary.build(read)
    told = phrases.judge(read, terms)
    return {
        " ".join(words)
        for words, is_shown in zip(terms.terms, told.is_shown.tolist(), strict=True)
        if is_shown
    }


@pytest.mark.parametrize(("written", "is_shown"), [("non-trivial", False), ("non-tidal", True)])
def test_an_empty_word_is_empty_with_a_hyphen_too(written: str, is_shown: bool) -> None:
    found = shown(f"The quay is {written}.", f"All quays are {written}, or none.")
    assert (written.replace("-", " ") in found) is is_shown
