"""Papers and topics in; one bibliography of all and one of each topic out, in three formats.

Above `MOST_TOGETHER` papers a bibliography is split: `exports/all/3f.bib` and its like hold the
entries, and `exports/all.bib` names them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from conspectus.citations import bibtex, csl_variables, ris
from conspectus.exports.parts import MOST_TOGETHER, parts
from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from conspectus.siteplan import urls

Writer = Callable[[Sequence[Paper], str], str]
"""Papers and the survey's base URL in; a whole file out."""


def outputs(corpus: Corpus, analysis: Analysis, settings: Settings) -> Iterator[Output]:
    """Every bibliography; topics' by id, leaf and parent alike."""
    if not corpus.papers:
        return
    yield from _files("exports/all", corpus.papers, settings.base_url)
    papers = corpus.by_id()
    for topic in analysis.topics:
        members = tuple(papers[paper] for paper in topic.papers)
        yield from _files(f"exports/topics/{topic.id}", members, settings.base_url)


def _files(stem: str, papers: Sequence[Paper], base_url: str) -> Iterator[Output]:
    for extension, write, index in (
        ("bib", _bib, _bib_index),
        ("ris", _ris, _ris_index),
        ("csl.json", _csl, _csl_index),
    ):
        path = f"{stem}.{extension}"
        if len(papers) <= MOST_TOGETHER:
            yield Output(path, write(papers, base_url).encode())
            continue
        split = parts(papers)
        folder = stem.rpartition("/")[2]
        names = [f"{folder}/{name}.{extension}" for name, _ in split]
        yield Output(path, index(names).encode())
        for name, members in split:
            yield Output(
                f"{stem}/{name}.{extension}", write(members, base_url).encode("utf-8", "replace")
            )


def _bib(papers: Sequence[Paper], base_url: str) -> str:
    return "\n".join(bibtex(paper, _page(paper, base_url), with_abstract=True) for paper in papers)


def _ris(papers: Sequence[Paper], base_url: str) -> str:
    return "".join(ris(paper, _page(paper, base_url), with_abstract=True) for paper in papers)


def _csl(papers: Sequence[Paper], base_url: str) -> str:
    """One entry a line, so that a change of one paper is a change of one line."""
    lines = (
        json.dumps(
            csl_variables(paper, _page(paper, base_url), with_abstract=True),
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for paper in papers
    )
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _bib_index(names: Sequence[str]) -> str:
    return "".join(f"% {name}\n" for name in names)


def _ris_index(names: Sequence[str]) -> str:
    return "".join(f"{name}\r\n" for name in names)


def _csl_index(names: Sequence[str]) -> str:
    return json.dumps({"parts": list(names)}, indent=0) + "\n"


def _page(paper: Paper, base_url: str) -> str:
    return urls.absolute(base_url, urls.paper_permalink(paper.id))
