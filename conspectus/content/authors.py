"""A name as people write it in; family and given name out."""

from __future__ import annotations

import re

from conspectus.fields import Fields, Items, Node, Scalar, shown
from conspectus.model.papers import Author
from conspectus.problems import Problem, error

_PARTICLES = frozenset(
    str.split(
        "af al an auf av ben bin da dal das de del della den der des di dos du el ibn la le los "
        "mac of san st ter van vande vander vom von y zu zum zur"
    )
)
_SUFFIX = re.compile(r"(?:Jr|Sr|Junior|Senior)\.?|[IV]{2,4}|IV")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def author_of(name: str) -> Author:
    """`Ada Lovelace` or `Lovelace, Ada`; in braces, an institution that has one name."""
    name = " ".join(name.split())
    if name.startswith("{") and name.endswith("}"):
        return Author(name[1:-1].strip())
    if "," in name:
        parts = [part.strip() for part in name.split(",")]
        family = parts[0]
        if len(parts) > 2 and _SUFFIX.fullmatch(parts[1]):
            family, parts = f"{family} {parts[1]}", [parts[0], *parts[2:]]
        return Author(family, " ".join(part for part in parts[1:] if part))
    words = name.split(" ")
    start = len(words) - 1
    if start and _SUFFIX.fullmatch(words[start]):
        start -= 1
    while start > 1 and words[start - 1].lower().rstrip(".") in _PARTICLES:
        start -= 1
    return Author(" ".join(words[start:]), " ".join(words[:start]))


def read(fields: Fields) -> tuple[Author, ...]:
    """The authors of a paper's front matter."""
    node = fields.node("authors")
    if isinstance(node, Scalar) and node.is_plain and ("," in node.text or " and " in node.text):
        fields.refuse(
            "authors",
            f'authors: "{shown(node.text)}" may be one name or several',
            'write a list: authors: [Ada Lovelace, "Turing, Alan"]',
        )
        return ()
    authors = (_author(entry, fields.problems) for entry in fields.items("authors"))
    return tuple(author for author in authors if author is not None)


def _author(node: Node, problems: list[Problem]) -> Author | None:
    if isinstance(node, Scalar):
        return author_of(node.text)
    if isinstance(node, Items):
        problems.append(
            error(
                node.location, "an author is a name, not a list", 'write "Turing, Alan" in quotes'
            )
        )
        return None
    fields = Fields(node, problems)
    fields.only(("name", "family", "given", "orcid", "affiliation"))
    name = fields.text("name")
    author = author_of(name) if name else Author(fields.text("family"), fields.text("given"))
    if not author.family:
        problems.append(error(node.location, "an author has no name", "write {name: Ada Lovelace}"))
        return None
    return Author(author.family, author.given, _orcid(fields), fields.text("affiliation"))


def _orcid(fields: Fields) -> str:
    written = fields.text("orcid")
    match = _ORCID.fullmatch(written)
    if written and not match:
        fields.refuse(
            "orcid", f'orcid: "{shown(written)}" is no ORCID', "write it as 0000-0002-1825-0097"
        )
    return match[1] if match else ""
