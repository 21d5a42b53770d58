"""Finished files in; a site on disk out, exchanged for the old one as a whole.

The new site is staged beside the old one, with hard links for what is unchanged, then takes its
place in one rename (docs/reliability.md). Whoever dies on the way leaves one of the two, whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from conspectus.model.papers import ExtraFile
from conspectus.model.site import Made, Output
from conspectus.problems import ProblemsError
from conspectus.publishing import exchange, manifest
from conspectus.publishing.faults import reported
from conspectus.publishing.locking import WAIT, held
from conspectus.publishing.manifest import Entry
from conspectus.publishing.ownership import old_site, refusal
from conspectus.publishing.place import Place, place
from conspectus.publishing.staging import Staging


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did, in files; the mark of ownership is not counted."""

    written: int
    unchanged: int
    removed: int
    bytes_written: int
    entries: Mapping[str, Entry] = field(default_factory=dict, compare=False)
    """Every file of the site, by path."""
    rewritten: tuple[str, ...] = field(default=(), compare=False)
    """The paths of those that were written."""


def publish(
    outputs: Iterable[Made],
    files: Iterable[ExtraFile],
    output: Path,
    *,
    program: str,
    wait: float = WAIT,
) -> Published:
    """Make the folder `output` hold exactly these files, as one step for whoever reads it.

    `outputs` is consumed one at a time, with the place's lock held. Raises `ProblemsError` where
    the folder or the system refuses (`program` is the version that the mark names), `ValueError`
    for paths that repeat or leave the site; whatever is raised, the old site stands as it was.
    """
    where = place(output)
    with reported(where.named):
        _ready(where)
    with held(where.lock, guarded=where.named, wait=wait):
        with reported(where.named):
            exchange.finish_interrupted(where)
            old = old_site(where)
        staging = Staging(where, old, program)
        try:
            return _publish(outputs, files, staging)
        finally:
            # Staging now holds the old site, or what was made before something failed, or a whole
            # site whose exchange was cut short. What cannot be cleared is left for the next build.
            with suppress(OSError, ProblemsError):
                exchange.finish_interrupted(where)


@contextmanager
def alone(content: Path, *, wait: float = WAIT) -> Iterator[None]:
    """Keep others who would write the working state of a content folder waiting for the body.

    Who reads that state, publishes by it and writes it anew does so alone: of two builds at once,
    the second begins with what the first has left, and the site that stands last is the one that
    the lock describes. Where nothing may be written beside the folder, no one is kept waiting.
    """
    where = place(content)
    if not os.access(where.output.parent, os.W_OK):
        yield
        return
    with held(where.lock, guarded=where.named, wait=wait):
        yield


def standing(output: Path) -> Mapping[str, Entry]:
    """The files of the site at `output` that are as they were published, by path.

    Empty where there is no site; raises `ProblemsError` where the folder is not ours to replace.
    """
    old = old_site(place(output))
    return {path: entry for path, entry in old.manifest.entries.items() if old.holds(path, entry)}


def is_whole(output: Path) -> bool:
    """Whether the site at `output` is, file by file, as it was published."""
    old = old_site(place(output))
    entries = old.manifest.entries
    return bool(entries) and all(old.holds(path, entry) for path, entry in entries.items())


def mark(output: Path) -> str:
    """A hash of what the site at `output` says it holds; empty where there is none."""
    try:
        return manifest.digest(place(output).mark.read_bytes())
    except OSError:
        return ""


def recover(output: Path) -> None:
    """Complete an exchange that died halfway; the first thing that any command does."""
    where = place(output)
    if where.journal.exists():
        with held(where.lock, guarded=where.named), reported(where.named):
            exchange.finish_interrupted(where)


def _publish(outputs: Iterable[Made], files: Iterable[ExtraFile], staging: Staging) -> Published:
    for made in outputs:
        if isinstance(made, Output):
            staging.add(made.path, made.body)
        else:
            staging.keep(made.path)
    for file in files:
        staging.copy(file)
    if staging.differs():
        staging.finish()
        with reported(staging.place.named):
            exchange.exchange(staging.place)
    return Published(
        written=len(staging.changed),
        unchanged=len(staging.entries) - len(staging.changed),
        removed=len(staging.old.manifest.entries.keys() - staging.entries.keys()),
        bytes_written=sum(staging.entries[path].size for path in staging.changed),
        entries=staging.entries,
        rewritten=tuple(staging.changed),
    )


def _ready(where: Place) -> None:
    """Refuse early, and make the folder that will hold the site."""
    problem = refusal(where)
    if problem is not None:
        raise ProblemsError([problem])
    where.output.parent.mkdir(parents=True, exist_ok=True)
