"""What each stage of a cold build costs, and what its files weigh.

    python benchmarks/stages.py CONTENT [CONTENT …] [--jobs 2]

CPU-seconds of one process that builds the survey in a content folder from nothing, one stage after
the other: on a busy machine only these mean something. The lock is read but not written. A build
with two jobs shares all but the analysis, the site plan and the publishing. With `--jobs` follow
the seconds of the clock that so many processes and one take for what they share, which mean
something on a quiet machine alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conspectus import (
    assets,
    content,
    exports,
    feeds,
    pictures,
    pipeline,
    publishing,
    rendering,
    search,
    siteplan,
)
from conspectus.citations import Citations
from conspectus.model.site import Made, Output
from conspectus.workers import Crew, Task, hired

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("content", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    for folder in options.content:
        measure(folder)
        if options.jobs > 1:
            share(folder, options.jobs)


def measure(folder: Path) -> None:
    """Print the table of one survey."""
    print(f"\n{folder}\n{'stage':20}{'CPU s':>8}{'files':>9}{'MB':>8}")
    survey = timed("content", lambda: pipeline.gather(folder))
    found = timed("analysis", lambda: pipeline.find_topics(survey))
    citations = Citations()
    site = timed("site plan", lambda: siteplan.plan(survey.content, found, citations))
    look = assets.load(folder)
    names = {file.name: file.permalink for file in look.files}
    corpus, settings = survey.content.corpus, survey.content.settings
    lists, digests = survey.content.lists, survey.content.digests
    made: list[Output] = []
    for name, files in (
        ("exports", lambda: exports.outputs(corpus, found, settings, citations)),
        ("rendering", lambda: rendering.outputs(site, look.templates, names)),
        ("pictures", lambda: pictures.outputs(site)),
        ("search", lambda: search.outputs(corpus, found, settings)),
        ("feeds", lambda: feeds.outputs(corpus, found, settings, lists, digests)),
        ("discovery", lambda: exports.discovery(site, settings)),
    ):
        made.extend(weighed(name, files))
    with tempfile.TemporaryDirectory() as place:
        output = Path(place, "site")
        timed("publishing", lambda: publishing.publish(made, (), output, program="benchmark"))
    print(f"{'all':28}{len(made):9,}{sum(len(each.body) for each in made) / 1e6:8.1f}")


def share(folder: Path, jobs: int) -> None:
    """Print how long one process and several take for what they can share."""
    survey = pipeline.gather(folder)
    found = pipeline.find_topics(survey)
    site = siteplan.plan(survey.content, found, Citations())
    look = assets.load(folder)
    names = {file.name: file.permalink for file in look.files}
    corpus, settings = survey.content.corpus, survey.content.settings
    files: list[Task[Made]] = [
        partial(search.outputs, corpus, found, settings),
        partial(exports.outputs, corpus, found, settings),
        partial(pictures.outputs, site),
        partial(feeds.outputs, corpus, found, settings, survey.content.lists),
        *rendering.tasks(site, look.templates, names),
    ]
    print(f"\n{'seconds of the clock':20}{'1 job':>8}{f'{jobs} jobs':>9}{'times':>8}")
    for name, work in (
        ("reading", lambda crew: content.read(folder, content.Reader(crew))),
        ("making files", lambda crew: sum(1 for _ in crew.run(files))),
    ):
        alone, shared = clocked(work, 1), clocked(work, jobs)
        print(f"{name:20}{alone:8.2f}{shared:9.2f}{alone / shared:8.2f}", flush=True)


def clocked(work: Callable[[Crew], object], jobs: int) -> float:
    """Seconds of the clock, the better of two runs."""
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        work(hired(jobs))
        taken.append(time.perf_counter() - began)
    return min(taken)


def timed(name: str, work: Callable[[], Result], end: str = "\n") -> Result:
    """The result, its CPU-seconds printed."""
    began = time.process_time()
    result = work()
    print(f"{name:20}{time.process_time() - began:8.2f}", end=end, flush=True)
    return result


def weighed(name: str, files: Callable[[], Iterable[Made]]) -> list[Output]:
    """The files of a stage, its CPU-seconds and their weight printed."""
    made = timed(name, lambda: list(finished(files())), end="")
    print(f"{len(made):9,}{sum(len(each.body) for each in made) / 1e6:8.1f}", flush=True)
    return made


def finished(files: Iterable[Made]) -> Iterator[Output]:
    return (each for each in files if isinstance(each, Output))


if __name__ == "__main__":
    main()
