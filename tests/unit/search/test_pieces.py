"""Pieces save looking for runs in whole texts, and must lead to the same runs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.search.pieces import pieces, runs_of
from conspectus.search.tokens import runs
from tests.unit.search.agreement import FIXTURE
from tests.unit.search.support import named

AGREED = [case["text"] for case in json.loads(FIXTURE.read_text("utf-8"))["texts"]]
SCRAPS = st.sampled_from(
    [
        *("10.", "10.1000/", "2502.12152", "v2", "k-means", "C++", "ℓ2", "\\ell", "/", "#", "'"),
        *("É", "e\u0301", "ΣΑΣ", "機械学習", "か\u3099", "ﾊﾞ", "・", "한국어", "\u1112\u1161\u11ab"),
        *(
            "’s",
            "–",
            "“",
            "²",
            "½",
            " ",
            "\u00a0",
            "_",
            ".",
            "\ud800",
            "\x00",
            "İ",
            "ﬁ",
            "ｆｕｌｌ",
            "／",
        ),
    ]
)
TEXTS = st.lists(SCRAPS | st.text(max_size=5), max_size=12).map("".join)


def runs_by_pieces(text: str) -> list[str]:
    return [run for piece in pieces(text) for run in runs_of(piece)]


@pytest.mark.parametrize("text", AGREED, ids=named)
def test_the_pieces_of_an_agreed_text_have_its_runs(text: str) -> None:
    assert runs_by_pieces(text) == runs(text)


@given(TEXTS)
def test_the_pieces_of_any_text_have_its_runs(text: str) -> None:
    assert runs_by_pieces(text) == runs(text)
