"""JSON Lines in, one paper a line with at least a title; entries out. A list of objects will do.

An object of OpenAlex, Semantic Scholar, Hugging Face or CSL is read as what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conspectus.fields import shown
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import csl, huggingface, openalex, semanticscholar
from conspectus.importers.formats.columns import Row, entry, name_of
from conspectus.importers.formats.gathering import Gathering, objects, read_objects
from conspectus.importers.formats.located import BrokenJsonError, Json

_REMEDY = 'write {"title": "…", …}'


def read(text: str, path: str) -> Reading:
    """Read every line that holds an object with a title; the others are reported."""
    if text.lstrip().startswith("["):
        return read_objects(path, objects(Json(text)), _entry)
    gathering = Gathering(path)
    for found in Json(text).stream():
        if isinstance(found, BrokenJsonError):
            gathering.report(found.line, f"the line is not JSON ({shown(found.message)})", _REMEDY)
        elif not isinstance(found.value, dict):
            gathering.report(found.line, "the line is no JSON object", _REMEDY)
        elif not (made := _entry(found.value, found.line)).title.text:
            gathering.report(found.line, "the object has no title", _REMEDY)
        else:
            gathering.take(made)
    return gathering.reading()


def kind_of(found: dict[str, Any]) -> str:
    """The format that an object's own keys tell; empty where they could be anybody's."""
    if "abstract_inverted_index" in found or "authorships" in found:
        return "openalex"
    if str(found.get("id", "")).startswith("https://openalex.org/W"):
        return "openalex"
    if "paperId" in found or "citingPaper" in found or "citedPaper" in found:
        return "semantic-scholar"
    if isinstance(found.get("paper"), dict) and "id" in found["paper"]:
        return "hf"
    if "submittedOnDailyAt" in found or "ai_keywords" in found:
        return "hf"
    is_csl = "container-title" in found or isinstance(found.get("issued"), dict)
    is_csl = is_csl or ("type" in found and ("DOI" in found or found["type"] in csl.TYPES))
    return "csl" if is_csl else ""


def _entry(found: dict[str, Any], line: int) -> Entry:
    make = _OTHERS.get(kind_of(found))
    if make:
        return make(found, line)
    return entry(Row({name_of(key): value for key, value in found.items()}, line))


_OTHERS: dict[str, Callable[[dict[str, Any], int], Entry]] = {
    "openalex": openalex.entry,
    "semantic-scholar": semanticscholar.entry,
    "csl": csl.entry,
    "hf": lambda found, line: huggingface.entry(found, line, {}),
}
