"""Texts of many formats in; entries out: one module a format, each with `read(text, path)`.

A format is told from what a text holds, never from its file's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from conspectus.importers.entries import Reading
from conspectus.importers.formats import (
    arxiv,
    bibtex,
    csl,
    endnote,
    huggingface,
    jsonl,
    listing,
    nbib,
    nep,
    openalex,
    ovid,
    ris,
    semanticscholar,
    suggestion,
    tables,
    wos,
)
from conspectus.importers.formats.located import BrokenJsonError, Json

__all__ = ["FORMATS", "READERS", "listing", "suggestion", "told"]

READERS: dict[str, Callable[[str, str], Reading]] = {
    "bibtex": bibtex.read,
    "ris": ris.read,
    "csl": csl.read,
    "nbib": nbib.read,
    "wos": wos.read,
    "arxiv": arxiv.read,
    "hf": huggingface.read,
    "openalex": openalex.read,
    "semantic-scholar": semanticscholar.read,
    "csv": tables.read,
    "jsonl": jsonl.read,
    "endnote": endnote.read,
    "ovid": ovid.read,
    "nep": nep.read,
    "suggestion": suggestion.read,
}
"""By the name that `--format` takes; a listing's reader asks for a day and stands apart."""
FORMATS = ("listing", *READERS)

_BY_LOOK: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("suggestion", suggestion.BEGINS),
    ("ris", re.compile(r"^TY {0,4}- ?[A-Z0-9]", re.MULTILINE)),
    ("nbib", re.compile(r"^PMID ?- ?[0-9]", re.MULTILINE)),
    ("wos", re.compile(r"^PT [A-Z]\s*\n(?:[^\n]*\n){0,60}?(?:AU|TI|AB|SO) ", re.MULTILINE)),
    ("bibtex", re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w+.-]*\s*[{(]", re.MULTILINE)),
    ("endnote", re.compile(r"^%(?:0|T) \S.*\n(?:.*\n){0,20}?%[A-Z0-9@] ", re.MULTILINE)),
    ("ovid", re.compile(r"^<\s*[0-9]+\s*\.?\s*>\s*$\n(?:.*\n){0,80}?Title\s*\n", re.MULTILINE)),
    ("nep", re.compile(r"^NEP: New Economics Papers", re.MULTILINE)),
)


def told(text: str) -> str:
    """The format of a text by what stands in it; `xml` for XML of a kind that is not read."""
    start = text.lstrip()
    if start.startswith("<") and re.match(r"<(?:\?xml|!DOCTYPE|!--|[a-zA-Z])", start):
        if re.search(r"<(?:\w+:)?feed[\s>]", start[:5_000]):
            return "arxiv"
        if re.match(r"<(?:\?xml|!DOCTYPE|html)", start, re.IGNORECASE):
            return "xml"
    if start.startswith(("{", "[")) and (found := _told_of_json(text)):
        return found
    for name, look in _BY_LOOK:
        if look.search(text):
            return name
    return "csv" if tables.is_table(text) else "listing"


def _told_of_json(text: str) -> str:
    """By the first object's keys; empty where this is no JSON at all."""
    json = Json(text)
    try:
        if json.begins_with("["):
            first = next((found.value for found in json.entries()), None)
            if isinstance(first, dict):
                return jsonl.kind_of(first) or "jsonl"
            # "[1] A title" is a line of a listing.
            return "jsonl" if first is None else ""
        found = json.whole()
        if json.has_more():
            return "jsonl"
    except BrokenJsonError:
        return "jsonl" if re.match(r"\s*(?:\{\s*\"|\[\s*[{\[\]])", text) else ""
    return _told_of_object(found.value) if isinstance(found.value, dict) else "jsonl"


def _told_of_object(found: dict[str, Any]) -> str:
    if isinstance(found.get("body"), str) and "<feed" in found["body"][:5_000]:
        return "arxiv"
    inner = next(
        (v for k in ("results", "data", "items", "papers") if isinstance(v := found.get(k), list)),
        None,
    )
    if inner is not None:
        first = next((one for one in inner if isinstance(one, dict)), {})
        return jsonl.kind_of(first) or (
            "openalex" if "results" in found else "semantic-scholar" if "data" in found else "csl"
        )
    if isinstance(found.get("message"), dict):
        return "csl"
    return jsonl.kind_of(found) or "jsonl"
