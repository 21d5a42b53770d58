"""A survey's folders in; the moments at which something that matters in them has changed, out."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

_CHANGES = frozenset({"created", "modified", "deleted", "moved", "closed"})
_FOLDER_CHANGES = frozenset({"created", "deleted", "moved"})
_TEMPORARY = re.compile(
    r"""
      \#.*\# | \.\#.* | .*~               # Emacs, and backups of many
    | \..*\.sw[a-z] | \.sw[a-z] | 4913    # Vim, with its test whether it may write
    | \.goutputstream-.* | \.~.* | ~\$.*  # GNOME, office programs
    | .*___jb_(?:tmp|old)___              # JetBrains
    | .*\.(?:tmp|temp|part|partial|crdownload|bak|orig)(?:[.-].*)?
    | \.DS_Store | \._.* | Thumbs\.db | desktop\.ini
    """,
    re.VERBOSE,
)


Notice = Callable[..., None]
"""Told of a change, with the paths that took part in it."""


class Changes:
    """Collects notices from one thread and lets another wait until they have ceased for a while."""

    def __init__(self, quiet: float = 0.04, patience: float = 0.4) -> None:
        """Seconds of silence that end a burst, and the longest that a burst is waited for."""
        self._quiet, self._patience = quiet, patience
        self._news = threading.Condition()
        self._last: float | None = None
        self.noticed = 0.0
        """When the last notice of the burst came that `wait` told of; of the monotonic clock."""
        self._paths: set[Path] = set()
        self._is_closed = False

    def notice(self, *paths: Path) -> None:
        """Something changed, at these places as far as one knows."""
        with self._news:
            self._last = time.monotonic()
            self._paths.update(paths)
            self._news.notify_all()

    def close(self) -> None:
        """Let `wait` return None, now and from now on."""
        with self._news:
            self._is_closed = True
            self._news.notify_all()

    def wait(self) -> frozenset[Path] | None:
        """Block until a burst of notices has ended; the places that changed, None once closed."""
        with self._news:
            self._news.wait_for(lambda: self._is_closed or self._last is not None)
            until = time.monotonic() + self._patience
            while not self._is_closed and self._last is not None:
                now = time.monotonic()
                left = min(self._last + self._quiet, until) - now
                if left <= 0:
                    break
                self._news.wait(left)
            self.noticed = self._last or 0.0
            self._last = None
            paths, self._paths = frozenset(self._paths), set()
            return None if self._is_closed else paths


class Watch:
    """Watches folders that may come and go, below one that stays."""

    def __init__(self, survey: Path, folders: Iterable[Path], notice: Notice) -> None:
        self._survey, self._folders = survey, tuple(folders)
        self._notice = notice
        self._watched: dict[Path, tuple[tuple[int, int], ObservedWatch]] = {}
        self._observer = self._started()

    def renew(self) -> None:
        """Follow folders that were removed, made or exchanged since the last call.

        Not called by the watching thread itself, which would wait for its own end.
        """
        for folder in self._folders:
            identity = _identity(folder)
            known = self._watched.get(folder)
            if known is not None and known[0] != identity:
                self._observer.unschedule(known[1])
                del self._watched[folder]
            if identity is not None and folder not in self._watched:
                watch = self._observer.schedule(_Below(self._notice), str(folder), recursive=True)
                self._watched[folder] = (identity, watch)

    def stop(self) -> None:
        """End the watching thread."""
        self._observer.stop()

    def _started(self) -> BaseObserver:
        try:
            return self._start(Observer())
        except OSError:  # the system's limit of watches is reached: look at the files by turns
            self._watched.clear()
            return self._start(PollingObserver(timeout=0.5))

    def _start(self, observer: BaseObserver) -> BaseObserver:
        self._observer = observer
        names = frozenset(folder.name for folder in self._folders)
        observer.schedule(_Among(names, self._notice), str(self._survey), recursive=False)
        self.renew()
        observer.start()
        return observer


class _Below(FileSystemEventHandler):
    """Anything below a watched folder."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of a change, unless it is one of an editor's own files."""
        kinds = _FOLDER_CHANGES if event.is_directory else _CHANGES
        if event.event_type in kinds and any(not is_temporary(name) for name in _names(event)):
            self._notice(*_paths(event))


class _Among(FileSystemEventHandler):
    """Coming and going of folders with given names."""

    def __init__(self, names: frozenset[str], notice: Notice) -> None:
        self._names, self._notice = names, notice

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of a folder that came, went or was renamed."""
        if event.event_type in _FOLDER_CHANGES and not self._names.isdisjoint(_names(event)):
            self._notice(*_paths(event))


def is_temporary(name: str) -> bool:
    """Whether a file of this name belongs to an editor or a file manager, not to the survey."""
    return _TEMPORARY.fullmatch(name) is not None


def _names(event: FileSystemEvent) -> set[str]:
    return {path.name for path in _paths(event)}


def _paths(event: FileSystemEvent) -> list[Path]:
    return [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
