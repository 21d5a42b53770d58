"""Escapes in quotes let control characters through YAML; no text of the site holds them."""

from __future__ import annotations

from conspectus.content import read_paper


def test_a_control_character_in_a_value_is_told_and_replaced() -> None:
    paper, problems = read_paper('---\ntitle: A\nvenue: "a\\x1bb\\0c"\n---\nText.\n', "papers/a.md")

    assert paper is not None
    assert paper.venue == "a\ufffdb\ufffdc"
    assert [(str(p.location), p.severity) for p in problems] == [("papers/a.md:3:8", "warning")]
