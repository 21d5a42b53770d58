"""Names of data sets, models and papers' own systems are told from a field's own words."""

from __future__ import annotations

import pytest
from making import corpus, paper

from conspectus.analysis import documents, phrases, vocabulary


def names_in(*texts: str) -> set[str]:
    """The single words that are taken for names."""
    read = documents.read(
        corpus(*(paper(f"p{n}", "", *text.strip("|").split("|")) for n, text in enumerate(texts)))
    )
    terms = vocabulary.build(read)
    told = phrases.judge(read, terms)
    return {
        words[0]
        for words, is_name in zip(terms.terms, told.is_name.tolist(), strict=True)
        if is_name and len(words) == 1
    }  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        ("We test on the Saltmere dataset.", "It leads on the Saltmere benchmark."),
        ("We propose Saltmere for quays.", "They present Saltmere for gulls."),
        ("We moor by Saltmere-2 at night.", "They moor by Saltmere-3 at night."),
        ("We moor by SaltMere at night.", "They moor by SaltMere at night."),
        ("We moor by saltmere25 at night.", "They moor by saltmere25 at night."),
    ],
    ids=["beside data", "proposed", "numbered", "inner capital", "digits"],
)
def test_a_capital_and_its_company_make_a_name(texts: tuple[str, str]) -> None:
    (name,) = names_in(*texts)
    assert name.startswith("saltmere")


@pytest.mark.parametrize(
    "texts",
    [
        ("We moor by Saltmere at night.", "They moor by Saltmere at night."),
        ("We test on the barnacles dataset.", "It leads on the barnacles benchmark."),
        ("Barnacles benchmark hulls.|We fear barnacles.", "Barnacles benchmark keels.|" * 7),
    ],
    ids=["in no company", "lower case", "capitals at the beginning only"],
)  # fmt: skip
def test_a_field_s_own_word_is_no_name(texts: tuple[str, str]) -> None:
    assert names_in(*texts) == set()
