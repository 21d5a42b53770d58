"""What is wrong with a user's files: where, what, and the remedy.

A user's mistake becomes a `Problem`; all of them are collected before anything stops.
A mistake of the program's own raises and is never turned into one of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a user's file; a line of 0 means the whole file or folder."""

    path: str
    """As the user would type it, with forward slashes."""
    line: int = 0
    """From 1; 0 for the whole file."""
    column: int = 0
    """From 1, in characters; 0 for the whole line."""

    def __str__(self) -> str:
        """`path:line:column`, without the parts that are 0."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column or 1}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that the user can mend."""

    location: Location
    severity: Severity
    message: str
    """One line, no full stop."""
    remedy: str
    """One line that says what to write or run."""

    def __str__(self) -> str:
        """The form printed to stderr: the located message, the remedy indented below it."""
        return f"{self.location}: {self.severity}: {self.message}\n    {self.remedy}"

    @property
    def is_error(self) -> bool:
        """True where nothing may be published."""
        return self.severity == "error"


def error(location: Location, message: str, remedy: str) -> Problem:
    """A problem that stops publishing."""
    return Problem(location, "error", message, remedy)


def warning(location: Location, message: str, remedy: str) -> Problem:
    """A problem that is shown while the site is published."""
    return Problem(location, "warning", message, remedy)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops publishing."""
    return any(problem.is_error for problem in problems)


class ProblemsError(Exception):
    """Raised where a stage cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
