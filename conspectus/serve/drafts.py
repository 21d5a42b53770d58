"""A saved paper in; its page at once, amid the topics of before, while the exact site is built.

A draft stands over the site until a build that began after it has ended, which knows the paper.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from conspectus.pipeline import Draughtsman, sight
from conspectus.problems import ProblemsError
from conspectus.serve.watching import Changes


@dataclass(slots=True)
class Drafts:
    """Pages that stand over the site's own; for several threads.

    All times are of the monotonic clock.
    """

    _pages: dict[str, tuple[float, bytes]] = field(default_factory=dict)
    """By permalink, with the time at which the change was noticed that it shows."""
    _known: float = float("-inf")
    """What was noticed before this, a build that has ended knows."""
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def put(self, permalink: str, body: bytes, noticed: float) -> bool:
        """Let this page stand for the one that the site has, unless the site knows it already.

        A build may begin and end while a draft is being made: then no other build would follow to
        take the draft away.
        """
        with self._turn:
            if noticed < self._known:
                return False
            self._pages[permalink] = (noticed, body)
            return True

    def find(self, permalink: str) -> bytes | None:
        """The draft of a page, where one stands."""
        found = self._pages.get(permalink)
        return found[1] if found else None

    def clear(self, before: float) -> None:
        """Take away what a build knows that began at this time and has ended."""
        with self._turn:
            self._known = max(self._known, before)
            for permalink, (noticed, _) in tuple(self._pages.items()):
                if noticed < before:
                    del self._pages[permalink]


@dataclass(slots=True)
class Drafter:
    """Drafts the pages of papers as they are saved, in a thread of its own."""

    content: Path
    drafts: Drafts
    changes: Changes
    announce: Callable[[], None]
    """Called when a draft is ready to be seen."""
    draughtsman: Draughtsman | None = None
    """Knows the site of before; None until there is one."""

    def start(self) -> None:
        """Begin; the thread ends when `changes` are closed, or with the process."""
        threading.Thread(target=self._work, name="drafter", daemon=True).start()

    def _work(self) -> None:
        if self.draughtsman is None:  # the site stood already when the preview began
            with suppress(ProblemsError):
                self.draughtsman = sight(self.content)
        while (paths := self.changes.wait()) is not None:
            noticed = self.changes.noticed
            drafted = [self._draft(path, noticed) for path in sorted(paths)]
            if any(drafted):
                self.announce()

    def _draft(self, path: Path, noticed: float) -> bool:
        """Whether a draft of the paper at `path` stands now."""
        artist = self.draughtsman
        if artist is None or path.suffix != ".md":
            return False
        try:
            inside = path.resolve().relative_to(self.content.resolve()).as_posix()
            made = artist.draft(inside, path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # gone again, not ours, not text: the build will say what is
            return False
        return made is not None and self.drafts.put(made.path, made.body, noticed)
