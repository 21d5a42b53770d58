"""The text of a survey.yaml in; the same with what was missing filled in out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from conspectus import settings
from conspectus.fields import Fields, table
from conspectus.importers import frontmatter


def filled(text: str, missing: Mapping[str, str]) -> str:
    """The text with each setting that it leaves empty; a curator's words stay as they are.

    Returned unchanged where it cannot be read, or where a line more would alter its meaning.
    """
    found, problems = table(text, settings.FILE)
    if found is None or problems:
        return text
    present = Fields(found, [])
    keys = {key.text for key, _ in found.nodes}
    extended = text if not text or text.endswith("\n") else f"{text}\n"
    for key, value in missing.items():
        if key in present or not value:
            continue
        line = f"{key}: {frontmatter.scalar(value)}\n"
        extended = _in_its_place(extended, key, line) if key in keys else extended + line
    return extended if _keeps(text, extended) else text


def _in_its_place(text: str, key: str, line: str) -> str:
    """The text with the line in place of the one that has the key without a value."""
    empty = re.compile(rf"{re.escape(key)}:[ \t]*(?:~|null|\"\"|'')?[ \t]*")
    lines = text.splitlines(keepends=True)
    return "".join(line if empty.fullmatch(old.rstrip("\n")) else old for old in lines)


def _keeps(before: str, after: str) -> bool:
    """Whether every setting that the one text fills stands unaltered in the other."""
    old, _ = table(before, settings.FILE)
    new, problems = table(after, settings.FILE)
    if old is None or new is None or problems:
        return False
    filled_before = {key.text for key in (k for k, _ in old.nodes) if key.text in Fields(old, [])}
    kept = {key.text: node for key, node in new.nodes}
    return all(kept.get(key.text) == node for key, node in old.nodes if key.text in filled_before)
