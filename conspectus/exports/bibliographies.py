"""Papers and topics in; one bibliography of all and one of each topic out, in three formats.

Of a large survey, `exports/all.bib` names the files that hold the entries, such as `all/3f.bib`,
and a topic with sub-topics names theirs. Abstracts then stand in the BibTeX of all papers only; in
compact surveys they stand nowhere, and the files of the leaf topics are those of all papers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from conspectus.citations import Citation, Citations
from conspectus.exports.parts import coarse, parts
from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from conspectus.settings.sizes import Size, size_of
from conspectus.siteplan import urls
from conspectus.workers import chunks

Writer = Callable[[Iterable[Citation]], str]
"""Entries in; a whole file out."""


def cited(
    corpus: Corpus, settings: Settings, citations: Citations
) -> Iterator[Mapping[str, Citation]]:
    """The citations of all papers by id, some at a time."""
    desk = _Desk.of(corpus, settings, citations)
    for some in chunks(corpus.papers):
        yield {paper.id: desk.cited(paper) for paper in some}


def of_all(corpus: Corpus, settings: Settings, citations: Citations) -> Iterator[Output]:
    """The bibliography of all papers, or its parts and what names them.

    Nothing where topics have a part in it.
    """
    desk = _Desk.of(corpus, settings, citations)
    if not corpus.papers or desk.size.has_all_by_topics:
        return
    whole = desk.with_abstracts | ({_BIBTEX} if desk.size.has_abstracts_in_bibtex else set())
    if desk.size.is_parted:
        split = parts(corpus.papers, coarse)
        yield from _indices("exports/all", [f"all/{name}" for name, _ in split])
        for name, members in split:
            yield from desk.files(f"exports/all/{name}", members, whole)
    else:
        yield from desk.files("exports/all", corpus.papers, whole)


def of_topics(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations
) -> Iterator[Output]:
    """The bibliographies of topics, by id; of large surveys a topic's names its sub-topics'."""
    desk = _Desk.of(corpus, settings, citations)
    papers = corpus.by_id()
    for topic in analysis.topics:
        stem = f"exports/topics/{topic.id}"
        if desk.size.is_parted and topic.children:
            yield from _indices(stem, topic.children)
        else:
            members = [papers[paper] for paper in topic.papers]
            yield from desk.files(stem, members, desk.with_abstracts)
    if desk.size.has_all_by_topics:
        leaves = [topic.id for topic in analysis.topics if not topic.children]
        yield from _indices("exports/all", [f"topics/{leaf}" for leaf in leaves])


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where entries are written."""

    base_url: str
    """Empty where citations leave out the papers' pages."""
    size: Size
    citations: Citations

    @classmethod
    def of(cls, corpus: Corpus, settings: Settings, citations: Citations) -> _Desk:
        size = size_of(settings, len(corpus.papers))
        return cls(settings.base_url if size.cites_own_page else "", size, citations)

    @property
    def with_abstracts(self) -> frozenset[str]:
        """The formats that hold abstracts wherever they are written."""
        return _ALL_FORMATS if self.size.has_abstracts_in_bibliographies else frozenset()

    def files(
        self, stem: str, papers: Sequence[Paper], with_abstracts: Set[str]
    ) -> Iterator[Output]:
        """The three bibliographies of some papers, with abstracts in the named formats."""
        plain = [self.cited(paper) for paper in papers]
        whole = plain
        if with_abstracts:
            pairs = zip(papers, plain, strict=True)
            whole = [citation.with_abstract(paper) for paper, citation in pairs]
        for extension, write, _ in _FORMATS:
            text = write(whole if extension in with_abstracts else plain)
            yield Output(f"{stem}.{extension}", text.encode("utf-8", "replace"))

    def cited(self, paper: Paper) -> Citation:
        """How to cite a paper, its page being what it is here."""
        page = urls.absolute(self.base_url, urls.paper_permalink(paper.id))
        return self.citations.of(paper, page)


def _indices(stem: str, names: Iterable[str]) -> Iterator[Output]:
    """Three files that name others, relative to themselves."""
    for extension, _, index in _FORMATS:
        text = index([f"{name}.{extension}" for name in names])
        yield Output(f"{stem}.{extension}", text.encode())


def _bib(entries: Iterable[Citation]) -> str:
    return "\n".join(entry.bibtex for entry in entries)


def _ris(entries: Iterable[Citation]) -> str:
    return "".join(entry.ris for entry in entries)


def _csl(entries: Iterable[Citation]) -> str:
    """One entry a line, so that a change of one paper is a change of one line."""
    return "[\n" + ",\n".join(entry.csl for entry in entries) + "\n]\n"


def _bib_index(names: Sequence[str]) -> str:
    return "".join(f"% {name}\n" for name in names)


def _ris_index(names: Sequence[str]) -> str:
    return "".join(f"{name}\r\n" for name in names)


def _csl_index(names: Sequence[str]) -> str:
    return json.dumps({"parts": list(names)}, indent=0) + "\n"


_BIBTEX = "bib"
_FORMATS: tuple[tuple[str, Writer, Callable[[Sequence[str]], str]], ...] = (
    (_BIBTEX, _bib, _bib_index),
    ("ris", _ris, _ris_index),
    ("csl.json", _csl, _csl_index),
)
"""Ending, how a file is written, how an index of its parts is."""
_ALL_FORMATS = frozenset(extension for extension, _, _ in _FORMATS)
