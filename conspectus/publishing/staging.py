"""The new site in the making, beside the one that readers see."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from conspectus.model.papers import ExtraFile
from conspectus.problems import Location, Problem, ProblemsError, error
from conspectus.publishing import manifest
from conspectus.publishing.faults import reported, reported_source
from conspectus.publishing.manifest import Entry, Manifest
from conspectus.publishing.ownership import OldSite
from conspectus.publishing.place import MARK, Place, flaw

_CHUNK = 1 << 20
_FEW = 64
"""Up to so many changed files are synced one by one, more by one call for the whole disk."""
_NO_LINKS = {errno.EPERM, errno.EMLINK, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


@dataclass(slots=True)
class Staging:
    """Takes files one at a time; writes what differs from the old site, remembers the rest.

    Nothing is made on disk before the first difference, so that a build that changes nothing
    touches nothing. What is unchanged is linked at the end, in `finish`.
    """

    place: Place
    old: OldSite
    program: str
    entries: dict[str, Entry] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """Paths of the files that were written, in the order of writing."""
    _folders: set[str] = field(default_factory=set)
    _made: set[str] = field(default_factory=set)

    def add(self, path: str, body: bytes) -> None:
        """Take a finished file; raises `ValueError` where its path is wrong or taken."""
        wrong = flaw(path) or self._taken(path)
        if wrong:
            raise ValueError(f"output {path!r} {wrong}")
        entry = Entry(len(body), manifest.digest(body))
        if not self.old.holds(path, entry):
            with reported(self.place.named), self._new_file(path) as target:
                target.write(body)
        self.entries[path] = entry

    def keep(self, path: str) -> None:
        """Take the file that the old site has at `path`; it must still be as it was published."""
        wrong = flaw(path) or self._taken(path)
        if wrong:
            raise ValueError(f"output {path!r} {wrong}")
        entry = self.old.manifest.entries.get(path)
        if entry is None or not self.old.holds(path, entry):
            raise ProblemsError([_changed(f"{self.place.named}/{path}")])
        self.entries[path] = entry

    def copy(self, file: ExtraFile) -> None:
        """Take a user's own file; raises `ProblemsError` where it cannot be part of the site."""
        wrong = flaw(file.permalink) or self._taken(file.permalink)
        if wrong:
            raise ProblemsError(
                [error(Location(file.source), f"its path {wrong}", "give it another name")]
            )
        with reported_source(file.source), _opened(file.source) as source:
            entry = _entry(source, file.source)
            if not self.old.holds(file.permalink, entry):
                source.seek(0)
                with reported(self.place.named):
                    entry = self._write_from(source, file)
        self.entries[file.permalink] = entry

    def differs(self) -> bool:
        """Whether the new site is another than the old one."""
        return (
            bool(self.changed)
            or self.old.manifest.program != self.program
            or self.old.manifest.entries.keys() != self.entries.keys()
            or not self.place.mark.exists()
        )

    def finish(self) -> None:
        """Link what is unchanged, write the mark, and make all of it last."""
        with reported(self.place.named):
            self._begin()
            written = set(self.changed)
            for path in self.entries:
                if path not in written:
                    self._carry_over(path)
            self._sync()
            self._write_mark(manifest.dump(Manifest(self.program, self.entries)))

    def _taken(self, path: str) -> str:
        """Whether another file stands in the way of `path`; registers its folders."""
        if path in self.entries or path in self._folders:
            return "is the path of another file of the site"
        folder = path.rpartition("/")[0]
        while folder and folder not in self._folders:
            if folder in self.entries:
                return f"lies in {folder}, which is a file of the site"
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]
        return ""

    def _begin(self) -> None:
        """Make the folder and mark it as ours and unfinished, once."""
        if "" in self._made:
            return
        self.place.staging.mkdir()
        (self.place.staging / MARK).write_text(manifest.header(self.program))
        self._made.add("")
        if self.place.output.exists():
            self.place.staging.chmod(stat.S_IMODE(self.place.output.stat().st_mode))

    def _new_file(self, path: str) -> BinaryIO:
        self.changed.append(path)
        return open(self._target(path), "xb")  # noqa: PTH123 - closed by its users

    def _target(self, path: str) -> str:
        """Where `path` is written, its folder made."""
        self._begin()
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            (self.place.staging / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.place.staging}/{path}"

    def _write_from(self, source: BinaryIO, file: ExtraFile) -> Entry:
        """Copy `source`, and describe what was copied: it may change while it is read."""
        digest, size = hashlib.blake2b(digest_size=16), 0
        with self._new_file(file.permalink) as target:
            while chunk := _read(source, file.source):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        return Entry(size, digest.hexdigest())

    def _carry_over(self, path: str) -> None:
        old, new = f"{self.place.output}/{path}", self._target(path)
        try:
            os.link(old, new)
        except OSError as refusal:
            if refusal.errno not in _NO_LINKS:
                raise
            shutil.copy2(old, new)  # with its time, which says that it is as published

    def _write_mark(self, body: bytes) -> None:
        with (self.place.staging / MARK).open("wb") as mark:
            mark.write(body)
            mark.flush()
            os.fsync(mark.fileno())

    def _sync(self) -> None:
        if len(self.changed) > _FEW and _sync_disk(self.place.staging):
            return
        for path in self.changed:
            with (self.place.staging / path).open("rb+") as written:
                os.fsync(written.fileno())


def _changed(file: str) -> Problem:
    return error(
        Location(file),
        "was changed while the site was being built, which is as it was",
        "build again, with nothing else writing there",
    )


def _opened(source: str) -> BinaryIO:
    if not stat.S_ISREG(os.stat(source).st_mode):  # noqa: PTH116 - a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file", source)
    return Path(source).open("rb")


def _read(source: BinaryIO, name: str) -> bytes:
    with reported_source(name):
        return source.read(_CHUNK)


def _entry(source: BinaryIO, name: str) -> Entry:
    digest = hashlib.blake2b(digest_size=16)
    while chunk := _read(source, name):
        digest.update(chunk)
    return Entry(source.tell(), digest.hexdigest())


def _sync_disk(folder: Path) -> bool:
    """Write out everything on the disk that holds `folder`; False where the system cannot."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if library is None or not hasattr(library, "syncfs"):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return bool(library.syncfs(descriptor) == 0)
    finally:
        os.close(descriptor)
