"""A mail server on this machine that answers as a test tells it, and keeps what it has taken."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from conspectus.digest import Post, smtp
from conspectus.model.mailboxes import Mailbox
from conspectus.settings import Mail

Event = tuple[str, str]
"""What is about to be answered (`rcpt`, `data`, `end`, `taken`), and for whom."""


@dataclass
class Office:
    """The server, seen from the test."""

    port: int = 0
    security: str = "starttls"
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    """Address and message, of everything that was taken."""
    replies: dict[Event, list[str]] = field(default_factory=dict)
    """Answers in place of the good one, in order.

    `lost` hangs up without one, `silence` waits for ever; the end of a letter can also be `taken,
    then lost`.
    """
    seen: list[Event] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    on_event: Callable[[Event], None] = lambda _: None
    connections: int = 0

    def mail(self, **settings: Any) -> Mail:
        """Settings that lead here."""
        given: dict[str, Any] = {
            "sender": Mailbox("list@example.org", "Moss"),
            "host": "localhost",
            "port": self.port,
            "security": self.security,
        }
        return Mail(**(given | settings))

    def post(self, **settings: Any) -> Post:
        """A way here, with a clock that needs no patience."""
        mail = self.mail(**settings)
        return Post(lambda: smtp.connect(mail, "secret"), lambda _: None, lambda _: None)

    def taken(self) -> list[str]:
        """The addresses of all letters taken, in order."""
        return [address for address, _ in self.letters]

    def answer(self, event: Event, good: str) -> str:
        """What to say; `lost` where the line is to be cut."""
        self.seen.append(event)
        self.on_event(event)
        waiting = self.replies.get(event, [])
        return waiting.pop(0) if waiting else good


class _Handler:
    def __init__(self, office: Office) -> None:
        self.office = office

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.office.senders.append(address)
        return _said(server, self.office.answer(("mail", address), "250 OK"))

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = _said(server, self.office.answer(("rcpt", address), "250 OK"))
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        said = self.office.answer(("end", address), "250 OK")
        if said in ("250 OK", "taken, then lost"):
            assert isinstance(envelope.original_content, bytes)
            self.office.letters.append((address, envelope.original_content))
            self.office.on_event(("taken", address))
        if said == "silence":
            await asyncio.Event().wait()
        return _said(server, "lost" if said == "taken, then lost" else said)


class _Server(SMTP):
    office: Office

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        [address] = self.envelope.rcpt_tos if self.envelope else [""]
        said = self.office.answer(("data", address), "354")
        if said == "354":
            await super().smtp_DATA(arg)
        else:
            await self.push(_said(self, said))


def _said(server: SMTP, answer: str) -> str:
    if answer == "lost":
        assert server.transport is not None
        server.transport.abort()
    return answer


@contextmanager
def open_office(
    certificate: ssl.SSLContext, security: str = "starttls", **options: Any
) -> Iterator[Office]:
    """An office with its door open; `options` are those of aiosmtpd's server."""
    office = Office(security=security)
    if security == "starttls":
        options = {"tls_context": certificate, "require_starttls": True, **options}

    def accept() -> SMTP:
        office.connections += 1
        server = _Server(_Handler(office), hostname="localhost", loop=loop, **options)
        server.office = office
        return server

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def listen() -> asyncio.Server:
        return await loop.create_server(
            accept, "127.0.0.1", 0, ssl=certificate if security == "tls" else None
        )

    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    office.port = listening.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_close(listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(listening: asyncio.Server) -> None:
    listening.close()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def one_user(name: str, password: str) -> dict[str, Any]:
    """Options of an office that asks who one is."""

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        is_known = (given.login, given.password) == (name.encode(), password.encode())
        return AuthResult(success=is_known, handled=False)

    return {"authenticator": authenticate, "auth_required": True}
