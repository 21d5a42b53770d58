"""Whether a folder may become a site, and what the site that stands there holds."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from conspectus.problems import Location, Problem, ProblemsError, error
from conspectus.publishing import manifest
from conspectus.publishing.manifest import Entry, Manifest
from conspectus.publishing.place import MARK, Place

_DEBRIS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers strew: no one misses it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A file as it lies on disk."""

    size: int
    modified: int
    """Nanoseconds."""


@dataclass(frozen=True, slots=True)
class OldSite:
    """The site that stands where the new one goes; empty where there is none."""

    manifest: Manifest = field(default_factory=Manifest)
    files: Mapping[str, Standing] = field(default_factory=dict)
    """Regular files as found on disk, by path."""
    marked: int = 0
    """When its mark was written, in nanoseconds."""

    def holds(self, path: str, entry: Entry) -> bool:
        """Whether the file at `path` still is what was published, and that is `entry`.

        A file younger than the mark was touched by someone since, whatever its size.
        """
        standing = self.files.get(path)
        return (
            standing is not None
            and self.manifest.entries.get(path) == entry
            and standing.size == entry.size
            and standing.modified <= self.marked
        )


def old_site(place: Place) -> OldSite:
    """What stands at `place`; raises `ProblemsError` where it is not ours to replace."""
    problem = refusal(place)
    if problem is not None:
        raise ProblemsError([problem])
    if not place.mark.exists():
        return OldSite()
    found = manifest.parse(place.mark.read_bytes())
    if found is None:
        raise ProblemsError([_damaged(place)])
    files = dict(_files(place.output))
    strangers = [
        _stranger(place, path)
        for path in sorted(files)
        if path not in found.entries and Path(path).name not in _DEBRIS
    ]
    if strangers:
        raise ProblemsError(strangers)
    return OldSite(found, files, _trusted(place.mark.stat().st_mtime_ns))


def refusal(place: Place) -> Problem | None:
    """Why no site may be published at `place`, or None."""
    output, where = place.output, Location(place.named)
    if output.is_symlink():
        target = output.resolve().as_posix()
        return error(
            where, "is a symbolic link, which cannot be exchanged", f"write --output {target}"
        )
    if not os.path.lexists(output):
        return None
    if not output.is_dir():
        return error(where, "is a file, not a folder", "choose another folder with --output")
    if is_mount_point(output):
        return error(
            where,
            "is a mount point, which cannot be exchanged",
            f"choose a folder inside it: --output {place.named.rstrip('/')}/site",
        )
    if not place.mark.exists() and any(output.iterdir()):
        return error(
            where,
            "holds files that this program did not write, and is left as it is",
            "choose an empty or a new folder with --output, or move those files away",
        )
    return None


def is_mount_point(folder: Path) -> bool:
    """Whether something is mounted at `folder`; Linux also tells of binds within one disk."""
    if folder.is_mount():
        return True
    try:
        table = Path("/proc/self/mountinfo").read_bytes()
    except OSError:
        return False
    written = os.fsencode(folder.resolve())
    for character in b"\\ \t\n":  # the table escapes these, the backslash first
        written = written.replace(bytes([character]), b"\\%03o" % character)
    return any(line.split(b" ")[4:5] == [written] for line in table.splitlines())


def _trusted(marked: int) -> int:
    """The time of a mark; where the clock went back since, no time tells what was touched."""
    return marked if marked <= time.time_ns() else 0


def _files(folder: Path) -> Iterator[tuple[str, Standing]]:
    """Everything below `folder` but folders and the mark; a link or a device has size -1."""
    waiting = [("", os.fspath(folder))]
    while waiting:
        prefix, path = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                name = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{name}/", entry.path))
                elif name != MARK:
                    yield name, _standing(entry.stat(follow_symlinks=False))


def _standing(found: os.stat_result) -> Standing:
    size = found.st_size if stat.S_ISREG(found.st_mode) else -1
    return Standing(size, found.st_mtime_ns)


def _damaged(place: Place) -> Problem:
    return error(
        Location(f"{place.named}/{MARK}"),
        "is damaged, so what this program wrote here cannot be told from the rest",
        f"remove the folder {place.named} and build again",
    )


def _stranger(place: Place, path: str) -> Problem:
    return error(
        Location(f"{place.named}/{path}"),
        "was not written by this program and would be lost",
        "move it to content/files, which is copied to the site, or remove it",
    )
