"""Sub-topics are worth what they can be called, by words that nobody above them has."""

from __future__ import annotations

import numpy as np
from making import about, corpus

from conspectus.analysis import documents, growth, phrases, tfidf, vocabulary
from conspectus.analysis.ground import Ground
from conspectus.analysis.labels import Taken
from conspectus.analysis.naming import Naming
from conspectus.analysis.neighbours import find
from conspectus.analysis.parts import with_parts
from conspectus.analysis.settling import Settler
from conspectus.analysis.tree import Node, walk
from conspectus.analysis.uses import Uses

TWO = ("kite", "barn")


def named(each: int = 40) -> tuple[Ground, Naming]:
    """The papers of two subjects, one after the other."""
    read = documents.read(corpus(*(about(subject, n) for subject in TWO for n in range(each))))
    terms = vocabulary.build(read)
    weights = tfidf.weigh(terms)
    spoken = phrases.judge(read, terms)
    uses = Uses.of(terms, spoken)
    return Ground(weights, uses, find(weights).papers), Naming(uses, terms, spoken)


def everyone(around: Ground) -> np.ndarray:
    return np.arange(len(around.alike))


def test_a_large_group_falls_into_parts_that_have_names_of_their_own() -> None:
    around, naming = named()
    whole = Node(everyone(around))
    nodes = with_parts([whole], [[""] * 80], around, naming)
    assert len(nodes[0].children) > 1
    terms = [term for name in naming.names(nodes).values() for term in name.terms]
    assert len(terms) == len(set(terms)) > 2


def test_a_group_whose_words_are_all_taken_is_not_divided() -> None:
    around, _ = named()
    taken = Taken(around.uses.words)
    settler = Settler.of(around, everyone(around), taken)
    assert not growth.are_told(growth.subdivide(settler))
    assert growth.are_told(growth.subdivide(Settler.of(around, everyone(around))))


def test_a_small_group_is_left_whole() -> None:
    around, naming = named(30)
    nodes = with_parts([Node(everyone(around))], [[""] * 60], around, naming)
    assert len(list(walk(nodes))) == 1
