"""Links in; with what each is answered out: several hosts at a time, each host at its own pace."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from conspectus.importers.network.client import Client
from conspectus.importers.network.exchanges import Line
from conspectus.importers.network.faults import NetworkError

SECONDS = 1_200.0
"""After which no further link is asked: a check is to end while somebody waits for it."""
_AT_ONCE = 8
"""Hosts that are asked at a time."""
_OFFLINE_AFTER = 5
"""Hosts in a row that cannot be reached, after which nothing more is asked."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of asking."""

    by_link: Mapping[str, int | str] = field(default_factory=dict)
    """The status, or why there is none; empty where that says nothing about the link."""
    unasked: int = 0
    """Links for which no time was left."""
    offline: str = ""
    """Why no host at all could be reached; empty where one was."""


def ask(
    links: Iterable[str], client: Client, began: Callable[[str], None], seconds: float = SECONDS
) -> Answers:
    """Ask each link once; `began` is told each before, from the thread that asks it."""
    client.line = _bounded(client.line)
    round_ = _Round(client, began, client.line.clock.monotonic() + seconds)
    wanted = dict.fromkeys(links)
    by_host: dict[str, list[str]] = {}
    for link in wanted:
        by_host.setdefault(urlsplit(link).hostname or "", []).append(link)
    round_.waiting.extend(by_host.values())
    round_.run(min(_AT_ONCE, len(by_host)))
    asked = {link: round_.found[link] for link in wanted if link in round_.found}
    offline = "" if round_.answered else round_.last
    return Answers(asked, len(wanted) - len(asked), offline)


def _bounded(line: Line) -> Line:
    """A link that takes long is not worth the wait of who checks."""
    return replace(line, limits=replace(line.limits, seconds=20.0, silence=10.0))


@dataclass(slots=True, eq=False)
class _Round:
    """One round of asking, which several threads share."""

    client: Client
    began: Callable[[str], None]
    until: float
    waiting: deque[list[str]] = field(default_factory=deque)
    """The links of each host that nobody asks yet."""
    found: dict[str, int | str] = field(default_factory=dict)
    answered: int = 0
    unreached: int = 0
    last: str = ""
    _counting: threading.Lock = field(default_factory=threading.Lock)
    _mistakes: list[Exception] = field(default_factory=list)

    def run(self, threads: int) -> None:
        """Ask all; an interrupt leaves at once what is under way."""
        working = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()
        if self._mistakes:
            raise self._mistakes[0]

    def _work(self) -> None:
        try:
            while self.waiting:
                for link in self.waiting.popleft():
                    if self._mistakes or self.client.line.clock.monotonic() >= self.until:
                        return
                    self.found[link] = self._probe(link)
        except IndexError:
            return  # another thread took the last host
        except Exception as mistake:  # our own: it ends the round, and is raised where it began
            self._mistakes.append(mistake)

    def _probe(self, link: str) -> int | str:
        if self.unreached >= _OFFLINE_AFTER and not self.answered:
            return ""
        self.began(link)
        try:
            status = self.client.probe(link)
        except NetworkError as fault:
            self._count(fault)
            return fault.message if fault.is_final else ""
        self._count(None)
        return status

    def _count(self, fault: NetworkError | None) -> None:
        with self._counting:
            if fault is None or not fault.is_final:
                self.answered += 1
            else:
                self.unreached += 1
                self.last = fault.message
