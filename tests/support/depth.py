"""How far tests go: `make test` tries a few of many like cases, `make reliability` all of them."""

from __future__ import annotations

import os

VARIABLE = "CONSPECTUS_DEPTH"
"""An environment variable; `full` asks for every case."""

IS_FULL = os.environ.get(VARIABLE) == "full"


def depth(few: int, many: int) -> int:
    """How many like cases to try."""
    return many if IS_FULL else few
