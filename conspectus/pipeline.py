"""The table of contents: one function that turns a content folder into a published site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
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
from conspectus.citations import Citation, Citations
from conspectus.content import Content, decisions, embeddings
from conspectus.model.builds import BuildOptions, BuildReport
from conspectus.model.identifiers import fault_of_id
from conspectus.model.site import Made, Output, Site
from conspectus.model.topics import Analysis
from conspectus.problems import Problem, ProblemsError, has_errors
from conspectus.publishing import sizes
from conspectus.reasons import reasons
from conspectus.settings import Settings
from conspectus.store import cache
from conspectus.store.memory import Drawings, Readings
from conspectus.workers import ALONE, Crew, Task, hired
from conspectus.workers.clustered import Clustered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Everything that a survey folder holds, read."""

    content: Content
    saved: store.Saved
    embeddings: NDArray[np.float64] | None
    """The curator's own vectors, a row for each paper sorted by id; None for computed ones."""
    problems: tuple[Problem, ...]
    """Everything wrong, sorted."""


def build(
    options: BuildOptions,
    kept: cache.Cache | None = None,
    show: Callable[[Draughtsman], None] | None = None,
) -> BuildReport:
    """Build the survey in `options.content` and publish it to `options.output`.

    Raises `ProblemsError` with every problem found where any of them is an error (or a warning,
    when strict); the site that stood there before is then untouched. `kept` is what earlier builds
    worked out; the site is the same without it. `show` is given one who can draw single pages of
    the new site anew. The caller sees to it that no other build writes the same lock.
    """
    workers, memory = hired(options.jobs), kept or cache.Cache()
    readings = Readings(memory)
    readers = Clustered(options.cluster) if options.cluster else workers
    survey = gather(options.content, content.Reader(readers, readings))
    look = _fitted(assets.load(options.content), survey.content.settings)
    _stop_on_errors(survey.problems, strict=options.strict)

    citations = Citations()
    cited, early = _needing_no_topics(survey.content, look, citations)
    with workers.ahead([cited, early]) as ahead:
        found = find_topics(survey, freeze=options.frozen, workers=workers)
        for some in ahead.results(cited):
            citations.learn(some)
        site = siteplan.plan(survey.content, found, citations)

        drawn = Drawings(memory, publishing.standing(options.output))
        tasks = _tasks(survey.content, found, site, look, citations, drawn)
        published = publishing.publish(
            chain(ahead.results(early), drawn.noted(workers.run(tasks))),
            survey.content.files,
            options.output,
            program=__version__,
        )
    drawn.remember(published.entries)
    if show is not None:
        show(_draughtsman(survey.content, found, look, site))
    if not options.frozen:
        store.write(options.content, found.lock, found.permalinks)
    why = reasons(published.rewritten, drawn.standing, readings.fresh) if options.explain else ()
    return _report(survey, found, published, tuple(why))


def _report(
    survey: Gathered,
    found: Analysis,
    published: publishing.Published,
    rewritten: tuple[tuple[str, str], ...],
) -> BuildReport:
    return BuildReport(
        papers=len(survey.content.corpus.papers),
        topics=sum(not topic.children for topic in found.topics),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        problems=survey.problems,
        notes=found.notes,
        sizes=sizes.by_kind(published.entries),
        rewritten=rewritten,
    )


@dataclass(frozen=True, slots=True)
class Draughtsman:
    """Draws single papers' pages anew, in a survey as it was when it was last built."""

    survey: siteplan.Lookup
    studio: rendering.Studio

    def draft(self, path: str, text: str) -> Output | None:
        """The page of the paper whose file (below the content folder) now holds this text.

        None for what is no page of a paper: other files, drafts, papers with errors.
        """
        if not path.startswith("papers/"):
            return None
        paper, _ = content.read_paper(text, path, self.survey.words)
        if paper is None or fault_of_id(paper.id):
            return None
        made = self.studio.page(siteplan.redrawn(paper, self.survey), b"")
        assert isinstance(made, Output)
        return made


def sight(folder: Path) -> Draughtsman:
    """Who draws pages amid the survey in a folder, its topics by the lock; nothing is written.

    Raises `ProblemsError` where the content or the survey's own look has errors.
    """
    survey = gather(folder)
    look = _fitted(assets.load(folder), survey.content.settings)
    _stop_on_errors(survey.problems, strict=False)
    found = find_topics(survey, freeze=True)
    return _draughtsman(survey.content, found, look, siteplan.plan(survey.content, found))


def _draughtsman(survey: Content, found: Analysis, look: assets.Assets, site: Site) -> Draughtsman:
    permalinks = {file.name: file.permalink for file in look.files}
    own = dict(look.own_templates)
    studio = rendering.studio_for(site, look.templates, permalinks, own)
    return Draughtsman(siteplan.look_up(survey, found), studio)


def _fitted(look: assets.Assets, settings: Settings) -> assets.Assets:
    """The look with what compact pages load in place of single scripts."""
    if not settings.is_compact:
        return look
    return look.joining(rendering.JOINT, rendering.joint_scripts())


def gather(folder: Path, reader: content.Reader | None = None) -> Gathered:
    """Read a survey folder, with what earlier builds left in it."""
    survey, saved = content.read(folder, reader), store.read(folder)
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


def find_topics(
    survey: Gathered, *, freeze: bool = False, refresh: bool = False, workers: Crew = ALONE
) -> Analysis:
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
        workers=workers,
    )


def _needing_no_topics(
    survey: Content, look: assets.Assets, citations: Citations
) -> tuple[Task[Mapping[str, Citation]], Task[Output]]:
    """What can be made while topics are being found: citations, and the first files."""
    corpus, settings = survey.corpus, survey.settings

    def files() -> Iterator[Output]:
        return chain(exports.of_papers(corpus, settings, citations), look.outputs())

    return partial(exports.cited, corpus, settings, citations), files


def _tasks(
    survey: Content,
    found: Analysis,
    site: Site,
    look: assets.Assets,
    citations: Citations,
    drawn: Drawings,
) -> list[Task[Made]]:
    """Every file of the site, in parts that can be made side by side.

    The longest begins first. The other that goes through all papers comes when that one is done,
    since a process holds on to all that it has touched.
    """
    permalinks = {file.name: file.permalink for file in look.files}
    corpus, settings = survey.corpus, survey.settings
    pages = rendering.tasks(site, look.templates, permalinks, dict(look.own_templates), drawn.keys)
    half = len(pages) // 2
    return [
        partial(search.outputs, corpus, found, settings),
        partial(pictures.outputs, site),
        *pages[:half],
        partial(exports.of_topics, corpus, found, settings, citations),
        partial(feeds.outputs, corpus, found, settings, survey.lists, survey.digests),
        *pages[half:],
        partial(exports.discovery, site, settings),
    ]


def _stop_on_errors(problems: tuple[Problem, ...], *, strict: bool) -> None:
    if has_errors(problems) or (strict and problems):
        raise ProblemsError(problems)
