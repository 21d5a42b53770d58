"""A published site in; what its data say of the topics, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NAME = "data/topics.json"


def read(path: Path) -> list[dict[str, Any]]:
    """The topics in such a file, and in the parts beside it that it names, sorted by id.

    Raises `OSError` where a file is missing, `ValueError`, `KeyError` or `TypeError` for what is
    not a site's.
    """
    found = json.loads(path.read_text(encoding="utf-8"))
    if "parts" not in found:
        return list(found["topics"])
    parts = [json.loads((path.parent / name).read_text("utf-8")) for name in found["parts"]]
    return sorted((topic for part in parts for topic in part["topics"]), key=lambda one: one["id"])
