"""A server on this machine that answers as a test tells it, and a clock that needs no patience."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from conspectus.importers.network.client import Bases, Client, Keys
from conspectus.importers.network.exchanges import Limits, Line

Reply = bytes | Callable[[socket.socket], None]
"""What goes over the wire, as it is; or what is done with the connection."""


def ok(body: bytes | str = b"", *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def refused(status: str, *headers: str) -> bytes:
    """An answer without success."""
    return ok(b"", *headers, status=status)


def moved(target: str) -> bytes:
    """An answer that sends elsewhere."""
    return refused("302 Found", f"Location: {target}")


class TickingClock:
    """Seconds pass when someone sleeps, and `tick` of them at every look."""

    def __init__(self, tick: float = 0.0) -> None:
        self.now, self.tick = 1_000.0, tick
        self.sleeps: list[float] = []

    def monotonic(self) -> float:
        self.now += self.tick
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 6))
        self.now += seconds


@dataclass
class Server:
    """Replies to the requests for a path in order; the last one again and again."""

    port: int
    scheme: str = "http"
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    """Each as it came: request line and headers."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.requests]

    def on(self, path: str, *replies: Reply) -> str:
        """Reply so to a path (the part before the question mark); returns its address."""
        self.replies[path] = list(replies)
        return self.url + path

    def serve(self, connection: socket.socket) -> None:
        received = b""
        while b"\r\n\r\n" not in received:
            chunk = connection.recv(65_536)
            if not chunk:
                return
            received += chunk
        request = received.decode("latin-1")
        self.requests.append(request)
        path = request.split(" ")[1].partition("?")[0]
        replies = self.replies.get(path) or [refused("404 Not Found")]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if callable(reply):
            reply(connection)
        else:
            connection.sendall(reply)


@contextmanager
def serving(secret: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the time of a test; with TLS where it is given a context."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1], "https" if secret else "http")
    workers: list[threading.Thread] = []

    def work(connection: socket.socket) -> None:
        try:
            if secret:
                connection = secret.wrap_socket(connection, server_side=True)
            server.serve(connection)
        except OSError:
            return  # the client has hung up, as it may
        finally:
            connection.close()

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            worker = threading.Thread(target=work, args=(connection,), daemon=True)
            workers.append(worker)
            worker.start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for worker in workers:
            worker.join()


def client_to(
    server: Server,
    *,
    clock: TickingClock | None = None,
    limits: Limits | None = None,
    keys: Keys | None = None,
    contact: str = "mo@example.org",
    gaps: Mapping[str, float] | None = None,
    allows_loopback: bool = True,
) -> Client:
    """A client all of whose services are this server."""
    line = Line(
        clock=clock or TickingClock(),
        limits=limits or Limits(silence=5.0),
        allows_loopback=allows_loopback,
    )
    return Client(
        contact=contact,
        bases=Bases(*(server.url for _ in range(6))),
        keys=keys or Keys(),
        line=line,
        gaps={"127.0.0.1": 0.0} if gaps is None else gaps,
    )
