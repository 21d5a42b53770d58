"""Papers and topics in; one bibliography of all and one of each topic out, in three formats.

Above `MOST_TOGETHER` papers a bibliography is split: `exports/all/3f.bib` and its like hold the
entries, and `exports/all.bib` names them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from conspectus.citations import Citation, Citations
from conspectus.exports.parts import MOST_TOGETHER, parts
from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from conspectus.siteplan import urls

Writer = Callable[[Iterable[Citation]], str]
"""Entries with their abstracts in; a whole file out."""


def outputs(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations
) -> Iterator[Output]:
    """Every bibliography; topics' by id, leaf and parent alike."""
    if not corpus.papers:
        return
    desk = _Desk(settings.base_url, citations)
    yield from _files("exports/all", corpus.papers, desk)
    papers = corpus.by_id()
    for topic in analysis.topics:
        members = tuple(papers[paper] for paper in topic.papers)
        yield from _files(f"exports/topics/{topic.id}", members, desk)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where entries are written."""

    base_url: str
    citations: Citations

    def entries(self, papers: Sequence[Paper]) -> list[Citation]:
        """One for each paper, with its abstract."""
        return [self._cited(paper).with_abstract(paper) for paper in papers]

    def _cited(self, paper: Paper) -> Citation:
        page = urls.absolute(self.base_url, urls.paper_permalink(paper.id))
        return self.citations.of(paper, page)


def _files(stem: str, papers: Sequence[Paper], desk: _Desk) -> Iterator[Output]:
    """The three bibliographies of some papers: each one file, or an index and its parts."""
    if len(papers) <= MOST_TOGETHER:
        entries = desk.entries(papers)
        for extension, write, _ in _FORMATS:
            yield Output(f"{stem}.{extension}", write(entries).encode("utf-8", "replace"))
        return
    split = parts(papers)
    folder = stem.rpartition("/")[2]
    for extension, _, index in _FORMATS:
        names = [f"{folder}/{name}.{extension}" for name, _ in split]
        yield Output(f"{stem}.{extension}", index(names).encode())
    for name, members in split:
        entries = desk.entries(members)
        for extension, write, _ in _FORMATS:
            yield Output(f"{stem}/{name}.{extension}", write(entries).encode("utf-8", "replace"))


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


_FORMATS: tuple[tuple[str, Writer, Callable[[Sequence[str]], str]], ...] = (
    ("bib", _bib, _bib_index),
    ("ris", _ris, _ris_index),
    ("csl.json", _csl, _csl_index),
)
"""Ending, how a file is written, how an index of its parts is."""
