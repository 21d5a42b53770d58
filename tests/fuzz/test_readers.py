"""Whatever a text holds: no reader raises; what is wrong is told with its place and a remedy."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import ALL, FRAGMENTS, problems_of, samples
from tests.support.depth import depth
from tests.support.figures import note

SAMPLES = samples()
MADE = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=40).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A whole text with some stretches cut out and others put in."""
    text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 1, 5, 80])))
        text = text[:start] + draw(MADE) + text[end:]
    return text


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=depth(60, 1500), suppress_health_check=list(HealthCheck))
@given(text=MADE | damaged())
def test_a_reader_tells_what_is_wrong_and_never_raises(name: str, text: str) -> None:
    note("texts", texts=1)
    for problem in problems_of(ALL[name](text)):
        assert problem.remedy
        assert "\n" not in problem.message + problem.remedy
        assert 0 <= problem.location.line <= text.count("\n") + text.count("\r") + 3
