"""permalinks.txt: every topic slug ever published and where it leads, as plain sorted lines.

    continual-learning
    lifelong-learning -> continual-learning
    robots -> grasping, locomotion
    games ->

A slug alone lives; an arrow names the topic, or the parts, to which it leads; an arrow to
nothing leads to the list of topics. The union of two branches' lines is valid: a line with an
arrow to something counts before one with none, and that before the slug alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from conspectus.model.topics import Permalink
from conspectus.problems import Location, Problem, error
from conspectus.store import lines

NAME = "permalinks.txt"
_HEADER = (
    "# Written by conspectus: every topic's address ever published, and where it leads now.\n"
    "# Commit it. After a merge keep the lines of both sides.\n"
)
_RESTORE = "restore it with `git checkout -- {path}`"
_MERGED = "delete the marker lines, keep the lines of both sides, then run `conspectus build`"

_SLUG = r"[a-z0-9][a-z0-9-]*"
_LINE = re.compile(rf"({_SLUG})(?:(\s*->)\s*((?:{_SLUG}(?:\s*,\s*{_SLUG})*)?))?")


def read(folder: Path) -> tuple[tuple[Permalink, ...], tuple[Problem, ...]]:
    """The permalinks of a content folder, sorted by slug."""
    name = (folder / NAME).as_posix()
    text, problems = lines.read_text(folder, NAME, _RESTORE.format(path=name))
    return ((), problems) if problems else parse(text, name)


def parse(text: str, name: str) -> tuple[tuple[Permalink, ...], tuple[Problem, ...]]:
    """The permalinks that these lines are; none where any line is wrong."""
    found: dict[str, Permalink] = {}
    problems: list[Problem] = []
    for number, line in sorted(lines.numbered(text), key=lambda entry: (entry[1], entry[0])):
        match = _LINE.fullmatch(line)
        if match is None:
            problems.append(_refused(Location(name, number, 1), line, name))
            if len(problems) == lines.MOST_PROBLEMS:
                break
            continue
        permalink = _permalink(match[1], match[2] is not None, match[3] or "")
        known = found.get(permalink.slug)
        if known is None or _rank(permalink) > _rank(known):
            found[permalink.slug] = permalink
    if problems:
        return (), tuple(sorted(problems))
    return tuple(found[slug] for slug in sorted(found)), ()


def _permalink(slug: str, is_led: bool, targets: str) -> Permalink:
    if not is_led:
        return Permalink(slug, slug)
    first, *others = [target.strip() for target in targets.split(",")]
    return Permalink(slug, first, tuple(others))


def _rank(permalink: Permalink) -> int:
    if permalink.leads_to == permalink.slug:
        return 0
    return 2 if permalink.leads_to else 1


def _refused(place: Location, line: str, name: str) -> Problem:
    if lines.is_marker(line):
        return error(place, "an unfinished merge left its marker", _MERGED)
    shown = line if len(line) <= 60 else line[:57] + "…"
    return error(place, f"cannot read the line {shown!r}", _RESTORE.format(path=name))


def to_text(permalinks: Sequence[Permalink]) -> str:
    """The file's text: the same permalinks, the same bytes."""
    return _HEADER + "".join(f"{line}\n" for line in sorted(map(_spelled, permalinks)))


def _spelled(permalink: Permalink) -> str:
    if permalink.leads_to == permalink.slug:
        return permalink.slug
    targets = ", ".join((permalink.leads_to, *permalink.also) if permalink.leads_to else ())
    return f"{permalink.slug} -> {targets}".rstrip()


def write(folder: Path, permalinks: Sequence[Permalink]) -> bool:
    """Replace the file in one step, only when it has changed; whether it was written."""
    return lines.write_text(folder / NAME, to_text(permalinks))
