"""A survey read for a report: what the commands that publish nothing look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conspectus import assets, pipeline
from conspectus.content import Content
from conspectus.model.topics import Analysis
from conspectus.problems import Problem, ProblemsError, has_errors


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey and its topics."""

    content: Content
    analysis: Analysis


def problems_of(folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """The number of papers, and everything wrong in a survey's files, sorted."""
    survey = pipeline.gather(folder)
    problems = (*survey.problems, *_look_problems(folder))
    return len(survey.content.corpus.papers), tuple(sorted(problems))


def with_topics(folder: Path, *, refresh: bool = False) -> Surveyed:
    """The survey's topics by the lock on disk, or clustered anew; nothing is written.

    Raises `ProblemsError` where the content has errors.
    """
    survey = pipeline.gather(folder)
    if has_errors(survey.problems):
        raise ProblemsError(survey.problems)
    return Surveyed(
        survey.content, pipeline.find_topics(survey, freeze=not refresh, refresh=refresh)
    )


def _look_problems(folder: Path) -> tuple[Problem, ...]:
    try:
        assets.load(folder)
    except ProblemsError as found:
        return found.problems
    return ()
