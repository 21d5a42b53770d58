"""The preview's web application: files of the site, read only, with a script that reloads them."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from conspectus.serve.files import content_type, find
from conspectus.serve.state import Preview

OWN = "/.conspectus"
"""Below it stands what the preview adds; no page of a site begins so."""

_SCRIPT = Path(__file__).with_name("preview.js")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_CHUNK = 1 << 18


def application(site: Path, preview: Preview, answers_to: Callable[[str], bool]) -> ASGIApp:
    """An application that serves `site`, to callers of a name that `answers_to` knows."""
    script = _SCRIPT.read_bytes()

    async def send_events(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and not answers_to(origin.partition("://")[2]):
            return PlainTextResponse("Another site asks for this.", 403, _HEADERS)
        if request.method == "HEAD":
            return Response(headers=_HEADERS, media_type="text/event-stream")
        return StreamingResponse(preview.events(), headers=_HEADERS, media_type="text/event-stream")

    async def send_script(_: Request) -> Response:
        return Response(script, headers=_HEADERS, media_type="text/javascript; charset=utf-8")

    async def send_file(request: Request) -> Response:
        return await _file(site, str(request.scope["path"]), preview)

    app = Starlette(
        routes=[
            Route(f"{OWN}/events", send_events),
            Route(f"{OWN}/preview.js", send_script),
            Route("/{path:path}", send_file),
        ],
        middleware=[Middleware(HostGuard, answers_to=answers_to)],
    )
    app.router.redirect_slashes = False
    return app


class HostGuard:
    """Refuses requests that call the server by another name than its own."""

    def __init__(self, app: ASGIApp, answers_to: Callable[[str], bool]) -> None:
        self.app, self.answers_to = app, answers_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer that it went astray."""
        names = [value for name, value in scope.get("headers", ()) if name == b"host"]
        answer: Callable[[Scope, Receive, Send], Awaitable[None]] = self.app
        if len(names) != 1 or not self.answers_to(names[0].decode("latin-1")):
            answer = PlainTextResponse("This preview has another name.", 421, _HEADERS)
        await answer(scope, receive, send)


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
        return _page("No such page", "Nothing of the site has this address.", version, 404)
    problems = "\n\n".join(str(problem) for problem in preview.problems)
    return _page("No site yet", problems or "It is being built.", version, 503)


def with_script(page: bytes, version: str) -> bytes:
    """A page that reloads: the script comes from the site's own origin, as its policy asks."""
    tag = f'<script src="{OWN}/preview.js?{version}" defer></script>'.encode()
    head, end, rest = page.partition(b"</head>")
    return head + tag + end + rest if end else page + tag


def _page(title: str, text: str, version: str, status: int) -> Response:
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><pre>{html.escape(text)}</pre></body></html>"
    )
    policy = "default-src 'none'; script-src 'self'; connect-src 'self'"
    headers = _HEADERS | {"Content-Security-Policy": policy}
    return Response(
        with_script(body.encode(), version), status, headers, "text/html; charset=utf-8"
    )
