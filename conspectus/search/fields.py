"""A paper in; the texts that the search counts out, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from conspectus.model.papers import Paper


@dataclass(frozen=True, slots=True)
class Field:
    """How much a word of a field weighs, and how far long fields are discounted (BM25F)."""

    name: str
    weight: float
    discount: float


FIELDS = (
    Field("title", 3.0, 0.5),
    Field("abstract", 1.0, 0.75),
    Field("authors", 1.5, 0.0),
    Field("keywords", 1.5, 0.0),
    Field("venue", 0.5, 0.0),
    Field("notes", 0.5, 0.0),
    Field("identifiers", 2.0, 0.0),
    Field("neighbours", 0.4, 0.0),
)
TITLE = 0
ABSTRACT = 1
AUTHORS = 2
NEIGHBOURS = len(FIELDS) - 1
"""Words of similar papers' titles: they lift a paper that has other words of the query, and find
none by themselves. Whole abstracts were tried: they cost much more and gain little."""


def texts(paper: Paper) -> tuple[str, ...]:
    """The paper's text in each of `FIELDS` but the last, which is other papers' titles."""
    return (
        paper.title_text,
        paper.abstract.text,
        author_text(paper),
        "\n".join(paper.keywords),
        paper.venue,
        paper.notes.text,
        f"{paper.doi}\n{paper.arxiv}",
    )


def author_text(paper: Paper) -> str:
    """The authors' names, one a line."""
    return "\n".join(author.name for author in paper.authors)
