"""A paper in; its CSL-JSON out: the variables that citation processors read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from conspectus.citations import facts
from conspectus.model.papers import Author, Paper, PartialDate

_OURS = ("id", "type", "title", "author", "issued")
"""Where the paper's own fields say these, they win; every other variable is the curator's."""
_VALUES = json.JSONEncoder(ensure_ascii=False)


def csl_json(paper: Paper, url: str, *, with_abstract: bool = False) -> str:
    """The one entry as JSON for reading and copying."""
    return laid_out(csl_variables(paper, url, with_abstract=with_abstract))


def laid_out(variables: Mapping[str, object]) -> str:
    """JSON with one variable a line: every paper's page and card hold it, and indents add up."""
    lines = (f"  {json.dumps(name)}: {_VALUES.encode(value)}" for name, value in variables.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def csl_variables(paper: Paper, url: str, *, with_abstract: bool = False) -> dict[str, object]:
    """The entry in a fixed order: id, type, title, what is known, then the curator's variables."""
    variables: dict[str, object] = {
        "id": facts.key(paper),
        "type": facts.csl_type(paper),
        "title": paper.title_text,
    }
    if paper.authors:
        variables["author"] = [_name(author) for author in paper.authors]
    if paper.published is not None:
        variables["issued"] = {"date-parts": [_date_parts(paper.published)]}
    known = {
        "container-title": paper.venue,
        "DOI": paper.doi,
        "URL": facts.address(paper, url),
        "keyword": ", ".join(paper.keywords),
        "language": paper.language,
        "note": facts.note(paper),
        "abstract": paper.abstract.text if with_abstract else "",
    }
    variables |= {name: text for name, text in known.items() if text}
    passed = facts.passed_through(paper)
    is_ours = {name for name in _OURS if name in variables}
    return variables | {name: passed[name] for name in sorted(passed) if name not in is_ours}


def _name(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    return {"family": author.family, "given": author.given}


def _date_parts(date: PartialDate) -> list[int]:
    parts = (date.year, date.month, date.day)
    return [part for part in parts if part is not None]
