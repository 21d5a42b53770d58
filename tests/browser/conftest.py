"""A browser, and pages that may neither complain nor call out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.browser import chromium

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

PageMaker = Callable[..., Page]

PATIENCE = 60_000
"""Milliseconds until what a test waits for has failed to come: a machine at work on other things
takes many times as long as one at rest."""


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. For a module and not for the session: while Playwright runs, its event loop
    stands in the way of tests that start one of their own."""
    executable = chromium.find()
    assert executable, "no browser: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained of so far: console, errors, requests that left the machine.

    It must be empty when the test ends; a test that expects some asserts on them and clears it.
    """
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[PageMaker]:
    """Makes watched pages: `open_page(url, width=390, theme="dark", javascript=False)`."""
    contexts = []

    def make(
        url: str | None = None,
        *,
        width: int = 1280,
        height: int = 900,
        theme: str = "light",
        javascript: bool = True,
        **options: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: _watch(request, complaints))
        context.on("console", lambda m: complaints.append(f"console {m.type}: {m.text}"))
        context.on("weberror", lambda e: complaints.append(f"error: {e.error}"))
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    yield make
    for context in contexts:
        _leave(context)
        context.close()


@pytest.fixture
def page(open_page: PageMaker) -> Page:
    """An empty watched page, 1280 px wide."""
    return open_page()


def _leave(context: BrowserContext) -> None:
    """Let its pages hear no more of a preview: closed in the very instant in which it tells them to
    reload, one can keep Playwright waiting for ever."""
    for page in context.pages:
        with suppress(Error):
            page.goto("about:blank")


def _watch(request: Request, complaints: list[str]) -> None:
    parts = urlsplit(request.url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOCAL:
        complaints.append(f"request to another host: {request.url}")
