"""A saved paper in; its page at once, amid the topics of before, while the exact site is built.

A draft stands over the site until a build that began after it has ended, which knows the paper.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from conspectus.pipeline import Draughtsman, sight
from conspectus.problems import ProblemsError
from conspectus.serve.watching import Changes


@dataclass(slots=True)
class Drafts:
    """Pages that stand over the site's own; for several threads."""

    _pages: dict[str, tuple[float, bytes]] = field(default_factory=dict)

    def put(self, permalink: str, body: bytes) -> None:
        """Let this page stand for the one that the site has."""
        self._pages[permalink] = (time.monotonic(), body)

    def find(self, permalink: str) -> bytes | None:
        """The draft of a page, where one stands."""
        found = self._pages.get(permalink)
        return found[1] if found else None

    def clear(self, before: float) -> None:
        """Take away what was drafted before this time of the monotonic clock."""
        for permalink, (drafted, _) in tuple(self._pages.items()):
            if drafted < before:
                self._pages.pop(permalink, None)


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
            drafted = [self._draft(path) for path in sorted(paths)]
            if any(drafted):
                self.announce()

    def _draft(self, path: Path) -> bool:
        """Whether the page of the paper at `path` could be drafted."""
        artist = self.draughtsman
        if artist is None or path.suffix != ".md":
            return False
        try:
            inside = path.resolve().relative_to(self.content.resolve()).as_posix()
            made = artist.draft(inside, path.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # gone again, not ours, not text: the build will say what is
            return False
        if made is not None:
            self.drafts.put(made.path, made.body)
        return made is not None
