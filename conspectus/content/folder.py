"""A content folder in; its files, sorted, and problems with their names out."""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from conspectus.fields import decode
from conspectus.files import LARGEST, too_large
from conspectus.model.stamps import is_settled, stamp
from conspectus.problems import Location, Problem, error, warning

_SYSTEM_FILES = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".gitkeep", ".gitignore"))


@dataclass(frozen=True, slots=True)
class File:
    """A file below the content folder."""

    path: str
    """From the content folder, with forward slashes."""
    source: Path
    size: int
    modified: int
    """Nanoseconds."""
    stamp: str = ""
    """What tells this state of the file from others; empty where a change may not show."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files below one folder, sorted by path."""

    files: tuple[File, ...] = ()
    problems: tuple[Problem, ...] = ()


def walk(root: Path, below: str, *, keeps_hidden: bool = False) -> Found:
    """The regular files below `root/below`, without editors' and systems' own."""
    files: list[File] = []
    problems: list[Problem] = []
    start = root / below
    if start.exists() and not start.is_dir():
        return Found((), (error(Location(below), "this is no folder", "move the file away"),))
    closed: list[OSError] = []
    now = time.time_ns()
    for source in _paths(start, closed, keeps_hidden=keeps_hidden):
        path = source.relative_to(root).as_posix()
        if not _is_sane(path):
            problems.append(
                error(
                    Location(path.encode("utf-8", "replace").decode()),
                    "the name cannot be read as text",
                    "rename it",
                )
            )
        elif source.is_symlink() and not _stays_below(source, root):
            problems.append(
                error(
                    Location(path),
                    "the symbolic link leaves the folder, or leads nowhere",
                    "put the file itself here",
                )
            )
        elif source.is_file():
            files.append(_file(path, source, now))
    problems.extend(_closed(fault, root) for fault in closed)
    files.sort(key=lambda file: file.path)
    return Found(tuple(files), (*problems, *_ambiguous(file.path for file in files)))


def read_text(file: File, largest: int = LARGEST) -> tuple[str | None, tuple[Problem, ...]]:
    """The file's text, or None and why it cannot be read."""
    if file.size > largest:
        return None, (
            too_large(
                file.path,
                largest,
                "keep the abstract and the notes, and put the rest into content/files",
            ),
        )
    try:
        content = file.source.read_bytes()
    except OSError as fault:
        reason = fault.strerror or "it cannot be read"
        return None, (
            error(Location(file.path), f"unreadable: {reason}", "make the file readable"),
        )
    return decode(content, file.path)


def _file(path: str, source: Path, now: int) -> File:
    found = source.stat()
    told = stamp(found) if is_settled(found, now) else ""
    return File(path, source, found.st_size, found.st_mtime_ns, told)


def _closed(fault: OSError, root: Path) -> Problem:
    path = Path(str(fault.filename)).relative_to(root).as_posix()
    reason = fault.strerror or "it cannot be read"
    return error(Location(path), f"unreadable: {reason}", "make the folder readable")


def _paths(start: Path, closed: list[OSError], *, keeps_hidden: bool) -> Iterator[Path]:
    """Everything below, sorted; links to folders are yielded, not followed.

    Folders that cannot be opened gather in `closed`; one that is not there is an empty one.
    """
    if not start.exists():
        return
    for folder, folders, names in os.walk(start, onerror=closed.append):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(
            name
            for name in folders
            if name not in links and (keeps_hidden or not name.startswith("."))
        )
        for name in sorted((*names, *links)):
            if not _is_temporary(name) and (keeps_hidden or not name.startswith(".")):
                yield here / name


def _is_temporary(name: str) -> bool:
    """A file that an editor or a system keeps for itself."""
    return (
        name.lower() in _SYSTEM_FILES
        or name.endswith(("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".part"))
        or name.startswith((".#", "#", ".~", "~$", "._"))
    )


def _is_sane(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return path.isprintable()


def _stays_below(link: Path, root: Path) -> bool:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(root.resolve())


def _ambiguous(paths: Iterable[str]) -> Iterator[Problem]:
    """Names that some systems take for one: they differ by case or Unicode form only."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if folded in first:
            yield error(
                Location(path),
                f'the name differs from "{first[folded]}" by case or Unicode form only',
                "rename or delete one of the two: some systems cannot keep both",
            )
        else:
            first[folded] = path


def stray(file: File, wanted: str) -> Problem:
    """A warning for a file that is not read because of its ending."""
    stem = file.path.rsplit(".", 1)[0]
    return warning(Location(file.path), "this file is not read", f"name it {stem}{wanted}")
