"""A survey folder in; its topics, and everything that is wrong or worth a look in it, out.

Nothing is written: what the commands that publish nothing, and the preview, look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from conspectus import assets, checks, pipeline
from conspectus.checks import Counts, Finding
from conspectus.content import Content
from conspectus.fields import decode, moved
from conspectus.model.topics import Analysis
from conspectus.problems import Problem, ProblemsError, has_errors


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey and its topics."""

    content: Content
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is wrong or worth a look."""

    problems: tuple[Problem, ...]
    """What a build would say."""
    findings: tuple[Finding, ...]
    counts: Counts
    silent: int = 0
    """Links whose hosts gave no answer."""

    @property
    def all(self) -> tuple[Problem, ...]:
        """Problems and findings together, sorted."""
        return tuple(sorted((*self.problems, *(each.problem for each in self.findings))))


def report(folder: Path) -> Report:
    """What a build would say of the survey, and what its curator should look at."""
    survey = pipeline.gather(folder)
    problems = tuple(sorted((*survey.problems, *_look_problems(folder))))
    if has_errors(survey.problems):
        # Without topics, what a build says comes first; the rest can wait until it builds.
        return Report(problems, (), checks.count(survey.content))
    found = checks.check(survey.content, pipeline.find_topics(survey, freeze=True))
    return Report(problems, placed(found, folder), checks.count(survey.content))


def with_topics(folder: Path, *, refresh: bool = False) -> Surveyed:
    """The survey's topics by the lock on disk, or clustered anew.

    Raises `ProblemsError` where the content has errors.
    """
    survey = pipeline.gather(folder)
    if has_errors(survey.problems):
        raise ProblemsError(survey.problems)
    return Surveyed(
        survey.content, pipeline.find_topics(survey, freeze=not refresh, refresh=refresh)
    )


def placed(findings: Iterable[Finding], folder: Path) -> tuple[Finding, ...]:
    """Each at the line of what it is about, below the folder as the user would type it."""
    found: list[Finding] = []
    by_path = groupby(sorted(findings), key=lambda each: each.problem.location.path)
    for path, group in by_path:
        file = folder / path
        text = decode(file.read_bytes(), path)[0] if file.is_file() else ""
        found.extend(checks.placed(each, text or "") for each in group)
    return tuple(
        sorted(replace(each, problem=moved(each.problem, folder.as_posix())) for each in found)
    )


def _look_problems(folder: Path) -> tuple[Problem, ...]:
    try:
        assets.load(folder)
    except ProblemsError as found:
        return found.problems
    return ()
