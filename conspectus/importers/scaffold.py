"""A title in; a new paper's file, or a new survey folder that builds at once, out."""

from __future__ import annotations

import datetime
import json
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

from conspectus import __version__
from conspectus.content import PapersOnDisk, read_papers
from conspectus.importers import drafting, files, frontmatter, names
from conspectus.importers.entries import Entry, SourceText
from conspectus.importers.matching import Known
from conspectus.model.identifiers import slug_of
from conspectus.problems import Location, ProblemsError, error

_HINTS = (
    "# authors: [Ada Lovelace, Alan Turing]",
    "# published: 2025-02-17",
    "# url: https://…",
)
"""Fields that most papers have, ready to be filled in."""
Host = Literal["github", "gitlab", "none"]
"""Who publishes the survey."""

_HOSTED: dict[Host, dict[str, str]] = {
    "github": {
        ".github/ISSUE_TEMPLATE/suggest-a-paper.yml": "github/suggest-a-paper.yml",
        ".github/workflows/check.yml": "github/check.yml",
        ".github/workflows/digest.yml": "github/digest.yml",
        ".github/workflows/import.yml": "github/import.yml",
        ".github/workflows/publish.yml": "github/publish.yml",
        ".github/workflows/suggest.yml": "github/suggest.yml",
    },
    "gitlab": {
        ".gitlab-ci.yml": "gitlab/gitlab-ci.yml",
        ".gitlab/issue_templates/Suggest a paper.md": "gitlab/suggest-a-paper.md",
    },
    "none": {},
}
_STARTER = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    "requirements.txt": "requirements.txt",
    "content/papers/example.md": "example.md",
    "content/survey.yaml": "survey.yaml",
}
"""Where each file of the starter goes; survey.yaml last, since it marks a finished folder."""
_FILLED = frozenset({"content/survey.yaml", "requirements.txt"})


def new_paper(content_folder: Path, title: str, today: datetime.date) -> Path:
    """Write a new paper's file, without an abstract, and return its path.

    Raises ProblemsError where the title is empty or another paper has it.
    """
    found = drafting.draft(Entry(SourceText(" ".join(title.split()))), "")
    if not found.title_text.strip():
        raise _refused(content_folder, "a paper needs a title", 'write it: new "The title"')
    on_disk = read_papers(content_folder) if content_folder.is_dir() else PapersOnDisk()
    known = Known.of(on_disk)
    twin = known.match(found)
    if twin:
        path = content_folder / f"papers/{twin.paper}.md"
        raise _refused(path, "a paper with this title is here already", "edit this file")
    paper_id = names.paper_id(found.title_words, known.ids)
    path = content_folder / f"papers/{paper_id}.md"
    front = frontmatter.mapping({"title": found.title, "added": str(today)})
    files.create(path, f"---\n{front}" + "\n".join((*_HINTS, "---", "")))
    return path


def init(folder: Path, *, title: str = "", host: Host = "github") -> list[Path]:
    """Make a survey folder and return the files written, sorted; files that are there stay.

    The title is the folder's name unless given. Raises ProblemsError where a survey is already.
    """
    survey = folder / "content" / "survey.yaml"
    if survey.exists():
        raise _refused(survey, "a survey is here already", "build it, or name another folder")
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "this is no folder", "name another one")
    values = _values(title or folder.resolve().name.replace("-", " ").replace("_", " "))
    written: list[Path] = []
    for target, name in {**_HOSTED[host], **_STARTER}.items():
        if not (folder / target).exists():
            files.create(folder / target, _starter(name, values if target in _FILLED else {}))
            written.append(folder / target)
    return sorted(written)


def requirement(origin: str | None) -> str:
    """The line by which pip finds this program again: where it came from, else its name.

    `origin` is what the installer recorded (PEP 610), or None. A folder of this machine is of no
    use to another one.
    """
    found = json.loads(origin) if origin else {}
    url = str(found.get("url", ""))
    if not url.startswith("https://"):
        return f"conspectus>={__version__}"
    vcs = found.get("vcs_info")
    return f"conspectus @ {vcs['vcs']}+{url}@{vcs['commit_id']}" if vcs else f"conspectus @ {url}"


def is_asked_for_by_name() -> bool:
    """Whether a new survey can only name this program, and not say where it is."""
    return "@" not in requirement(_origin())


def _values(title: str) -> dict[str, str]:
    """What stands in the starter's files for each mark."""
    named = " ".join(title.split())
    named = named[:1].upper() + named[1:] or "Literature survey"
    return {
        "{id}": slug_of(named, otherwise="survey"),
        "{title}": frontmatter.scalar(named),
        "{requirement}": requirement(_origin()),
    }


def _starter(name: str, values: dict[str, str]) -> str:
    text = resources.files("conspectus.importers").joinpath("starter", name).read_text("utf-8")
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _origin() -> str | None:
    """What the installer recorded of this program; None in a checkout that nobody installed."""
    try:
        return metadata.distribution("conspectus").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return None


def _refused(path: Path, message: str, remedy: str) -> ProblemsError:
    return ProblemsError([error(Location(path.as_posix()), message, remedy)])
