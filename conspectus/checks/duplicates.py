"""Papers in; those that say nearly the same, or claim one identifier, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import combinations
from zlib import crc32

from conspectus.checks.findings import Finding, about
from conspectus.content.checks import same_title
from conspectus.importers import similarity
from conspectus.model.papers import Paper

_LEAST_TITLE, _LEAST_ABSTRACT = 0.9, 0.5
_SOME = 0.1
"""Of an abstract, that two papers of one group share easily, and two of two groups never."""
_SHINGLE = 5
_SKETCH = 32
"""Runs of words by which an abstract is known among all others."""
_COMMON = 12
"""Papers that share a run of words, above which it is a phrase of the field and proves nothing."""
_LEAST_SHARED = 3
_VERSION = re.compile(r"v[0-9]+$")
_REMEDY = "delete one of the two, and name its id under aliases in the other"


def find(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A finding for each pair, at the later paper."""
    yield from _same_identifiers(papers, "doi", "DOI")
    yield from _same_identifiers(papers, "arxiv", "arXiv identifier")
    for one, other in _suspects(papers):
        finding = _compared(papers[one], papers[other])
        if finding:
            yield finding


def _same_identifiers(papers: Sequence[Paper], name: str, shown: str) -> Iterator[Finding]:
    first: dict[str, Paper] = {}
    for paper in papers:
        identifier = _VERSION.sub("", getattr(paper, name))
        known = first.setdefault(identifier, paper) if identifier else paper
        if known is not paper:
            said = f"the {shown} {identifier} is also that of {known.path}"
            yield about(paper, "near-duplicate", said, _REMEDY, identifier)


def _compared(known: Paper, paper: Paper) -> Finding | None:
    if same_title(known.title_text) == same_title(paper.title_text):
        return None  # the content's own reader says so
    if _is_one_paper(known, paper):
        return None
    title = similarity.of_titles(known.title_text, paper.title_text)
    abstract = similarity.of_abstracts(known.abstract.text, paper.abstract.text)
    if abstract < _LEAST_ABSTRACT and not _are_titles_alike(known, paper, title, abstract):
        return None
    said = f"says nearly what {known.path} says (title {title:.2f}, abstract {abstract:.2f})"
    return about(paper, "near-duplicate", said, _REMEDY)


def _are_titles_alike(known: Paper, paper: Paper, title: float, abstract: float) -> bool:
    """Whether the titles are one with a slip in it; abstracts with nothing in common deny that."""
    if similarity.have_other_numbers(known.title_text, paper.title_text):
        return False
    has_both = bool(known.abstract.text and paper.abstract.text)
    return title >= _LEAST_TITLE and (abstract >= _SOME or not has_both)


def _is_one_paper(known: Paper, paper: Paper) -> bool:
    """Whether an identifier says so, which is a finding already."""
    return bool(known.doi and known.doi == paper.doi) or bool(
        known.arxiv and _VERSION.sub("", known.arxiv) == _VERSION.sub("", paper.arxiv)
    )


def _suspects(papers: Sequence[Paper]) -> list[tuple[int, int]]:
    """Pairs that share several rare runs of words, or the rarest words of their titles."""
    shared: Counter[tuple[int, int]] = Counter()
    runs: dict[int, list[int]] = {}
    titles: dict[tuple[str, ...], list[int]] = {}
    for number, paper in enumerate(papers):
        for run in _runs(paper.abstract.text):
            runs.setdefault(run, []).append(number)
        for key in _title_keys(paper.title_text):
            titles.setdefault(key, []).append(number)
    for members in runs.values():
        if 1 < len(members) <= _COMMON:
            shared.update(combinations(members, 2))
    close = {pair for pair, count in shared.items() if count >= _LEAST_SHARED}
    for members in titles.values():
        if 1 < len(members) <= _COMMON:
            close.update(combinations(members, 2))
    return sorted(close)


def _runs(text: str) -> list[int]:
    """The least hashes of the text's runs of words: a sketch (Broder, 1997) that fits in memory."""
    words = similarity.words(text)
    runs = (" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return nsmallest(_SKETCH, {crc32(run.encode()) for run in runs})


def _title_keys(title: str) -> set[tuple[str, ...]]:
    """What titles share that differ by a letter or a word: their longest words but one."""
    longest = sorted(set(similarity.words(title)), key=lambda word: (-len(word), word))[:4]
    return {tuple(sorted(keys)) for keys in combinations(longest, max(1, len(longest) - 1))}
