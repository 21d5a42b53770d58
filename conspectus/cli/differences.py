"""`conspectus topics diff OLD`: what changed since another build or lock, for a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from conspectus.analysis.differences import Assignment, Differences
from conspectus.cli.terminal import counted
from conspectus.problems import Location, ProblemsError, error
from conspectus.publishing import topics_data
from conspectus.store import lock as locks

_SHOWN = 50
"""Papers that the text names; the JSON names all."""


def read_old(path: Path) -> Assignment:
    """The assignment of a built site, its data/topics.json, a topics.lock, or the folder of one.

    Raises `ProblemsError` where there is none.
    """
    for candidate in (path / topics_data.NAME, path / "topics.json", path):
        if candidate.is_file() and candidate.suffix == ".json":
            return _of_data(candidate)
    folder = path if path.is_dir() else path.parent
    lock, problems = locks.read(folder)
    if problems:
        raise ProblemsError(problems)
    if lock is None:
        remedy = "name a built site, its data/topics.json, or a folder with a topics.lock"
        raise ProblemsError([error(Location(path.as_posix()), "no topics to compare", remedy)])
    return Assignment.of_lock(lock)


def _of_data(path: Path) -> Assignment:
    try:
        leaves = [topic for topic in topics_data.read(path) if not topic["children"]]
        return Assignment(
            {str(topic["id"]): str(topic["label"]) for topic in leaves},
            {str(paper): str(topic["id"]) for topic in leaves for paper in topic["papers"]},
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        remedy = "name the data/topics.json of a site that conspectus built"
        message = f"not the topics of a site: {type(fault).__name__}"
        raise ProblemsError([error(Location(path.as_posix()), message, remedy)]) from None


def as_json(found: Differences) -> str:
    """Every change, as indented JSON."""
    return json.dumps(asdict(found), indent=2, ensure_ascii=False)


def as_text(found: Differences, old: Assignment, new: Assignment) -> Iterator[str]:
    """The changes as lines: a summary, then topics, then papers."""
    if found.is_empty:
        yield "no topic and no paper moved"
        return
    yield (
        f"{counted(len(found.added), 'paper')} added, {len(found.removed)} removed, "
        f"{len(found.moved)} moved; {counted(len(found.born), 'topic')} born, "
        f"{len(found.ended)} ended, {len(found.renamed)} renamed"
    )
    names = dict(old.topics) | dict(new.topics)
    yield from (f"born: {names[topic]} [{topic}]" for topic in found.born)
    for end in found.ended:
        heir = f", most of its papers are in {names[end.heir]}" if end.heir else ""
        yield f"ended: {names[end.topic]} [{end.topic}]{heir}"
    yield from (
        f"renamed: {change.old} → {change.new} [{change.topic}]" for change in found.renamed
    )
    moved = (f"moved: {m.paper}: {names[m.old]} → {names[m.new]}" for m in found.moved)
    added = (f"added: {paper}: {names[new.papers[paper]]}" for paper in found.added)
    removed = (f"removed: {paper}: {names[old.papers[paper]]}" for paper in found.removed)
    lines = [*moved, *added, *removed]
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"and {len(lines) - _SHOWN} more (--format json names all)"
