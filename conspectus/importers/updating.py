"""A paper's file and an entry in; the file with its empty fields filled out."""

from __future__ import annotations

from collections.abc import Mapping

from conspectus.content.papers import KNOWN_FIELDS, read_paper
from conspectus.content.text import part
from conspectus.fields import Fields, table
from conspectus.importers import drafting, frontmatter
from conspectus.importers.drafting import Draft
from conspectus.importers.frontmatter import Field

_KEPT = frozenset(("title", "citekey", "added"))
"""What a matched paper never takes from an entry."""


def updated(text: str, path: str, found: Draft) -> str:
    """The file's text with the fields and the abstract that it lacks; no other letter changes.

    Returned unchanged where nothing is lacking, or where a line more would alter its meaning.
    """
    parted, _ = part(text, path)
    if parted is None:
        return text
    front, problems = table(parted.front, path)
    if front is None or problems:
        return text
    present = Fields(front, [])
    lacking: dict[str, Field] = {
        key: value
        for key, value in drafting.fields(found).items()
        if value and key not in _KEPT and key not in present
    }
    if "listed" in present:
        # A place counts in its own listing only.
        lacking.pop("position", None)
    body = parted.body
    if not body.strip() and found.abstract:
        body = f"{found.abstract}\n"
    if not lacking and body == parted.body:
        return text
    changed = _joined(parted.front, lacking, body)
    return changed if _keeps(text, changed, path) else text


def filled(
    text: str, path: str, fields: Mapping[str, Field], sources: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The file's text with those of the fields that it lacks, and their names.

    The service from which each comes is written beside it, under `sources`. The text is returned
    unchanged where nothing is lacking, or where a line more would alter its meaning.
    """
    parted, _ = part(text, path)
    front, problems = table(parted.front, path) if parted else (None, ())
    if parted is None or front is None or problems:
        return text, ()
    present = Fields(front, [])
    lacking = {key: fields[key] for key in KNOWN_FIELDS if fields.get(key) and key not in present}
    noted = present.fields("sources")
    both = {key: noted.text(key) for key in noted}
    both |= {key: sources[key] for key in lacking if key in sources}
    changed = _joined(_without(parted.front, "sources"), {**lacking, "sources": both}, parted.body)
    if not lacking or not _keeps(text, changed, path):
        return text, ()
    return changed, tuple(lacking)


def _without(front: str, key: str) -> str:
    """The front matter without a field's lines."""
    lines = front.split("\n")
    at = next((i for i, line in enumerate(lines) if _key(line) == key), None)
    if at is not None:
        del lines[at : _end_of_field(lines, at)]
    return "\n".join(lines)


def _joined(front: str, lacking: Mapping[str, Field], body: str) -> str:
    """Each new line stands where a new file would have it: after the last field before it."""
    lines = front.split("\n") if front else []
    order = list(KNOWN_FIELDS)
    for key in (key for key in order if lacking.get(key)):
        before = set(order[: order.index(key)])
        empty = next((i for i, line in enumerate(lines) if _key(line) == key), None)
        if empty is not None:
            at = empty
            del lines[empty]
        else:
            ends = (_end_of_field(lines, i) for i, ln in enumerate(lines) if _key(ln) in before)
            at = max(ends, default=len(lines))
        lines[at:at] = frontmatter.mapping({key: lacking[key]}).rstrip("\n").split("\n")
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def _key(line: str) -> str:
    return line.split(":", 1)[0] if ":" in line else ""


def _end_of_field(lines: list[str], index: int) -> int:
    """The line after a field's last: what is indented, a list or a comment below belongs to it."""
    end = index + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t-#]}"):
        end += 1
    return end


def _keeps(before: str, after: str, path: str) -> bool:
    """Whether the paper reads as before in all that it had, without a new problem."""
    old, old_problems = read_paper(before, path)
    new, new_problems = read_paper(after, path)
    if old is None or new is None or len(new_problems) > len(old_problems):
        return False
    had = (old.title, old.authors, old.venue, old.citekey, old.notes, old.attributes, old.csl)
    has = (new.title, new.authors, new.venue, new.citekey, new.notes, new.attributes, new.csl)
    return all(a == b for a, b in zip(had, has, strict=True) if a)
