"""The papers that a survey has in; which of them an entry is, if any, and how alike, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz

from conspectus.content import PapersOnDisk
from conspectus.content.checks import same_title
from conspectus.importers import wording
from conspectus.importers.drafting import Draft
from conspectus.model.identifiers import slug_of
from conspectus.model.papers import Author, PartialDate

By = Literal["DOI", "arXiv identifier", "title", "title and authors", "file name"]

_VERSION = re.compile(r"v[0-9]+$")
_ARXIV_DOI = "10.48550/arxiv."
_ALIKE = 92.0
"""Least score of two titles that are taken for one where the authors agree."""
_ALIKE_ALONE = 96.0
"""The same where the authors of one are not known."""
_UNLIKE = 50.0
"""Below it, and without a common author, a shared identifier is somebody's slip."""
_YEARS_APART = 3
"""A title without known authors may be used again after so many years."""
_MOST_SHARING = 200
"""Papers that share a word, above which it tells nothing."""
_RAREST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that an entry is, what told so, and the likeness of the titles from 0 to 100."""

    paper: str
    by: By
    score: float


@dataclass(frozen=True, slots=True)
class _Face:
    """What a paper is compared by."""

    title: str
    """Words in lower case, one space between."""
    names: frozenset[str]
    year: int | None
    doi: str
    arxiv: str


@dataclass(slots=True)
class Known:
    """What a survey's papers are recognised by; grows while entries are taken in."""

    ids: set[str] = field(default_factory=set)
    citekeys: set[str] = field(default_factory=set)
    """In lower case."""
    by_doi: dict[str, str] = field(default_factory=dict)
    by_arxiv: dict[str, str] = field(default_factory=dict)
    by_title: dict[str, list[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Papers whose files cannot be read, known by their names only."""
    _faces: dict[str, _Face] = field(default_factory=dict)
    _by_word: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, on_disk: PapersOnDisk) -> Known:
        """What lies on disk, drafts and broken files included."""
        known = cls(ids=set(on_disk.ids))
        readable = set()
        for found in on_disk.papers:
            paper = found.paper
            if paper is None:
                continue
            readable.add(paper.id)
            known.remember(
                paper.id,
                paper.title_text,
                paper.doi,
                paper.arxiv,
                paper.citekey,
                authors=paper.authors,
                published=paper.published,
            )
            known.ids.update(paper.aliases)
        known.broken = set(on_disk.ids) - readable
        return known

    def remember(
        self,
        paper_id: str,
        title: str,
        doi: str,
        arxiv: str,
        citekey: str,
        *,
        authors: Iterable[Author] = (),
        published: PartialDate | None = None,
    ) -> None:
        """Take in one more paper."""
        self.ids.add(paper_id)
        if citekey:
            self.citekeys.add(citekey.lower())
        face = _face(title, doi, arxiv, authors, published)
        if face.doi:
            self.by_doi.setdefault(face.doi, paper_id)
        if face.arxiv:
            self.by_arxiv.setdefault(face.arxiv, paper_id)
        self.by_title.setdefault(same_title(title), []).append(paper_id)
        self._faces[paper_id] = face
        for word in sorted(set(face.title.split())):
            self._by_word.setdefault(word, []).append(paper_id)

    def match(self, found: Draft) -> Match | None:
        """The paper that an entry is.

        By DOI, then arXiv identifier, then title and authors, unless identifiers say that two
        papers share a title. A broken file is recognised by the name that the title would give it.
        """
        entry = found.entry
        face = _face(found.title_text, entry.doi, entry.arxiv, entry.authors, entry.published)
        return (
            self._by_identifier(self.by_doi.get(face.doi), "DOI", face)
            or self._by_identifier(self.by_arxiv.get(face.arxiv), "arXiv identifier", face)
            or self._by_same_title(found.title_text, face)
            or self._by_like_title(face)
            or self._by_name(found.title_words)
        )

    def _by_identifier(self, paper_id: str | None, by: By, face: _Face) -> Match | None:
        if not paper_id:
            return None
        theirs = self._faces[paper_id]
        score = fuzz.token_set_ratio(face.title, theirs.title)
        is_slip = score < _UNLIKE and face.names and theirs.names and not face.names & theirs.names
        return None if is_slip else Match(paper_id, by, _score(face, theirs))

    def _by_same_title(self, title: str, face: _Face) -> Match | None:
        for paper_id in self.by_title.get(same_title(title), ()):
            if _can_be_one(face, self._faces[paper_id]):
                return Match(paper_id, "title", 100.0)
        return None

    def _by_like_title(self, face: _Face) -> Match | None:
        """The most alike of the papers that share rare words; ties by id."""
        best: Match | None = None
        for paper_id in self._candidates(face.title):
            theirs = self._faces[paper_id]
            score = _score(face, theirs)
            has_names = bool(face.names and theirs.names)
            is_alike = score >= (_ALIKE if has_names else _ALIKE_ALONE)
            if not is_alike or not _can_be_one(face, theirs):
                continue
            if not wording.is_reworded(face.title, theirs.title) and (
                best is None or score > best.score
            ):
                best = Match(paper_id, "title and authors" if has_names else "title", score)
        return best

    def _candidates(self, title: str) -> list[str]:
        """Papers that share two of the title's rarest words, or its only one."""
        words = sorted(
            (len(papers), word)
            for word in set(title.split())
            if len(papers := self._by_word.get(word, ())) <= _MOST_SHARING and papers
        )[:_RAREST]
        shared: dict[str, int] = {}
        for _, word in words:
            for paper_id in self._by_word[word]:
                shared[paper_id] = shared.get(paper_id, 0) + 1
        least = 2 if len(words) > 2 else 1
        return sorted(paper_id for paper_id, count in shared.items() if count >= least)

    def _by_name(self, title_words: str) -> Match | None:
        slug = slug_of(title_words) if self.broken else ""
        return Match(slug, "file name", 100.0) if slug in self.broken else None


def _face(
    title: str, doi: str, arxiv: str, authors: Iterable[Author], published: PartialDate | None
) -> _Face:
    """An arXiv DOI counts as the arXiv identifier that it names."""
    arxiv = _VERSION.sub("", arxiv)
    if doi.startswith(_ARXIV_DOI):
        arxiv, doi = arxiv or _VERSION.sub("", doi.removeprefix(_ARXIV_DOI)), ""
    return _Face(
        wording.folded(title),
        frozenset(word for author in authors for word in wording.names(author)),
        published.year if published else None,
        doi,
        arxiv,
    )


def _can_be_one(ours: _Face, theirs: _Face) -> bool:
    """Whether neither identifiers nor authors say that these are two papers of one title."""
    pairs = ((ours.doi, theirs.doi), (ours.arxiv, theirs.arxiv))
    if any(a and b and a != b for a, b in pairs):
        return False
    if ours.names and theirs.names:
        fewer = min(len(ours.names), len(theirs.names))
        return 3 * len(ours.names & theirs.names) >= fewer
    return not (ours.year and theirs.year and abs(ours.year - theirs.year) > _YEARS_APART)


def _score(ours: _Face, theirs: _Face) -> float:
    return round(fuzz.ratio(ours.title, theirs.title), 1)
