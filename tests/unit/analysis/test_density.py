"""The map above 300 papers: names stay legible, since cells are smaller than letters there."""

from __future__ import annotations

import numpy as np
import pytest

from conspectus.analysis import layout
from conspectus.analysis.layout import NARROW, WIDE, Form
from conspectus.analysis.neighbours import Neighbours
from conspectus.analysis.tree import Node
from conspectus.model.topics import Lattice

PAPERS, TOPICS = 600, 12
LABELS = {f"t{n}": (f"natural language {n}", "processing", "annotation") for n in range(TOPICS)}


def lattice(form: Form) -> Lattice:
    """Of topics whose papers lie among one another, so that their names want the same place."""
    members = np.arange(PAPERS).reshape(TOPICS, -1)
    nodes = [Node(papers, id=f"t{n}", slot=n) for n, papers in enumerate(members)]
    points = np.random.default_rng(1).random((PAPERS, 2))
    unlike = np.zeros((PAPERS, 1))
    nobody = Neighbours(np.full((PAPERS, 1), -1), unlike, unlike, frozenset())
    return layout.draw(form, nodes, LABELS, [None] * PAPERS, nobody, points).lattice


@pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])
def test_names_have_room_for_their_letters_and_do_not_meet(form: Form) -> None:
    drawn = lattice(form)
    assert drawn.is_density
    for label in drawn.labels:
        letters = len(label.text) * form.dense_letter
        assert 0.75 * letters <= label.width * form.dense_cell
        assert label.column + label.width <= drawn.columns
        for other in drawn.labels:
            is_beside = (
                other.column >= label.column + label.width
                or label.column >= other.column + other.width
            )
            assert other is label or is_beside or abs(other.row - label.row) > 1
