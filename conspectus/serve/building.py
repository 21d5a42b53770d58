"""The preview's builder: bursts of changes in; a new site, or the problems that prevent it, out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from conspectus import rebuild
from conspectus.model.builds import BuildOptions, BuildReport
from conspectus.pipeline import Draughtsman
from conspectus.problems import Location, Problem, ProblemsError, error
from conspectus.serve.drafts import Drafter
from conspectus.serve.state import Preview
from conspectus.serve.watching import Changes, Watch


@dataclass(frozen=True, slots=True)
class Console:
    """How the preview speaks to who started it."""

    say: Callable[[str], None]
    remark: Callable[[str], None]
    show_problems: Callable[[tuple[Problem, ...]], None]


@dataclass(slots=True)
class Builder:
    """Builds at once, then after each burst of changes, in a thread of its own."""

    options: BuildOptions
    preview: Preview
    changes: Changes
    watch: Watch
    console: Console
    drafter: Drafter
    _shown: tuple[Problem, ...] = ()
    _thread: threading.Thread = field(init=False)

    def start(self, after_first: Callable[[], object]) -> None:
        """Begin; `after_first` is called on the loop when there is something to see."""
        self._thread = threading.Thread(
            # A daemon: publishing survives the cut, and Ctrl-C waits for nobody.
            target=self._work,
            args=(after_first,),
            name="builder",
            daemon=True,
        )
        self._thread.start()

    def stop(self, patience: float) -> None:
        """End; a build in progress gets some seconds, then it is left to die with the process."""
        self.changes.close()
        self.watch.stop()
        self._thread.join(patience)

    def _work(self, after_first: Callable[[], object]) -> None:
        self._build()
        self.preview.call(after_first)
        while self.changes.wait() is not None:
            self.watch.renew()
            self._build()

    def _build(self) -> None:
        """Build once; whatever happens, the preview goes on."""
        began, started = time.perf_counter(), time.monotonic()
        try:
            report = self._report()
        except ProblemsError as stopped:
            self._fail(stopped.problems)
        except Exception as mistake:  # a thread that ended here would leave a preview that lies
            self._fail((_internal(mistake, self.options.content),))
        else:
            self._show(report.problems)
            self.drafter.drafts.clear(before=started)
            self.preview.show((), is_new=bool(report.written or report.removed))
            took = time.perf_counter() - began
            self.console.remark(
                f"built: {report.written} written, {report.removed} removed, {took:.1f} s"
            )

    def _report(self) -> BuildReport:
        content = self.options.content
        if not content.is_dir():  # as in the middle of a checkout: not an empty survey
            place = Location(content.as_posix())
            raise ProblemsError(
                [error(place, "the folder is gone", "put it back, or press Ctrl-C")]
            )
        return rebuild.build(self.options, self._learn)

    def _learn(self, artist: Draughtsman) -> None:
        self.drafter.draughtsman = artist

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        self._show(problems)
        errors = tuple(problem for problem in problems if problem.is_error)
        self.preview.show(errors, is_new=False)

    def _show(self, problems: tuple[Problem, ...]) -> None:
        """Print problems, unless they are those of the last build."""
        if problems != self._shown:
            self.console.show_problems(problems)
        self._shown = problems


def _internal(mistake: Exception, content: Path) -> Problem:
    return error(
        Location(content.as_posix()),
        f"internal error: {type(mistake).__name__}: {mistake}",
        "this is not your mistake: report it with what CONSPECTUS_TRACEBACK=1 shows of a build",
    )
