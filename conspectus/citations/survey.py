"""A survey in; how to cite the survey itself out: BibTeX and CITATION.cff, with its version.

Only what survey.yaml says is said; a survey has no year of publication, but a version, and the day
on which its newest paper entered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conspectus.citations.bibtex import escaped
from conspectus.citations.facts import one_line
from conspectus.model import fingerprint
from conspectus.model.papers import Paper
from conspectus.settings import Settings

_LICENCES = {
    "cc0": "CC0-1.0", "cc0-1.0": "CC0-1.0", "mit": "MIT", "apache-2.0": "Apache-2.0",
    **{f"cc-by{kind}-{version}": f"CC-BY{kind.upper()}-{version}"
       for kind in ("", "-sa", "-nc", "-nd", "-nc-sa", "-nc-nd") for version in ("3.0", "4.0")},
}  # fmt: skip
"""As CITATION.cff names them (SPDX); another licence is left out of it."""


@dataclass(frozen=True, slots=True)
class SurveyCitation:
    """How to cite a survey."""

    version: str
    """8 hex digits of what its papers say."""
    bibtex: str
    cff: str
    """CITATION.cff 1.2.0; empty without a curator, since it must name who made the work."""


def survey_citation(papers: Sequence[Paper], settings: Settings) -> SurveyCitation:
    """The citation of a survey that holds these papers."""
    version = _version(papers)
    newest = max((str(paper.entered) for paper in papers if paper.entered), default="")
    return SurveyCitation(
        version,
        _bibtex(settings, version, newest),
        _cff(settings, version, newest) if settings.curator.name else "",
    )


def _version(papers: Sequence[Paper]) -> str:
    return fingerprint(tuple(map(_said, papers)))[:8]


def _said(paper: Paper) -> tuple[object, ...]:
    """What a paper's file says, without what this program makes of it."""
    return (
        paper.id,
        paper.title,
        paper.abstract.source,
        paper.notes.source,
        str(paper.published),
        tuple((author.family, author.given) for author in paper.authors),
        tuple((link.kind, link.url) for link in paper.links),
        (paper.venue, paper.doi, paper.arxiv, paper.url, paper.pdf),
        (paper.keywords, paper.attributes, paper.csl),
    )


def _bibtex(settings: Settings, version: str, newest: str) -> str:
    curator = escaped(one_line(settings.curator.name))
    note = f"Version {version}" + (f", newest paper of {newest}" if newest else "")
    fields = {
        "title": escaped(one_line(settings.title)),
        "author": f"{{{curator}}}" if curator else "",
        "url": settings.base_url,
        "note": note,
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{settings.id},\n{body}}}\n"


def _cff(settings: Settings, version: str, newest: str) -> str:
    """Every text in quotes: JSON's are YAML's."""
    return "".join(f"{line}\n" for line in _cff_lines(settings, version, newest))


def _cff_lines(settings: Settings, version: str, newest: str) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield "message: Please cite this survey by these data."
    yield "type: dataset"
    known = {
        "title": one_line(settings.title),
        "abstract": one_line(settings.description),
        "version": version,
        "date-released": newest,
        "license": _LICENCES.get(re.sub(r"\s+", "-", settings.licence.strip().lower()), ""),
        "url": settings.base_url,
        "repository": settings.repository,
    }
    yield from (f"{name}: {_quoted(text)}" for name, text in known.items() if text)
    yield "authors:"
    yield f"  - name: {_quoted(one_line(settings.curator.name))}"
    if settings.curator.url:
        yield f"    website: {_quoted(settings.curator.url)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
