"""A page of a Zotero library in; the same records as CSL-JSON, with tags and keys, out.

Zotero's own CSL-JSON leaves both out; with them, the one reader of that format reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_CITATION_KEY = re.compile(
    r"^[ \t]*citation[ -]?key[ \t]*:[ \t]*(\S+)[ \t\r]*$", re.IGNORECASE | re.MULTILINE
)
_ARXIV = re.compile(r"arxiv\s{0,5}:\s{0,5}\S{1,40}", re.IGNORECASE)
_NO_PAPERS = frozenset(("attachment", "note", "annotation"))


def parsed(text: str) -> Any:
    """The JSON of an answer, or None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def csl_text(items: Iterable[Any]) -> str:
    """The items that are papers as a CSL-JSON list; notes and attachments are none."""
    records = (
        _record(item.get("csljson"), data)
        for item in items
        if isinstance(item, dict)
        and isinstance(data := item.get("data"), dict)
        and data.get("itemType") not in _NO_PAPERS
    )
    return json.dumps(list(records), ensure_ascii=False)


def _record(csl: object, data: Mapping[str, Any]) -> dict[str, Any]:
    record = dict(csl) if isinstance(csl, dict) else {}
    extra = _text(data.get("extra"))
    key, arxiv = _CITATION_KEY.search(extra), _ARXIV.search(f"{extra} {data.get('archiveID')}")
    # The record's id is a number of Zotero's own and would become the citation key.
    record.pop("id", None)
    record |= {
        "title": record.get("title") or _text(data.get("title")),
        "abstract": record.get("abstract") or _text(data.get("abstractNote")),
        "DOI": record.get("DOI") or _text(data.get("DOI")),
        "citation-key": _text(data.get("citationKey")) or (key[1] if key else ""),
        "keyword": _tags(data.get("tags")),
        "note": arxiv[0] if arxiv else "",
    }
    return {name: value for name, value in record.items() if value}


def _tags(found: object) -> list[str]:
    tags = found if isinstance(found, list) else []
    return [name for tag in tags if isinstance(tag, dict) and (name := _text(tag.get("tag")))]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
