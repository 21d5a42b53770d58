"""A title in; a new paper's file, or a new survey folder that builds at once, out."""

from __future__ import annotations

import datetime
from importlib import resources
from pathlib import Path

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
_STARTER = {
    ".gitignore": "gitignore",
    "requirements.txt": "requirements.txt",
    ".github/workflows/publish.yml": "publish.yml",
    "content/papers/example.md": "example.md",
    "content/survey.yaml": "survey.yaml",
}
"""Where each file of the starter goes; survey.yaml last, since it marks a finished folder."""


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


def init(folder: Path, *, title: str = "") -> list[Path]:
    """Make a survey folder and return the files written, sorted; files that are there stay.

    The title is the folder's name unless given. Raises ProblemsError where a survey is already.
    """
    survey = folder / "content" / "survey.yaml"
    if survey.exists():
        raise _refused(survey, "a survey is here already", "build it, or name another folder")
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "this is no folder", "name another one")
    named = " ".join((title or folder.resolve().name.replace("-", " ").replace("_", " ")).split())
    named = named[:1].upper() + named[1:] or "Literature survey"
    values = {
        "{id}": slug_of(named, otherwise="survey"),
        "{title}": frontmatter.scalar(named),
        "{version}": __version__,
    }
    written: list[Path] = []
    for target, name in _STARTER.items():
        text = resources.files("conspectus.importers").joinpath("starter", name).read_text("utf-8")
        if target in ("content/survey.yaml", "requirements.txt"):
            for mark, value in values.items():
                text = text.replace(mark, value)
        if not (folder / target).exists():
            files.create(folder / target, text)
            written.append(folder / target)
    return sorted(written)


def _refused(path: Path, message: str, remedy: str) -> ProblemsError:
    return ProblemsError([error(Location(path.as_posix()), message, remedy)])
