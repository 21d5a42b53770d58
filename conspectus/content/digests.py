"""A file of content/digests in; the digest that it records out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from conspectus.content.text import read_prose
from conspectus.fields import Fields, Scalar, nearest, parse_date, shown, table
from conspectus.model.digests import Digest
from conspectus.problems import Location, Problem, error, warning

FOLDER = "digests"
LEDGER_SUFFIX = ".sent"
"""Beside a digest lies the ledger of whom it was sent to."""


def read_digest(
    text: str, path: str, papers: Mapping[str, str]
) -> tuple[Digest | None, tuple[Problem, ...]]:
    """One digest; `papers` leads from ids and aliases to ids.

    An entry whose paper is not there is left out with a warning, as on lists.
    """
    problems: list[Problem] = []
    day = _day(path, problems)
    found, yaml_problems = table(text, path)
    problems.extend(yaml_problems)
    if found is None or day is None:
        return None, tuple(problems)
    fields = Fields(found, problems)
    fields.only(("since", "note", "papers"), {"from": "since", "description": "note"})
    since = fields.date("since")
    ids = tuple(dict.fromkeys(_papers(fields, papers)))
    note = read_prose(fields.lines("note"), path, fields.at("note").line, problems, None)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    return Digest(day, ids, since, note, path), tuple(problems)


def _day(path: str, problems: list[Problem]) -> datetime.date | None:
    """The day that names the file; no folder may hold it."""
    name = PurePosixPath(path).relative_to(FOLDER).with_suffix("").as_posix()
    found = parse_date(name)
    if found is None or not found.month or not found.day:
        problems.append(
            error(
                Location(path),
                f'"{shown(name)}" is no day, by which a digest is named',
                "rename it, for instance to digests/2025-03-17.yaml",
            )
        )
        return None
    return datetime.date(found.year, found.month, found.day)


def _papers(fields: Fields, papers: Mapping[str, str]) -> Iterator[str]:
    for node in fields.items("papers"):
        if not isinstance(node, Scalar):
            fields.problems.append(
                error(node.location, "a digest names papers only", "write one paper's id a line")
            )
            continue
        paper = papers.get(node.text.strip())
        if paper is not None:
            yield paper
            continue
        meant = nearest(node.text, papers)
        remedy = f'did you mean "{meant}"?' if meant else "delete the line if the paper is gone"
        message = f'no paper "{shown(node.text)}"; the entry is left out'
        fields.problems.append(warning(node.location, message, remedy))
