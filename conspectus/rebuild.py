"""A build asked for; the site built, or found to stand already, with the same report.

A build is a function of its content, its settings, its decisions, its lock and the program. Where
none of these has been touched since the last build, and neither has the site, there is nothing to
do, which costs a look at every file and loads none of the stages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from conspectus import assets, publishing, store
from conspectus.model.builds import BuildOptions, BuildReport
from conspectus.store import cache, inventory

if TYPE_CHECKING:
    from conspectus import pipeline

_PAST = "build"


@dataclass(frozen=True, slots=True)
class _State:
    """All that a build follows from, and what it left."""

    asked: str
    files: str
    """The inventory of everything that a build reads but the lock and the permalinks."""
    saved: str
    """The lock and the permalinks, as the build left them."""
    site: str
    """The mark of the site."""


@dataclass(frozen=True, slots=True)
class _Past:
    """The last build."""

    state: _State
    report: BuildReport


Show = Callable[["pipeline.Draughtsman"], None]


def build(options: BuildOptions, show: Show | None = None) -> BuildReport:
    """Build as `pipeline.build` does, or report what stands; raises what it raises.

    `show` is not called where nothing had to be built.
    """
    with _turn(options):
        if not options.use_cache:
            return _built(options, cache.Cache(), show)
        survey = assets.survey_folder(options.content)
        with cache.opened(survey, options.content) as kept:
            before = _inventory(options)
            past = _past(kept)
            if past and past.state == _state(options, before) and _stands(options.output):
                return _unchanged(past.report)
            report = _built(options, kept, show)
            if before.is_proof:
                past = _Past(_state(options, before), replace(report, rewritten=()))
                kept.remember_past(_PAST, msgspec.json.encode(past))
            return replace(report, notes=(*report.notes, *filter(None, [kept.note])))


def _turn(options: BuildOptions) -> AbstractContextManager[None]:
    """Who writes the lock does so alone."""
    return nullcontext() if options.frozen else publishing.alone(options.content)


def _built(options: BuildOptions, kept: cache.Cache, show: Show | None) -> BuildReport:
    from conspectus import pipeline  # the stages, which take most of a second to load

    return pipeline.build(options, kept, show)


def _unchanged(report: BuildReport) -> BuildReport:
    """The last report, of a build that wrote nothing."""
    standing = report.written + report.unchanged
    return replace(report, written=0, unchanged=standing, removed=0, notes=(), rewritten=())


def _past(kept: cache.Cache) -> _Past | None:
    try:
        return msgspec.json.decode(kept.past(_PAST), type=_Past)
    except msgspec.MsgspecError:
        return None


def _state(options: BuildOptions, files: inventory.Inventory) -> _State:
    asked = f"{Path(options.output).absolute()} {options.frozen} {options.strict}"
    saved = store.digest(options.content)
    return _State(asked, files.digest, saved, publishing.mark(options.output))


def _inventory(options: BuildOptions) -> inventory.Inventory:
    survey = assets.survey_folder(options.content)
    own = (survey / kind for kind in assets.KINDS)
    bundled = (assets.bundled(kind) for kind in assets.KINDS)
    return inventory.taken((options.content, *own, *bundled), without=store.paths(options.content))


def _stands(output: Path) -> bool:
    return publishing.is_whole(output)
