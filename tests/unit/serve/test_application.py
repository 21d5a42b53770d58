"""The preview's application, asked as a browser and as a stranger would ask."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from conspectus.problems import Location, error
from conspectus.serve.application import application, with_script
from conspectus.serve.state import Preview

Ask = Callable[..., httpx.Response]
HOME = b"<!doctype html><html><head><title>Home</title></head><body></body></html>"
BROKEN = error(Location("papers/a.md", 3, 7), "<b>no</b> date\n\u202e", "write one")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "papers").mkdir(parents=True)
    (site / "index.html").write_bytes(HOME)
    (site / "papers" / "index.html").write_bytes(HOME)
    (site / "data.json").write_bytes(b"{}" * 200_000)
    (tmp_path / "secret.txt").write_text("secret")
    return site


def with_preview(site: Path, use: Callable[[httpx.AsyncClient, Preview], Awaitable[None]]) -> None:
    """Run `use` with a client of the application, and the application's state."""

    async def run() -> None:
        preview = Preview(asyncio.get_running_loop(), session="s")
        content = site.with_name("content")
        app = application(site, content, preview, lambda host: host == "127.0.0.1:8000")
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8000"
        ) as client:
            await use(client, preview)

    asyncio.run(run())


def answer(site: Path, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    answers: list[httpx.Response] = []

    async def ask(client: httpx.AsyncClient, _: Preview) -> None:
        answers.append(await client.request(method, path, headers=headers))

    with_preview(site, ask)
    return answers[0]


def test_pages_get_the_script_and_stay_as_they_are_otherwise(site: Path) -> None:
    body = answer(site, "/").content
    tag = (
        b'<script src="/.conspectus/preview.js?s-0" defer></script>'
        b'<script src="/.conspectus/curate.js" defer></script>'
    )
    assert body.replace(tag, b"") == HOME
    assert body.index(tag) < body.index(b"</head>")


def test_a_page_without_a_head_gets_the_script_too() -> None:
    assert with_script(b"<p>free", "v").startswith(b"<p>free<script")


def test_other_files_are_sent_byte_for_byte(site: Path) -> None:
    sent = answer(site, "/data.json")
    assert sent.content == b"{}" * 200_000
    assert sent.headers["content-length"] == "400000"


def test_nothing_is_kept_or_guessed_by_the_browser(site: Path) -> None:
    for path in ("/", "/data.json", "/missing", "/.conspectus/preview.js"):
        headers = answer(site, path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_folder_without_its_slash_is_redirected_within_the_site(site: Path) -> None:
    sent = answer(site, "/papers")
    assert (sent.status_code, sent.headers["location"]) == (307, "./papers/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/.conspectus/events", "/.conspectus/preview.js"])
def test_only_reading_is_allowed(site: Path, method: str, path: str) -> None:
    assert answer(site, path, method).status_code == 405


@pytest.mark.parametrize("path", ["/", "/data.json", "/.conspectus/events"])
def test_a_head_request_ends(site: Path, path: str) -> None:
    assert answer(site, path, "HEAD").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example:8000", "", "127.0.0.1:8000@x"],
)
def test_a_request_by_another_name_is_refused(site: Path, host: str) -> None:
    sent = answer(site, "/", host=host)
    assert sent.status_code == 421
    assert b"Home" not in sent.content


@pytest.mark.parametrize("name", ["events", "subject", "effect", "check", "curate.js"])
@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}]
)
def test_what_is_the_previews_own_is_refused_to_another_sites_page(
    site: Path, name: str, headers: dict[str, str]
) -> None:
    assert answer(site, f"/.conspectus/{name}", **headers).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "", "kind=rename&name=moss", "kind=destroy&name=moss&value=x", "kind=split&name=A&value=2",
        "kind=merge&name=moss&value=../x%0Ay", "kind=retire&name=moss&value=x", "kind=ban&name=%20",
        f"kind=ban&name={'a' * 2000}",
    ],
)  # fmt: skip
def test_what_is_no_wish_is_refused(site: Path, query: str) -> None:
    assert answer(site, f"/.conspectus/effect?{query}").status_code == 400


def test_the_page_of_findings_shows_what_is_wrong_as_text(site: Path) -> None:
    papers = site.with_name("content") / "papers"
    papers.mkdir(parents=True)
    (papers / "moss.md").write_text("---\ntitle: Moss\npublished: <b>soon</b>\n---\nWe wait.\n")
    sent = answer(site, "/.conspectus/check")
    assert sent.status_code == 200
    assert "papers/moss.md:3:12" in sent.text
    assert "&lt;b&gt;soon&lt;/b&gt;" in sent.text
    assert "script-src 'self'" in sent.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/%00",
        "/%2e%2e%2fsecret.txt",
        "/x/..%2f..%2fsecret.txt",
    ],
)
def test_no_way_of_writing_a_path_leaves_the_site(site: Path, path: str) -> None:
    sent = answer(site, path)
    assert sent.status_code == 404
    assert b"secret" not in sent.content


def test_the_sites_own_page_is_shown_for_what_is_missing(site: Path) -> None:
    (site / "404.html").write_bytes(b"<head></head>gone")
    sent = answer(site, "/missing.html")
    assert (sent.status_code, sent.content[-4:]) == (404, b"gone")
    assert b"preview.js" in sent.content


def test_before_there_is_a_site_its_problems_are_shown_as_text(tmp_path: Path) -> None:
    pages: list[httpx.Response] = []

    async def ask(client: httpx.AsyncClient, preview: Preview) -> None:
        preview.show((BROKEN,), is_new=False)
        await asyncio.sleep(0)
        pages.append(await client.get("/"))

    with_preview(tmp_path / "none", ask)
    assert pages[0].status_code == 503
    assert "papers/a.md:3:7: error: &lt;b&gt;no" in pages[0].text
    assert "write one" in pages[0].text


# The stream of events, read from the state itself: httpx waits for the end of an answer.


def told(*changes: Callable[[Preview], None]) -> list[dict[str, object]]:
    """The messages that a page gets: the state at first, then one after each change."""

    async def run() -> list[dict[str, object]]:
        preview = Preview(asyncio.get_running_loop(), session="s")
        stream = preview.events()
        assert await anext(stream) == b"retry: 500\n\n"
        messages = [await anext(stream)]
        for change in changes:
            change(preview)
            messages.append(await anext(stream))
        preview.close()
        assert [message async for message in stream] == []
        return [message_of(message) for message in messages]

    return asyncio.run(run())


def message_of(message: bytes) -> dict[str, object]:
    assert message.startswith(b"data: ")
    assert message.endswith(b"\n\n")
    assert message.count(b"\n") == 2
    found: dict[str, object] = json.loads(message.removeprefix(b"data: "))
    return found


def test_a_new_site_has_a_new_version() -> None:
    states = told(lambda preview: preview.show((), is_new=True))
    assert [state["version"] for state in states] == ["s-0", "s-1"]


def test_a_build_that_fails_keeps_the_version_and_tells_why() -> None:
    states = told(lambda preview: preview.show((BROKEN,), is_new=False))
    assert [state["version"] for state in states] == ["s-0", "s-0"]
    assert states[1]["problems"] == [
        {"place": "papers/a.md:3:7", "message": BROKEN.message, "remedy": "write one"}
    ]


def test_a_build_that_works_takes_the_problems_away() -> None:
    states = told(
        lambda preview: preview.show((BROKEN,), is_new=False),
        lambda preview: preview.show((), is_new=False),
    )
    assert states[-1] == {"version": "s-0", "problems": []}


def test_a_draft_leaves_the_problems_of_a_build_that_failed_at_the_same_moment() -> None:
    def fail_and_draft(preview: Preview) -> None:
        preview.show((BROKEN,), is_new=False)
        preview.show_draft()

    (_, state) = told(fail_and_draft)
    assert state["version"] == "s-1"
    assert state["problems"] != []


def test_a_restart_has_versions_of_its_own() -> None:
    async def version() -> str:
        return Preview(asyncio.get_running_loop()).version

    assert asyncio.run(version()) != asyncio.run(version())
