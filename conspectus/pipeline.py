"""The table of contents: one function that turns a content folder into a published site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from conspectus import (
    __version__,
    analysis,
    assets,
    content,
    exports,
    feeds,
    pictures,
    publishing,
    rendering,
    search,
    siteplan,
    store,
)
from conspectus.citations import Citations
from conspectus.content import Content, decisions, embeddings
from conspectus.model.site import Output, Site
from conspectus.model.topics import Analysis
from conspectus.problems import Problem, ProblemsError, has_errors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked to do."""

    content: Path = Path("content")
    output: Path = Path("_site")
    frozen: bool = False
    """Place new papers into existing topics only, and write neither lock nor permalinks."""
    strict: bool = False
    """Warnings stop publishing as errors do."""
    jobs: int = 1
    use_cache: bool = True


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    papers: int
    topics: int
    """Leaf topics."""
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    """Warnings only: errors raise."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Everything that a survey folder holds, read."""

    content: Content
    saved: store.Saved
    embeddings: NDArray[np.float64] | None
    """The curator's own vectors, a row for each paper sorted by id; None for computed ones."""
    problems: tuple[Problem, ...]
    """Everything wrong, sorted."""


def build(options: BuildOptions) -> BuildReport:
    """Build the survey in `options.content` and publish it to `options.output`.

    Raises `ProblemsError` with every problem found where any of them is an error (or a warning,
    when strict); the site that stood there before is then untouched.
    """
    if options.frozen:
        return _built(options)
    with publishing.alone(options.content):
        return _built(options)


def _built(options: BuildOptions) -> BuildReport:
    survey = gather(options.content)
    look = assets.load(options.content)
    _stop_on_errors(survey.problems, strict=options.strict)

    found = find_topics(survey, freeze=options.frozen)
    citations = Citations()
    site = siteplan.plan(survey.content, found, citations)

    outputs = _outputs(survey.content, found, site, look, citations)
    published = publishing.publish(
        outputs, survey.content.files, options.output, program=__version__
    )
    if not options.frozen:
        store.write(options.content, found.lock, found.permalinks)
    return BuildReport(
        papers=len(survey.content.corpus.papers),
        topics=sum(not topic.children for topic in found.topics),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        problems=survey.problems,
        notes=found.notes,
    )


def gather(folder: Path) -> Gathered:
    """Read a survey folder, with what earlier builds left in it."""
    survey, saved = content.read(folder), store.read(folder)
    vectors, wrong_vectors = embeddings.read(
        folder, survey.settings.topics.embeddings, survey.corpus
    )
    wrong_decisions = decisions.check(
        survey.decisions,
        (folder / decisions.NAME).as_posix(),
        topics=saved.topics_ever(),
        papers={paper.id for paper in survey.corpus.papers},
    )
    problems = (*survey.problems, *saved.problems, *wrong_vectors, *wrong_decisions)
    return Gathered(survey, saved, vectors, tuple(sorted(problems)))


def find_topics(survey: Gathered, *, freeze: bool = False, refresh: bool = False) -> Analysis:
    """The topics by the lock on disk; `refresh` clusters anew, `freeze` founds none."""
    return analysis.analyse(
        survey.content.corpus,
        survey.content.decisions,
        survey.saved.lock,
        survey.saved.permalinks,
        settings=survey.content.settings.topics,
        language=survey.content.settings.language,
        freeze=freeze,
        refresh=refresh,
        embeddings=survey.embeddings,
    )


def _outputs(
    survey: Content, found: Analysis, site: Site, look: assets.Assets, citations: Citations
) -> Iterator[Output]:
    """Every file of the site, one at a time."""
    permalinks = {file.name: file.permalink for file in look.files}
    return chain(
        rendering.outputs(site, look.templates, permalinks, dict(look.own_templates)),
        (Output(file.permalink, file.body) for file in look.files),
        search.outputs(survey.corpus, found, survey.settings),
        feeds.outputs(survey.corpus, found, survey.settings, survey.lists, survey.digests),
        exports.outputs(survey.corpus, found, survey.settings, citations),
        exports.discovery(site, survey.settings),
        pictures.outputs(site),
    )


def _stop_on_errors(problems: tuple[Problem, ...], *, strict: bool) -> None:
    if has_errors(problems) or (strict and problems):
        raise ProblemsError(problems)
