"""Cutting a text at blanks and looking at the pieces finds what looking at the whole text finds."""

from __future__ import annotations

from itertools import chain

from hypothesis import example, given
from hypothesis import strategies as st

from conspectus.search.pieces import pieces, runs_of
from conspectus.search.tokens import runs

SCRAPS = st.sampled_from(
    [
        *"aZ09-_.'+#/\\\"<>({ \n\t*",
        *("é", "ß", "中", "ℓ", "\u0301", "\u2019", "\u2013", "\u2028", "\x00", "\x1f", "٣"),
        *("10.", "10.1000/", "2502.12152", "v2", "++", "\\ell", "C#", "k-means", "x_1"),
    ]
)
TEXTS = st.lists(SCRAPS, max_size=12).map("".join) | st.text(max_size=20)


@given(TEXTS)
@example("see 10.1000/a(b)c; and-so--on 1.2502.12152 a.b.c...")
def test_the_runs_of_the_pieces_are_the_runs_of_the_text(text: str) -> None:
    assert list(chain.from_iterable(map(runs_of, pieces(text)))) == runs(text)
