"""Lists of words are written short; what they say in full."""

from __future__ import annotations

from conspectus.analysis.wordlists import _inflected


def test_the_forms_of_a_regular_verb() -> None:
    assert _inflected("deploy use carry") == {
        "deploy", "deploys", "deployed", "deploying",
        "use", "uses", "used", "using",
        "carry", "carrys", "carried", "carrying",
    }  # fmt: skip
