"""What a check found: a problem with its place and remedy, and the papers that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from conspectus.model.papers import Paper
from conspectus.problems import Location, Problem, warning

_EACH_UP_TO = 3
"""Papers that are named one by one."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a curator may want to look at."""

    problem: Problem
    """Its path is below the content folder."""
    check: str
    """The check's name, as docs/content.md has it."""
    papers: tuple[str, ...] = ()
    needle: str = ""
    """The text in the file at which it stands; empty where the whole file is meant."""


def about(paper: Paper, check: str, message: str, remedy: str, needle: str = "") -> Finding:
    """A finding in one paper's file."""
    return Finding(warning(Location(paper.path), message, remedy), check, (paper.id,), needle)


def placed(finding: Finding, text: str) -> Finding:
    """The same with line and column, where the file's text holds what it is about."""
    at = text.find(finding.needle) if finding.needle else -1
    if at < 0:
        return finding
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    place = Location(finding.problem.location.path, line, column)
    return replace(finding, problem=replace(finding.problem, location=place))


def gathered(
    papers: Iterable[Paper], check: str, lacking: str, remedy: str, total: int
) -> tuple[Finding, ...]:
    """What papers have none of: one finding for many, since each file would only repeat it."""
    bare = tuple(sorted(papers, key=lambda paper: paper.id))
    if len(bare) <= _EACH_UP_TO:
        return tuple(about(paper, check, f"no {lacking}", remedy) for paper in bare)
    ids = tuple(paper.id for paper in bare)
    example = f", such as {ids[0]}" if len(ids) < total else ""
    said = f"{len(ids)} of {total} papers have no {lacking}{example}"
    return (Finding(warning(Location("papers"), said, remedy), check, ids),)
