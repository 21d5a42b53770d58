"""Every reader of text that strangers write as a function of one text, and what such texts hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

from conspectus import content, prose, settings
from conspectus.content import decisions, digests, pages
from conspectus.importers import formats, tex
from conspectus.importers.formats import encodings, latex, markup
from conspectus.problems import Problem
from conspectus.prose import mathml
from conspectus.publishing import manifest
from conspectus.search import tokens
from conspectus.store import lock, permalinks

Reader = Callable[[str], object]
DAY = datetime.date(2025, 3, 17)
PAPERS = {"moss": "moss", "slate": "slate"}

CONTENT: Mapping[str, Reader] = {
    "paper": lambda text: content.read_paper(text, "papers/a.md"),
    "front matter": lambda text: content.read_paper(f"---\n{text}\n---\nText.\n", "papers/a.md"),
    "page": lambda text: pages.read_page(text, "pages/a.md"),
    "list": lambda text: pages.read_list(text, "lists/a.yaml", PAPERS),
    "digest": lambda text: digests.read_digest(text, "digests/2025-03-17.yaml", PAPERS),
    "settings": settings.read_text,
    "decisions": lambda text: decisions.parse(text, "topics.yaml"),
    "lock": lambda text: lock.parse(text, "topics.lock"),
    "permalinks": lambda text: permalinks.parse(text, "permalinks.txt"),
}
"""They return a value, or None, and the problems that they found."""

IMPORTS: Mapping[str, Reader] = {
    "listing": lambda text: formats.listing.read(text, "source", DAY),
    **{
        name: (lambda text, read=read: read(text, "source"))
        for name, read in formats.READERS.items()
    },
}
"""They return entries and problems."""

TEXTS: Mapping[str, Reader] = {
    "prose": prose.read,
    "title": prose.inline,
    "stretches": prose.stretches,
    "formula": mathml.convert,
    "repairs": tex.read,
    "LaTeX": latex.plain,
    "markup": markup.plain,
    "kind of a file": formats.told,
    "encoding": lambda text: encodings.decode(text.encode("utf-8", "surrogatepass")),
    "manifest": lambda text: manifest.parse(text.encode("utf-8", "surrogatepass")),
    "words": lambda text: list(tokens.words_of(text)),
}

ALL: Mapping[str, Reader] = {**CONTENT, **IMPORTS, **TEXTS}

YAML = (
    "title: ", "authors: ", "- ", "[", "]", "{", "}", ": ", "\n", "  ", "'", '"', "&a ", "*a",
    "|\n", ">\n", "!!x ", "# ", "---\n", "? ", ", ", "~", "papers: ", "csl: ", "links: ",
    "published: 2025-13-01\n", "merge:\n", "topics:\n", "\\x00", "\t", "%", "<<: ",
)  # fmt: skip
MARKDOWN = (
    "[", "](", ")", "![", "*", "_", "**", "`", "```\n", "~~~", "$", "$$", r"\(", r"\)", r"\[",
    r"\]", "<", ">", "> ", "- ", "1. ", "# ", "## Notes\n", "\n\n", "https://a.example/",
    "&amp;", "&#x3c;", "|", "\\", "a. B ", "we propose ", "e.g. ", "(", "{", "}", "\u202e",
    "\x1b", "\U0001f600",
)  # fmt: skip
TEX = (
    "\\frac", "\\sqrt[", "\\left(", "\\right)", "\\begin{array}", "\\end{array}", "{", "}", "^",
    "_", "&", "\\\\", "\\text{", "\\over ", "\\color{red}", "\\mathbb", "\\'", '\\"{', "\\href",
    "\\x", "$", "%", "#", "x", "1", "~", "`", "''", "--", "{\\em ", "{it ", "\\url{",
)  # fmt: skip
RECORDS = (
    "@article{", "@string{", "@comment", "title = {", "title = \"", "},\n", "}\n", "#", " and ",
    "TY  - JOUR\n", "TI  - ", "AU  - ", "AB  - ", "ER  - \n", "PMID- 1\n", "PT J\n", "UT ",
    "      ", "%0 ", "%T ", "<1>\n", "Title\n", "NEP: ", "DA  - 2025/", "\r", "\ufeff", "1. ",
    "http://", "doi: 10.1000/", "2502.12150", "new\n", "Mar 17\n", "A Title: With Words\n\n",
    "An abstract of a sentence. Another.\n\n",
)  # fmt: skip
DATA = (
    "{", "}", "[", "]", '"', ":", ",", '"title"', '"DOI"', '{"a":', "null", "1e999", "-0",
    "\\u0000", "\\ud800", "<?xml version='1.0'?>", "<feed>", "<entry>", "</entry>", "<title>",
    "<!ENTITY a '", "&a;", "<![CDATA[", "]]>", "<i>", "</i>", "<math>", "<mi>", "<sub>", "<",
    "&lt;", "&", "<!--", ";", "\t", "\n", '""', "title,abstract\n", "conspectus-site 1 0\n",
    "end 0\n", "topic a - 0\n", "paper a b 0123456789abcdef - -\n", "a -> b, c\n",
)  # fmt: skip
FRAGMENTS = tuple(
    dict.fromkeys((*YAML, *MARKDOWN, *TEX, *RECORDS, *DATA, " ", "a", "é", "\x85", "\u2028"))
)
"""What means something to some reader."""


def problems_of(found: object) -> list[Problem]:
    """The problems in what a reader returned."""
    if isinstance(found, tuple) and len(found) == 2 and isinstance(found[1], tuple):
        return [each for each in found[1] if isinstance(each, Problem)]
    return list(getattr(found, "problems", ()))


def samples() -> list[str]:
    """Whole texts of every kind, from the fixtures."""
    folder = Path(__file__).parents[1] / "fixtures"
    paths = [*sorted((folder / "imports").iterdir()), *sorted((folder / "survey").rglob("*.*"))]
    found = (encodings.decode(path.read_bytes()) for path in paths if path.is_file())
    return [each.text[:4000] for each in found if each]
