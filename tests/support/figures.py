"""What tests counted, for the table in docs/reliability.md."""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "CONSPECTUS_FIGURES"
"""An environment variable: the file that takes the counts, a line of JSON each."""


def note(what: str, **counts: int) -> None:
    """Remember counts under a name, where someone asked for them."""
    if path := os.environ.get(VARIABLE):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, **counts}) + "\n")


def summed(path: Path) -> dict[str, dict[str, int]]:
    """The counts of all tests, by name."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        counts = json.loads(line)
        sums = found.setdefault(counts.pop("what"), {})
        for name, count in counts.items():
            sums[name] = sums.get(name, 0) + count
    return found
