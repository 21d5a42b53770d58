"""The preview: a survey folder in; its site in a browser, new after each edit, out.

The site is built into .conspectus/preview beside the content folder, from the lock on disk, and
neither the lock nor the permalinks are written: a preview disturbs no build.
"""

from __future__ import annotations

import asyncio
import webbrowser
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from conspectus import assets
from conspectus.model.builds import BuildOptions
from conspectus.serve.address import AddressError, Listening, listen
from conspectus.serve.application import application
from conspectus.serve.building import Builder, Console
from conspectus.serve.drafts import Drafter, Drafts
from conspectus.serve.state import Preview
from conspectus.serve.watching import Changes, Watch

__all__ = ["AddressError", "Console", "serve"]

_LAST_BUILD = 0.5
"""Seconds that a build in progress gets at the end."""


def serve(content: Path, *, host: str, port: int, opens_browser: bool, console: Console) -> None:
    """Build, serve, watch and reload; returns when interrupted, which is how a preview ends.

    Raises `AddressError` where the address cannot be listened on.
    """
    listening = listen(host, port)
    if not listening.is_local:
        console.remark(f"note: everyone who can reach {host} can read this preview")
    with listening.socket, suppress(KeyboardInterrupt):
        asyncio.run(_run(content, listening, console, opens_browser=opens_browser))


async def _run(
    content: Path, listening: Listening, console: Console, *, opens_browser: bool
) -> None:
    survey = assets.survey_folder(content)
    site = survey / ".conspectus" / "preview"
    preview, changes, saved = Preview(asyncio.get_running_loop()), Changes(), Changes(quiet=0.01)
    drafts = Drafts()
    drafter = Drafter(content, drafts, saved, preview.show_draft)

    def notice(*paths: Path) -> None:
        saved.notice(*paths)
        changes.notice(*paths)

    watch = Watch(survey, (content, survey / "templates", survey / "static"), notice)
    options = BuildOptions(content, site, frozen=True)
    builder = Builder(options, preview, changes, watch, console, drafter)
    console.remark(f"Building {content}; Ctrl-C ends the preview")

    def announce() -> None:
        drafter.start()
        console.say(f"Serving {listening.url}")
        console.remark(f"What is worth a look: {listening.url}.conspectus/check")
        if opens_browser:
            preview.loop.run_in_executor(None, webbrowser.open, listening.url)

    builder.start(announce)
    try:
        server = _server(application(site, content, preview, listening.answers_to, drafts), preview)
        await server.serve(sockets=[listening.socket])
    finally:
        saved.close()
        builder.stop(_LAST_BUILD)


class _Server(uvicorn.Server):
    """A server whose event streams end with it."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self.preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End at the first signal, streams included."""
        super().handle_exit(sig, frame)
        self.preview.call(self.preview.close)


def _server(app: ASGIApp, preview: Preview) -> _Server:
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, preview)
