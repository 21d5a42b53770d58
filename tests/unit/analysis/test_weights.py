"""The weights of features, against the formula written out for one paper and feature at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log, sqrt

import numpy as np
import pytest
import Stemmer
from making import corpus, harbour, paper

from conspectus.analysis import documents, tfidf, vocabulary
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.papers import Corpus

PAIR = 0.6


def counted(papers: Corpus) -> Vocabulary:
    return vocabulary.build(documents.read(papers))


def features(terms: Vocabulary) -> dict[int, tuple[str, ...]]:
    """What each term of one or two words counts as: the stems of its words."""
    stem = Stemmer.Stemmer("english")
    return {
        number: tuple(stem.stemWords(list(words)))
        for number, words in enumerate(terms.terms)
        if len(words) <= 2
    }


Idf = Callable[[int, int], float]


def smoothed(users: int, papers: int) -> float:
    return log((1 + papers) / (1 + users)) + 1


def stepped(users: int, papers: int) -> float:
    return float(tfidf.rarity(np.array([users]), papers)[0])


def by_the_formula(terms: Vocabulary, idf: Idf) -> list[dict[tuple[str, ...], float]]:
    """Each paper's weights: sublinear tf times idf, of length one."""
    feature = features(terms)
    tf: list[Counter[tuple[str, ...]]] = []
    for row in terms.counts.toarray():
        counts: Counter[tuple[str, ...]] = Counter()
        for number, key in feature.items():
            counts[key] += row[number]
        tf.append(+counts)
    papers = len(tf)
    users = Counter(key for counts in tf for key in counts)
    kept = {key for key, count in users.items() if 2 <= count <= papers / 2}
    found = []
    for counts in tf:
        row = {
            key: (1 + log(count)) * idf(users[key], papers) * (PAIR if len(key) == 2 else 1)
            for key, count in counts.items()
            if key in kept
        }
        length = sqrt(sum(weight**2 for weight in row.values())) or 1
        found.append({key: weight / length for key, weight in row.items()})
    return found


@pytest.mark.parametrize(("rows", "idf"), [("matrix", smoothed), ("steady", stepped)])
def test_weights_are_those_of_the_formula(rows: str, idf: Idf) -> None:
    terms = counted(harbour())
    found, feature = tfidf.weigh(terms), features(terms)
    for row, expected in zip(getattr(found, rows), by_the_formula(terms, idf), strict=True):
        named = {
            feature[int(found.terms[column][0])]: weight
            for column, weight in zip(row.indices.tolist(), row.data.tolist(), strict=True)
        }
        assert named.keys() == expected.keys()
        assert all(abs(named[key] - weight) < 1e-9 for key, weight in expected.items())


def test_all_forms_of_a_word_are_one_feature() -> None:
    texts = ["We moor boats.", "Mooring a boat.", "Boats are moored.", "Gulls.", "Gulls.", "Tar."]
    terms = counted(corpus(*(paper(f"p{n}", text, text) for n, text in enumerate(texts))))
    found = tfidf.weigh(terms)
    forms = [{terms.terms[term] for term in members.tolist()} for members in found.terms]
    assert {("moor",), ("mooring",), ("moored",)} in forms


def test_above_20_000_papers_a_feature_needs_five() -> None:
    frequency = np.array([4, 5, 10_000, 10_001])
    assert tfidf._kept(frequency, 20_000).tolist() == [1, 2]
    assert tfidf._kept(frequency, 19_999).tolist() == [0, 1]


def test_of_too_many_features_the_commonest_are_kept() -> None:
    frequency = np.full(tfidf.MOST_FEATURES + 2, 9)
    frequency[[3, 7]] = 2
    kept = tfidf._kept(frequency, 100)
    assert len(kept) == tfidf.MOST_FEATURES
    assert not {3, 7} & set(kept.tolist())
    assert (np.diff(kept) > 0).all()
