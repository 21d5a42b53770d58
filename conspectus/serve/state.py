"""What the preview shows now, and everyone who waits to hear of the next change."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from conspectus.problems import Problem

_HEARTBEAT = 15.0
"""Seconds after which a silent stream says something, so that a dead one is noticed."""


@dataclass(slots=True)
class Preview:
    """The site's version and the problems that keep a newer one back.

    `show`, `show_draft` and `call` are for other threads, everything else is called on the loop.
    """

    loop: asyncio.AbstractEventLoop
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    """Tells a page loaded before a restart from one loaded after it."""
    number: int = 0
    problems: tuple[Problem, ...] = ()
    is_closed: bool = False
    _waiting: set[asyncio.Event] = field(default_factory=set)

    @property
    def version(self) -> str:
        """What the site's pages are told apart by."""
        return f"{self.session}-{self.number}"

    def show(self, problems: tuple[Problem, ...], *, is_new: bool) -> None:
        """Announce the outcome of a build: errors, or a site that may be a new one."""
        self.call(lambda: self._show(problems, is_new=is_new))

    def show_draft(self) -> None:
        """Announce a page that stands over the site's own; what keeps a newer site back stays."""
        # Read on the loop: a build that fails meanwhile must not have its problems taken away.
        self.call(lambda: self._show(self.problems, is_new=True))

    def call(self, callback: Callable[[], object]) -> None:
        """Call back on the loop, from any thread; not at all where the loop has ended."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(callback)

    def close(self) -> None:
        """End every stream."""
        self.is_closed = True
        self._wake()

    async def events(self) -> AsyncIterator[bytes]:
        """The state now, then after each change, as Server-Sent Events."""
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            yield b"retry: 500\n\n"
            while not self.is_closed:
                news.clear()
                yield self._message()
                await self._next(news)
        finally:
            self._waiting.discard(news)

    async def _next(self, news: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(news.wait(), _HEARTBEAT)
        except TimeoutError:
            return  # the same state again, which a page takes calmly

    def _show(self, problems: tuple[Problem, ...], *, is_new: bool) -> None:
        self.problems = problems
        self.number += is_new
        self._wake()

    def _wake(self) -> None:
        for news in self._waiting:
            news.set()

    def _message(self) -> bytes:
        problems = [
            {"place": str(p.location), "message": p.message, "remedy": p.remedy}
            for p in self.problems
        ]
        # ASCII only: no character of a text can end the line, and with it the message.
        return f"data: {json.dumps({'version': self.version, 'problems': problems})}\n\n".encode()
