"""A message and a mailbox in; a server's answer out, told apart by what it means for the reader.

The library speaks the protocol up to the message. The message itself is sent here, since all
depends on one moment: the server may take it once the final dot is on its way, and not before
(RFC 5321, 4.1.1.4 and 4.5.5). `before_end` is called just before it.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from conspectus.model.mailboxes import Mailbox
from conspectus.settings.mail import Mail

SECONDS = 60.0
"""Of silence, after which a server counts as gone."""
MOST_LINES = 100
"""Of one answer; the library bounds the length of each."""
_CLOSING, _GO_ON = 421, 354
_OF_ADDRESS = (550, 551, 553)
_OF_POLICY = "5.7."
"""Begins the text of a refusal that is not about the address (RFC 3463): relaying, say."""
_DOT = re.compile(rb"(?m)^\.")
_LONGEST_REASON = 200


class ServerError(Exception):
    """The server cannot be used at all, and trying again would not help; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said about one message."""

    code: int
    text: str

    @property
    def is_good(self) -> bool:
        """Whether it says yes."""
        return 200 <= self.code < 300

    @property
    def is_refusal(self) -> bool:
        """Whether it says no, for good."""
        return 500 <= self.code < 600

    def __str__(self) -> str:
        """As people read it."""
        return f"{self.code} {self.text}"


class LaterError(Exception):
    """The server did not take it and asks to be asked again (4xx)."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class RefusedError(Exception):
    """The server does not take it (5xx)."""

    def __init__(self, answer: Answer, *, is_address: bool) -> None:
        super().__init__(str(answer))
        self.answer = answer
        self.is_address = is_address
        """Whether the address was refused, and not the message."""


class LostError(Exception):
    """The connection broke before the end of the message: it was certainly not taken."""


class UncertainError(Exception):
    """The connection broke behind the end of the message: it may have been taken."""


class Connection:
    """One session with the curator's mail server."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self._server = server

    def deliver(
        self, sender: Mailbox, reader: Mailbox, message: bytes, before_end: Callable[[], None]
    ) -> None:
        """Hand over one message; returns only where the server has taken it.

        Raises LaterError, RefusedError, ServerError, LostError or UncertainError; after the last
        two the connection cannot be used any more.
        """
        try:
            self._announce(sender, reader)
            self._server.send(_dotted(message))
        except (smtplib.SMTPException, OSError) as fault:
            raise LostError(_reason(fault)) from fault
        before_end()
        try:
            self._server.send(b".\r\n")
            answer = _answer(self._server.getreply())
        except (smtplib.SMTPException, OSError) as fault:
            raise UncertainError(_reason(fault)) from fault
        if answer.is_good:
            return
        _raise_later_or_lost(answer)
        if not answer.is_refusal:
            raise UncertainError(f"an answer that says nothing: {answer}")
        raise RefusedError(answer, is_address=False)

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        with suppress(smtplib.SMTPException, OSError):
            self._server.quit()
        self._server.close()

    def abandon(self) -> None:
        """Hang up at once: a goodbye in the middle of a message would be a part of it."""
        self._server.close()

    def _announce(self, sender: Mailbox, reader: Mailbox) -> None:
        """Everything before the text, up to the server's word that it may come."""
        try:
            self._step(self._server.mail(sender.address), "the sender")
            self._name(reader)
            self._step(self._server.docmd("DATA"), "any letter")
        except (LaterError, RefusedError):
            self._server.rset()  # or the next MAIL would be one too many
            raise

    def _step(self, reply: tuple[int, bytes], what: str) -> None:
        """An answer that has nothing to do with the reader."""
        answer = _answer(reply)
        if answer.is_good or answer.code == _GO_ON:
            return
        _raise_later_or_lost(answer)
        raise ServerError(f"it refuses {what}: {answer}")

    def _name(self, reader: Mailbox) -> None:
        answer = _answer(self._server.rcpt(reader.address))
        if answer.is_good:
            return
        _raise_later_or_lost(answer)
        is_address = answer.code in _OF_ADDRESS and not answer.text.startswith(_OF_POLICY)
        raise RefusedError(answer, is_address=is_address)


class _Bounded:
    """The lines of a server, of which one answer has so many at most."""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self.left = MOST_LINES

    def readline(self, size: int = -1) -> bytes:
        """The next one. Raises OSError where an answer does not end."""
        self.left -= 1
        if self.left < 0:
            raise OSError("an answer without end")
        return self._lines.readline(size)

    def close(self) -> None:
        """Let the connection go."""
        self._lines.close()


class _Server(smtplib.SMTP):
    """A server whose answers end."""

    file: _Bounded | None = None

    def getreply(self) -> tuple[int, bytes]:
        """The next answer, as the library reads it."""
        if self.file is None and self.sock is not None:
            self.file = _Bounded(self.sock.makefile("rb"))
        if self.file is not None:
            self.file.left = MOST_LINES
        return super().getreply()


class _SecuredServer(_Server, smtplib.SMTP_SSL):
    """The same, protected from the start."""


def connect(mail: Mail, password: str) -> Connection:
    """Greet, protect the line, and say who we are.

    Raises ServerError where the settings must be mended, LostError where the server may answer
    another time.
    """
    try:
        server = _greeted(mail)
    except ssl.SSLCertVerificationError as fault:
        raise ServerError(f"its certificate is not good: {fault.verify_message}") from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise ServerError("it offers no STARTTLS, so letters would travel unprotected") from fault
    except ssl.SSLError as fault:
        raise ServerError(f"the line cannot be protected: {_reason(fault)}") from fault
    except smtplib.SMTPResponseException as fault:
        raise _of_response(fault) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise LostError(_reason(fault)) from fault
    try:
        _log_in(server, mail, password)
    except (ServerError, LostError):
        server.close()
        raise
    return Connection(server)


def _greeted(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if mail.security == "tls":
        secured = _SecuredServer(mail.host, mail.port, timeout=SECONDS, context=context)
        secured.ehlo_or_helo_if_needed()
        return secured
    server = _Server(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security == "starttls":
            code, text = server.starttls(context=context)
            if code != 220:
                raise smtplib.SMTPResponseException(code, text)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, mail: Mail, password: str) -> None:
    if not mail.user:
        return
    try:
        server.login(mail.user, password)
    except smtplib.SMTPResponseException as fault:
        raise _of_response(fault) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise ServerError("it knows no users; delete mail.user") from fault
    except smtplib.SMTPServerDisconnected as fault:
        raise LostError(_reason(fault)) from fault
    except smtplib.SMTPException as fault:
        raise ServerError(_reason(fault)) from fault
    except (UnicodeEncodeError, ValueError) as fault:
        raise ServerError("user and password have to be of ASCII letters and signs") from fault


def _of_response(fault: smtplib.SMTPResponseException) -> ServerError | LostError:
    """A refused greeting, protection or name: for now, or for good."""
    raw = fault.smtp_error
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    said = f"{fault.smtp_code} {text[:_LONGEST_REASON]}"
    return LostError(said) if 400 <= fault.smtp_code < 500 else ServerError(said)


def _answer(reply: tuple[int, bytes]) -> Answer:
    code, text = reply
    return Answer(code, " ".join(text.decode("utf-8", "replace").split())[:_LONGEST_REASON])


def _raise_later_or_lost(answer: Answer) -> None:
    if answer.code == _CLOSING:
        raise LostError(str(answer))
    if 400 <= answer.code < 500:
        raise LaterError(answer)


def _dotted(message: bytes) -> bytes:
    """With a dot doubled where a line begins with one, and a line's end at the end."""
    doubled = _DOT.sub(b"..", message)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"


def _reason(fault: BaseException) -> str:
    if isinstance(fault, TimeoutError):
        return "no answer"
    said = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return " ".join(str(said).split())[:_LONGEST_REASON]
