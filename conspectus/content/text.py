"""A content file's text in; its front matter and its body out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from conspectus import prose
from conspectus.model.papers import EMPTY_PROSE, Prose
from conspectus.problems import Location, Problem, error, warning
from conspectus.prose import ProseProblem
from conspectus.words import Words

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Parted:
    """A file with front matter."""

    front: str
    front_line: int
    body: str
    body_line: int


def part(text: str, path: str) -> tuple[Parted | None, tuple[Problem, ...]]:
    """Front matter and body, or None and what is wrong with the fences."""
    lines = text.split("\n")
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != _FENCE:
        return None, (
            error(
                Location(path, start + 1, 1),
                "no front matter",
                'begin the file with the lines "---", "title: …" and "---"',
            ),
        )
    for end in range(start + 1, len(lines)):
        if lines[end].rstrip() == _FENCE:
            front = "\n".join(lines[start + 1 : end])
            return Parted(front, start + 2, "\n".join(lines[end + 1 :]), end + 2), ()
    return None, (
        error(
            Location(path, start + 1, 1),
            "the front matter has no end",
            'write a line "---" after its last field',
        ),
    )


def prose_problems(
    found: Iterable[ProseProblem], path: str, first_line: int
) -> tuple[Problem, ...]:
    """What is wrong in a stretch of Markdown, at its place in the file."""
    return tuple(
        warning(
            Location(path, first_line + problem.line - 1, problem.column),
            problem.message,
            problem.remedy,
        )
        for problem in found
    )


def read_prose(
    source: str, path: str, line: int, problems: list[Problem], interface: Words | None
) -> Prose:
    """A stretch of the curator's Markdown that begins on `line`; its problems gather."""
    stripped = source.strip("\n")
    if not stripped.strip():
        return EMPTY_PROSE
    read, found = prose.read(stripped, top_heading=2, interface=interface)
    first = line + len(source) - len(source.lstrip("\n"))
    problems.extend(prose_problems(found, path, first))
    return read
