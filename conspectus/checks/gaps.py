"""Papers in; what they lack that a reader or a citation needs out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conspectus.checks.findings import Finding, about, gathered
from conspectus.content.papers import arxiv_of, doi_of
from conspectus.model.papers import Paper

_COMPLETE = "fill it with: conspectus complete"
_MOST_AHEAD = 2
"""Years by which a preprint may come in before its journal dates it."""


def find(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Missing dates and authors, ways to the text, and dates that cannot be."""
    total = len(papers)
    undated = (paper for paper in papers if paper.published is None)
    yield from gathered(undated, "no-date", "date of publication", _COMPLETE, total)
    anonymous = (paper for paper in papers if not paper.authors)
    yield from gathered(anonymous, "no-authors", "authors", _COMPLETE, total)
    unreachable = (paper for paper in papers if not has_text(paper))
    way = "way to their text (doi, arxiv, url or pdf)"
    yield from gathered(unreachable, "no-text", way, _COMPLETE, total)
    for paper in papers:
        yield from _hidden_identifiers(paper)
        yield from _impossible_dates(paper)


def has_text(paper: Paper) -> bool:
    """Whether a reader can get at the text itself."""
    return bool(paper.pdf or paper.arxiv or paper.doi or paper.url)


def hidden(paper: Paper) -> dict[str, str]:
    """Identifiers that the paper's address holds and its own fields lack."""
    found = {"doi": doi_of(paper.url), "arxiv": arxiv_of(paper.url) or arxiv_of(paper.pdf)}
    return {name: each for name, each in found.items() if each and not getattr(paper, name)}


def _hidden_identifiers(paper: Paper) -> Iterator[Finding]:
    for name, identifier in hidden(paper).items():
        yield about(
            paper,
            "hidden-identifier",
            f"the address holds the {name} {identifier}, and the field {name} is empty",
            f"add {name}: {identifier}, or let check --fix do so",
            identifier,
        )


def _impossible_dates(paper: Paper) -> Iterator[Finding]:
    entered, year = paper.entered, paper.year
    if year and entered and year > entered.year + _MOST_AHEAD:
        yield about(
            paper,
            "wrong-date",
            f"published {paper.published} lies long after {entered}, the day on which it came in",
            "correct one of the two",
            f"published: {paper.published}",
        )
    month = paper.arxiv[2:4]
    if paper.arxiv[:4].isdigit() and not "01" <= month <= "12":
        yield about(
            paper,
            "wrong-date",
            f"the arXiv identifier {paper.arxiv} has no month {month}",
            "compare it with the paper's page at arXiv",
            paper.arxiv,
        )
