"""Templates and browser files, the survey's own before the bundled ones: read once, as values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TypeVar

from conspectus.model.site import Output
from conspectus.problems import Location, Problem, ProblemsError, error

Made = TypeVar("Made")

KINDS = ("templates", "static")
"""Folders of a survey that make its look, before the bundled ones."""
_PACKAGE = Path(__file__).resolve().parent
_SERVABLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OPEN = re.compile(r"\S\s*/\*(?!.*\*/)")
"""A comment that begins behind code and goes on in the next line."""
_ODD = re.compile(r"['`/\\]")
"""What may begin a text other than a plain "one", a pattern or a comment."""
_ASIDE = re.compile(r"""^([^"'`/\\]+?)\s*//.*""")
"""A comment behind code that holds nothing in which two strokes may mean something else."""
_SPACED = re.compile(
    r"""("[^"]*")| ?(=>|[=!]==|&&|\|\||\?\?|[-+]=|<=?(?! ?!)|>=?|[=?*,;:{}()\[\]]) ?"""
)
"""A text, or a sign that needs no blanks; not signs of sums: `a + +b` would become another, nor
what would begin a comment of HTML's."""
_JOINT = re.compile(r"(?m)^((?!.*//).*[;,{(\[])\n(?=.)")
"""The end of a line that goes on in the next; a comment behind the line would swallow that."""
_TYPE_FOLDERS = frozenset({"css", "js"})
"""Folders of static/ that repeat what the ending says, so they are left out of the permalink."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load."""

    name: str
    """Its path below static/: `js/search/tokens.js`."""
    permalink: str
    """From the site's root: `assets/search-tokens.1a2b3c4d.js`, with a hash of the body."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Assets:
    """Everything that a survey looks like, sorted by name."""

    templates: tuple[tuple[str, str], ...] = ()
    """Path below templates/ and source of each."""
    files: tuple[Asset, ...] = ()
    own_templates: tuple[tuple[str, str], ...] = ()
    """Path below templates/ of each that is the survey's own, and its file as the user knows it."""

    def joining(self, name: str, parts: Iterable[str]) -> Assets:
        """With one file more, which holds others of these names, one after the other."""
        bodies = {file.name: file.body for file in self.files}
        body = b"".join(bodies[part].rstrip() + b"\n" for part in parts)
        files = (*self.files, Asset(name, _permalink(name, body), body))
        return replace(self, files=tuple(sorted(files, key=lambda file: file.name)))

    def outputs(self) -> Iterator[Output]:
        """The files that pages load, as they are published."""
        return (Output(file.permalink, file.body) for file in self.files)


def load(content_folder: Path) -> Assets:
    """The bundled look with the files that the survey's own templates/ and static/ replace or add.

    Raises `ProblemsError` with everything wrong in the survey's files.
    """
    survey = survey_folder(content_folder)
    problems: list[Problem] = []
    templates = _read_all(survey, "templates", _template, problems)
    files = _read_all(survey, "static", _asset, problems)
    problems.extend(_clashes(survey, files))
    if problems:
        raise ProblemsError(problems)
    return Assets(tuple(templates), tuple(files), tuple(_own_templates(survey)))


def survey_folder(content_folder: Path) -> Path:
    """The folder that holds the content folder, named as the user would name it."""
    if content_folder.name in {"", ".."}:  # "." and "..", whose parents their names do not tell
        return content_folder.resolve().parent
    return content_folder.parent


def bundled(kind: str) -> Path:
    """The folder of templates or static files that this program brings along.

    A wheel carries them inside the package; a checkout has them beside it.
    """
    inside = _PACKAGE / "_bundled" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


@lru_cache(maxsize=128)
def lean(script: bytes) -> bytes:
    """One of our own scripts without comments and indentation, which readers need not load.

    Lines of comment go, comments behind plain code, white space at the ends of lines, and blanks
    around signs in lines that hold no pattern or odd text, and ends of lines behind signs after
    which no line ends for JavaScript: what a script means hangs on nothing else.
    A script in which a line may begin inside a text is left as it is.
    """
    lines = script.decode().split("\n")
    if any(line.count("`") % 2 or line.endswith("\\") or _OPEN.search(line) for line in lines):
        return script
    kept = []
    is_comment = False
    for line in map(str.strip, lines):
        begins = line.startswith("/*") and not is_comment
        if begins or is_comment:
            is_comment = not line.endswith("*/")
            if "*/" in line[:-2]:  # code stands behind the comment
                return script
        elif line and not line.startswith("//"):
            code = _ASIDE.sub(r"\1", line)
            kept.append(code if _ODD.search(code) else _SPACED.sub(r"\1\2", code))
    return _JOINT.sub(r"\1", "\n".join(kept) + "\n" * script.endswith(b"\n")).encode()


def _own_templates(survey: Path) -> Iterator[tuple[str, str]]:
    """Those that are not ours: a survey may lie in the checkout of this program."""
    folder = survey / "templates"
    if folder.resolve() != bundled("templates").resolve():
        yield from ((name, path.as_posix()) for name, path in _files(folder))


def _read_all(
    survey: Path,
    kind: str,
    make: Callable[[str, Path, bytes], Made | Problem],
    problems: list[Problem],
) -> list[Made]:
    """What `make` makes of each file, sorted by name: the survey's own over the bundled ones."""
    files = dict(_files(bundled(kind))) | dict(_files(survey / kind))
    made = [_read(survey, name, path, make) for name, path in sorted(files.items())]
    problems.extend(found for found in made if isinstance(found, Problem))
    return [found for found in made if not isinstance(found, Problem)]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files below a folder; hidden ones and editors' backups are none."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if not hidden and not name.endswith("~") and path.is_file():
            yield name, path


def _read(
    survey: Path, name: str, path: Path, make: Callable[[str, Path, bytes], Made | Problem]
) -> Made | Problem:
    """One file; a link of the survey's that leads out of the survey is not followed."""
    is_own = path.is_relative_to(survey / "templates") or path.is_relative_to(survey / "static")
    try:
        if is_own and not path.resolve().is_relative_to(survey.resolve()):
            message = "is a symbolic link that leaves the survey's folder"
            return error(Location(path.as_posix()), message, "copy the file here in its place")
        body = path.read_bytes()
        is_ours = path.resolve().is_relative_to(bundled("static").resolve())
        return make(name, path, lean(body) if is_ours and path.suffix == ".js" else body)
    except OSError as refusal:
        cause = (refusal.strerror or str(refusal)).lower()
        return error(Location(path.as_posix()), f"cannot be read: {cause}", "make it readable")


def _template(name: str, path: Path, body: bytes) -> tuple[str, str] | Problem:
    try:
        return name, body.decode("utf-8-sig")
    except UnicodeDecodeError as refusal:
        line = body.count(b"\n", 0, refusal.start) + 1
        place = Location(path.as_posix(), line)
        return error(place, "is not UTF-8", "save the template as UTF-8")


def _asset(name: str, path: Path, body: bytes) -> Asset | Problem:
    if not all(_SERVABLE.fullmatch(part) for part in name.split("/")):
        message = "a file of static/ has a name that URLs would have to escape"
        remedy = "name it with letters A to Z, digits, dots, hyphens and underscores"
        return error(Location(path.as_posix()), message, remedy)
    return Asset(name, _permalink(name, body), body)


def _permalink(name: str, body: bytes) -> str:
    path = PurePosixPath(name)
    folders = path.parent.parts
    if folders and folders[0] in _TYPE_FOLDERS:
        folders = folders[1:]
    digest = hashlib.blake2b(body, digest_size=4).hexdigest()
    return f"assets/{'-'.join((*folders, path.stem))}.{digest}{path.suffix}"


def _clashes(survey: Path, files: Iterable[Asset]) -> Iterator[Problem]:
    """Names that flatten to one permalink, which takes equal contents too."""
    first: dict[str, str] = {}
    for asset in files:
        other = first.setdefault(asset.permalink, asset.name)
        if other != asset.name:
            yield error(
                Location((survey / "static" / asset.name).as_posix()),
                f"would be published under the same name as static/{other}",
                "remove one of the two, or rename it",
            )
