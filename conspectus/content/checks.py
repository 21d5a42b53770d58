"""Papers in; the corpus, and what is wrong between its papers, out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from conspectus.model.papers import Corpus, Paper
from conspectus.problems import Location, Problem, warning


def check_corpus(papers: Iterable[Paper]) -> tuple[Corpus, tuple[Problem, ...]]:
    """The papers sorted by id; of names that two papers claim, the first keeps them."""
    ordered = sorted(papers, key=lambda paper: paper.id)
    problems: list[Problem] = []
    problems.extend(_duplicate_titles(ordered))
    ordered = _unique_citekeys(ordered, problems)
    ordered = _unique_aliases(ordered, problems)
    return Corpus(tuple(ordered)), tuple(problems)


def same_title(text: str) -> str:
    """What two titles have in common that differ by case, accents or signs only."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = re.sub(r"[\W_]+", "", folded)
    return letters or " ".join(folded.split())


def _duplicate_titles(papers: Iterable[Paper]) -> Iterable[Problem]:
    first: dict[str, Paper] = {}
    for paper in papers:
        known = first.setdefault(same_title(paper.title_text), paper)
        if known is not paper:
            yield warning(
                Location(paper.path),
                f"the title is also that of {known.path}",
                "delete one of the two, and name its id under aliases in the other",
            )


def _unique_citekeys(papers: list[Paper], problems: list[Problem]) -> list[Paper]:
    first: dict[str, Paper] = {}
    unique: list[Paper] = []
    for paper in papers:
        known = first.setdefault(paper.citekey.lower(), paper) if paper.citekey else paper
        if known is not paper:
            problems.append(
                warning(
                    Location(paper.path),
                    f'the citekey "{paper.citekey}" is also that of {known.path}',
                    "give one of the two another; until then only the first one has it",
                )
            )
            paper = replace(paper, citekey="")
        unique.append(paper)
    return unique


def _unique_aliases(papers: list[Paper], problems: list[Problem]) -> list[Paper]:
    owners = {paper.id: paper for paper in papers}
    unique: list[Paper] = []
    for paper in papers:
        kept: list[str] = []
        for alias in paper.aliases:
            owner = owners.setdefault(alias, paper)
            if owner is paper and alias != paper.id:
                kept.append(alias)
            else:
                claimed = "its own id" if owner is paper else f"taken by {owner.path}"
                problems.append(
                    warning(
                        Location(paper.path),
                        f'the alias "{alias}" is {claimed}',
                        "delete it from aliases; until then it leads to the other",
                    )
                )
        unique.append(replace(paper, aliases=tuple(kept)) if paper.aliases else paper)
    return unique
