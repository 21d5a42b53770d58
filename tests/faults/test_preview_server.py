"""The preview as a process, under requests that no browser makes: it holds, and goes on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.building import ROOT
from tests.support.depth import depth

CONNECTIONS = depth(200, 1000)
SECRET = "a secret outside of the site"
RAW_PATHS = (
    "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "/%252e%252e%252fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt",
    "/papers/..%2f..%2fsecret.txt",
    "/%c0%ae%c0%ae/secret.txt", "/..;/secret.txt", "//secret.txt", "/./.././secret.txt",
    "/%00../secret.txt", "/secret.txt%00.html", "/file:///etc/passwd", "/%2fetc%2fpasswd",
    "/.conspectus/../../secret.txt", "http://127.0.0.1/../secret.txt", "*",
    "/" + "../" * 40 + "etc/passwd",
)  # fmt: skip


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a preview of one paper."""
    folder = tmp_path_factory.mktemp("survey")
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "content" / "papers" / "a.md").write_text("---\ntitle: Moss\n---\nText.\n")
    for place in (folder, folder / ".conspectus"):
        place.mkdir(exist_ok=True)
        (place / "secret.txt").write_text(SECRET)
    process = subprocess.Popen(
        [sys.executable, "-m", "conspectus", "serve", "--port", "0"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("Serving http"))
        yield int(line.rstrip("/\n").rpartition(":")[2])
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def asked(port: int, request: bytes, patience: float = 30) -> bytes:
    """All that the server answers before it closes."""
    answer = b""
    with connect(port) as connection:
        try:
            connection.settimeout(patience)
            connection.sendall(request)
            while chunk := connection.recv(65536):
                answer += chunk
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            pass  # it need not hear us out, and may wait for the rest
    return answer


def get(port: int, path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *headers]
    return asked(port, "\r\n".join([*lines, "", ""]).encode("latin-1"))


def is_well(port: int) -> bool:
    return b"Moss" in get(port, "/papers/a.html")


@pytest.mark.parametrize("path", RAW_PATHS)
def test_no_path_on_the_wire_reads_outside_of_the_site(preview: int, path: str) -> None:
    answer = get(preview, path)
    assert SECRET.encode() not in answer
    assert b"root:" not in answer
    assert b" 200 " not in answer.partition(b"\r\n")[0] or path == "/.conspectus/../../secret.txt"
    assert is_well(preview)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999999\r\n\r\n"
        + b"a" * 500_000,
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n" * 50_000,
        b"\x00" * 100_000,
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=lambda request: repr(request[:30]),
)
def test_a_request_that_is_none_gets_no_page_and_does_no_harm(
    preview: int, request_bytes: bytes
) -> None:
    assert b" 200 " not in asked(preview, request_bytes, patience=1).partition(b"\r\n")[0]
    assert is_well(preview)


def test_many_who_never_finish_their_request_keep_no_one_else_waiting(preview: int) -> None:
    with ExitStack() as waiting:
        for _ in range(CONNECTIONS):
            waiting.enter_context(connect(preview)).sendall(b"GET / HTTP/1.1\r\nHost: 127.")
        assert is_well(preview)
    assert is_well(preview)


def test_many_streams_of_events_that_break_off_are_forgotten(preview: int) -> None:
    request = f"GET /.conspectus/events HTTP/1.1\r\nHost: 127.0.0.1:{preview}\r\n\r\n".encode()
    with ExitStack() as streams:
        opened = [streams.enter_context(connect(preview)) for _ in range(CONNECTIONS)]
        for connection in opened:
            connection.sendall(request)
        assert b"text/event-stream" in opened[-1].recv(4096)
        assert is_well(preview)
    assert is_well(preview)


def test_one_who_does_not_read_an_answer_keeps_no_one_else_waiting(preview: int) -> None:
    with connect(preview) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        request = f"GET /papers/a.html HTTP/1.1\r\nHost: 127.0.0.1:{preview}\r\n\r\n".encode()
        deaf.sendall(request * 100)
        assert is_well(preview)
