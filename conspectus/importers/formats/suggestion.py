"""A reader's suggestion, as an issue form writes it, in; the entry of one paper out.

    ### Paper

    https://arxiv.org/abs/2502.12152

    ### Title

    _No response_

The forms that `conspectus init` writes ask under these headings. A paper that has a DOI or an arXiv
identifier is asked for at its registrar; of any other, the suggestion itself says what is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import markup, values
from conspectus.importers.formats.gathering import Gathering

HEADINGS = ("Paper", "Title", "Authors", "Abstract")
BEGINS = re.compile(rf"\A\s*### {HEADINGS[0]}\s*$", re.MULTILINE)
"""How a suggestion is told from other texts."""
_HEADING = re.compile(rf"^### ({'|'.join(HEADINGS)})[ \t]*$", re.MULTILINE)
_OTHER = re.compile(r"^### ", re.MULTILINE)
_EMPTY = "_No response_"

Fetch = Callable[[str], Reading | None]


def read(text: str, path: str, fetch: Fetch | None = None) -> Reading:
    """The paper's own record where `fetch` finds one, else what the suggestion says."""
    said = _said(text, path)
    name = named(text)
    fetched = fetch(name) if fetch and name else None
    if fetched is None:
        return said
    if fetched.entries or not said.entries:
        return fetched
    return replace(said, problems=(*said.problems, *fetched.problems))


def named(text: str) -> str:
    """The paper's name on the network, such as `doi:10.1000/x`; empty where it has none."""
    paper = _answers(text)[0].get("Paper", "")
    arxiv = values.arxiv(paper) or values.arxiv_bare(paper)
    doi = values.doi(paper)
    return f"arxiv:{arxiv}" if arxiv else f"doi:{doi}" if doi else ""


def _said(text: str, path: str) -> Reading:
    gathering = Gathering(path)
    found, lines = _answers(text)
    paper, title = found.get("Paper", ""), found.get("Title", "")
    if not title:
        remedy = "give a DOI or an arXiv identifier, or write its title"
        gathering.report(lines.get("Paper", 1), "the paper has no title", remedy)
        return gathering.reading()
    arxiv = values.arxiv(paper) or values.arxiv_bare(paper)
    doi = values.doi(paper)
    gathering.take(
        Entry(
            title=markup.title(" ".join(title.split()), lines["Title"]),
            abstract=markup.prose(found.get("Abstract", ""), lines.get("Abstract", 0)),
            authors=values.authors(values.split_names(found.get("Authors", "").split("\n"))),
            doi=doi,
            arxiv=arxiv,
            url="" if doi or arxiv else values.url(paper),
            begins=lines.get("Paper", 1),
        )
    )
    return gathering.reading()


def _answers(text: str) -> tuple[dict[str, str], dict[str, int]]:
    """What stands below each heading, by the first of its name, and the line where it begins."""
    text = _without_comments(text.replace("\r\n", "\n"))
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    for match in _HEADING.finditer(text):
        following = _OTHER.search(text, match.end())
        answer = text[match.end() : following.start() if following else len(text)].strip()
        if match[1] not in found:
            found[match[1]] = "" if answer == _EMPTY else answer
            lines[match[1]] = text.count("\n", 0, match.start()) + 1
    return found, lines


def _without_comments(text: str) -> str:
    """The text with the line ends of its comments alone; one that never closes is none."""
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len("-->")
    return "".join([*kept, text[at:]])
