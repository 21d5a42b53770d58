"""Forms of one word meet in one stem; other words keep their own."""

from __future__ import annotations

import pytest

from conspectus.search.stems import stemmer, stems_of
from conspectus.search.tokens import fold

ALIKE = [
    ("en", "networks network networking"),
    ("en-GB", "policies policy"),
    ("de", "Netz Netze Netzen Netzes"),
    ("de-AT", "Verfahren Verfahrens"),
    ("de", "Haus Häuser Häusern Hauses"),
    ("de", "Steuerung Steuerungen"),
    ("fr", "réseau réseaux"),
    ("fr-CA", "neuronal neuronaux neuronale neuronales"),
    ("fr", "entraîné entraînée entraîner entraînés"),
    ("es", "imagen imágenes"),
    ("es", "profundo profunda profundos profundas"),
    ("it", "rete reti"),
    ("nl", "model modellen"),
    ("pt_BR", "simulação simulações"),
]
APART = [
    ("de", "Haus Hase"),
    ("de", "Lernen Lehre"),
    ("fr", "réseau réseautage"),
    ("fr", "bon bonté"),
    ("es", "red real"),
    ("it", "rete rata"),
    ("ja", "networks network"),
]


@pytest.mark.parametrize(("language", "forms"), ALIKE)
def test_the_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stemmer(language)(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(("language", "words"), APART)
def test_different_words_have_different_stems(language: str, words: str) -> None:
    assert len({stemmer(language)(fold(word)) for word in words.split()}) == 2


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt"])
def test_no_rule_stands_behind_one_that_takes_all_its_words(language: str) -> None:
    for rules in stems_of(language):
        for place, (ending, _, least) in enumerate(rules):
            earlier = [(e, n) for e, _, n in rules[:place] if ending.endswith(e)]
            assert not any(len(e) + n <= len(ending) + least for e, n in earlier), ending


def test_a_short_word_is_its_own_stem() -> None:
    assert [stemmer("de")(word) for word in ("es", "der", "see")] == ["es", "der", "see"]
