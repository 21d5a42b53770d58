"""The preview's web application: files of the site, read only, with a script that reloads them."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from conspectus import health
from conspectus.serve import curating, findings
from conspectus.serve.drafts import Drafts
from conspectus.serve.files import content_type, find
from conspectus.serve.state import Preview

OWN = "/.conspectus"
"""Below it stands what the preview adds; no page of a site begins so."""

_FILES = ("preview.js", "curate.js", "preview.css")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_CHUNK = 1 << 18


def application(
    site: Path,
    content: Path,
    preview: Preview,
    answers_to: Callable[[str], bool],
    drafts: Drafts | None = None,
) -> ASGIApp:
    """An application that serves `site`, built from `content`, to callers that know its name."""
    own = {name: Path(__file__).with_name(name).read_bytes() for name in _FILES}
    analysing = asyncio.Lock()  # one analysis at a time is enough for one curator

    async def send_events(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(headers=_HEADERS, media_type="text/event-stream")
        return StreamingResponse(preview.events(), headers=_HEADERS, media_type="text/event-stream")

    async def send_own(request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        return Response(own[name], headers=_HEADERS, media_type=content_type(name))

    async def send_subject(request: Request) -> Response:
        path = request.query_params.get("path", "")
        found = await run_in_threadpool(curating.subject, site, path)
        return JSONResponse(found, headers=_HEADERS)

    async def send_effect(request: Request) -> Response:
        asked = request.query_params
        wish = curating.Wish(*(asked.get(name, "") for name in ("kind", "name", "value")))
        if not wish.is_whole:
            return PlainTextResponse("This is no wish.", 400, _HEADERS)
        async with analysing:
            found = await run_in_threadpool(curating.effect, content, wish)
        return JSONResponse(asdict(found), headers=_HEADERS)

    async def send_findings(_: Request) -> Response:
        version = preview.version
        async with analysing:
            report = await run_in_threadpool(health.report, content)
        return _page(findings.TITLE, findings.body(report), version, 200)

    async def send_file(request: Request) -> Response:
        path = str(request.scope["path"])
        draft = drafts.find(path.removeprefix("/")) if drafts else None
        if draft is not None:
            body = with_script(draft, preview.version)
            return Response(body, 200, _HEADERS, content_type("draft.html"))
        return await _file(site, path, preview)

    app = Starlette(
        routes=[
            Route(f"{OWN}/events", send_events),
            *(Route(f"{OWN}/{name}", send_own) for name in _FILES),
            Route(f"{OWN}/subject", send_subject),
            Route(f"{OWN}/effect", send_effect),
            Route(f"{OWN}/check", send_findings),
            Route("/{path:path}", send_file),
        ],
        middleware=[Middleware(Guard, answers_to=answers_to)],
    )
    app.router.redirect_slashes = False
    return app


class Guard:
    """Refuses who calls the server by another name than its own, and other sites' pages."""

    def __init__(self, app: ASGIApp, answers_to: Callable[[str], bool]) -> None:
        self.app, self.answers_to = app, answers_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer that it went astray."""
        names = [value for name, value in scope.get("headers", ()) if name == b"host"]
        answer: Callable[[Scope, Receive, Send], Awaitable[None]] = self.app
        if len(names) != 1 or not self.answers_to(names[0].decode("latin-1")):
            answer = PlainTextResponse("This preview has another name.", 421, _HEADERS)
        elif scope["path"].startswith(f"{OWN}/") and self._is_strange(Request(scope)):
            answer = PlainTextResponse("Another site asks for this.", 403, _HEADERS)
        await answer(scope, receive, send)

    def _is_strange(self, request: Request) -> bool:
        """Whether a page of another site asks, as browsers say it in one header or the other."""
        origin = request.headers.get("origin")
        if origin is not None and not self.answers_to(origin.partition("://")[2]):
            return True
        return request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}


async def _file(site: Path, url_path: str, preview: Preview) -> Response:
    version = preview.version  # before the file: a page may be newer than it says, never older
    found = await run_in_threadpool(find, site, url_path)
    if found is not None and found.is_dir():
        name = url_path.rstrip("/").rpartition("/")[2]
        return RedirectResponse(f"./{quote(name)}/", 307, _HEADERS)
    if found is not None:
        try:
            return await run_in_threadpool(_read, found, version, 200)
        except OSError:  # it left the site a moment ago
            found = None
    return await run_in_threadpool(_not_found, site, preview, version)


def _read(file: Path, version: str, status: int) -> Response:
    """The file as it is when it is opened: the site may be exchanged while it is sent."""
    kind = content_type(file.name)
    if kind.startswith("text/html"):
        body = with_script(file.read_bytes(), version)
        return Response(body, status, _HEADERS, kind)
    source = file.open("rb")
    headers = _HEADERS | {"Content-Length": str(source.seek(0, 2))}
    source.seek(0)
    return StreamingResponse(_chunks(source), status, headers, kind)


async def _chunks(source: BinaryIO) -> AsyncIterator[bytes]:
    with source:
        while chunk := await run_in_threadpool(source.read, _CHUNK):
            yield chunk


def _not_found(site: Path, preview: Preview, version: str) -> Response:
    page = site / "404.html"
    if page.is_file():
        return _read(page, version, 404)
    if (site / "index.html").is_file():
        return _text("No such page", "Nothing of the site has this address.", version, 404)
    problems = "\n\n".join(str(problem) for problem in preview.problems)
    return _text("No site yet", problems or "It is being built.", version, 503)


def with_script(page: bytes, version: str) -> bytes:
    """A page that reloads: the scripts come from the site's own origin, as its policy asks."""
    tags = f'<script src="{OWN}/preview.js?{version}" defer></script>'
    tags += f'<script src="{OWN}/curate.js" defer></script>'
    head, end, rest = page.partition(b"</head>")
    return head + tags.encode() + end + rest if end else page + tags.encode()


def _text(title: str, text: str, version: str, status: int) -> Response:
    return _page(title, f"<h1>{title}</h1><pre>{html.escape(text)}</pre>", version, status)


def _page(title: str, main: str, version: str, status: int) -> Response:
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{OWN}/preview.css"></head>'
        f'<body><main><p><a href="/">The site</a></p>{main}</main></body></html>'
    )
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    headers = _HEADERS | {"Content-Security-Policy": policy}
    return Response(
        with_script(body.encode(), version), status, headers, "text/html; charset=utf-8"
    )
