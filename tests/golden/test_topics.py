"""What is said of a real survey's topics and papers, against its copy: a change shows in review."""

from __future__ import annotations

import difflib

from tests.golden import topics

REMEDY = "if they should be so: run `make golden`, and read the difference before committing"


def test_the_topics_are_explained_as_their_copy_says() -> None:
    now, then = topics.told(), topics.kept()
    lines = difflib.unified_diff(then.splitlines(), now.splitlines(), "copy", "now", lineterm="")
    assert now == then, "\n".join([*[*lines][:40], REMEDY])
