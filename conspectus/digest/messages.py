"""A letter and a reader in; the message as bytes out (RFC 5322, 2045 to 2047, 2369, 2919, 8058).

The headers are written here and not by `email.message`: its folding puts long addresses of the
web into encoded words, which no program takes for an address. Bodies are the library's.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from jinja2 import Template

from conspectus.digest import parts
from conspectus.digest.letters import Letter
from conspectus.digest.text import ascii_url, calm
from conspectus.feeds import digest_id
from conspectus.model.digests import Digest
from conspectus.model.mailboxes import Mailbox, MailboxError, mailbox
from conspectus.settings import Settings
from conspectus.words import Words

_POLICY = SMTP.clone(cte_type="7bit")
"""Bodies as quoted-printable or base64: any server carries them."""
_LONGEST_LINE = 76
_LONGEST_URL = 600
"""In a header, whose lines end at 998 characters; a reader's address may come on top."""
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_NO_DOMAIN = "conspectus.invalid"
"""Where neither the site nor the sender has a domain: a name that RFC 2606 keeps free."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the letters of a digest have in common above their text."""

    id: str
    """A UUID of survey and day: equal in every run."""
    domain: str
    """The right-hand side of its ids."""
    sender: Mailbox
    reply_to: Mailbox | None
    list_name: str
    list_id: str
    unsubscribe_email: str
    unsubscribe_url: str
    """With `{address}` where the reader's goes; may be empty."""
    has_one_click: bool
    """Whether a POST to that address is enough (RFC 8058)."""
    archive_url: str
    language: str


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes the message for each reader of one digest."""

    letter: Letter
    head: Head
    words: Words
    form: Template

    def message(self, reader: Mailbox | None, moment: datetime.datetime) -> bytes:
        """The whole message, lines ended by CR LF; to the sender where there is no reader."""
        leave = self._leave(reader)
        content = self._content(leave)
        lines = "".join(f"{line}\r\n" for line in self._headers(reader, moment))
        return lines.encode("ascii") + content.as_bytes(policy=_POLICY)

    def message_id(self, reader: Mailbox | None) -> str:
        """The same for digest and reader in every run, so that a doubled letter can be told."""
        name = reader.address.casefold() if reader else ""
        unique = uuid.uuid5(uuid.UUID(self.head.id), name)
        return f"<{unique}@{self.head.domain}>"

    def plain(self, reader: Mailbox | None) -> str:
        """The plain text alone."""
        return parts.plain(self.letter, self._leave(reader), self.words)

    def _leave(self, reader: Mailbox | None) -> str:
        return self._leave_url(reader) or _leave_mail(self.head)

    def _leave_url(self, reader: Mailbox | None) -> str:
        address = (reader or self.head.sender).address
        return self.head.unsubscribe_url.replace("{address}", quote(address, ""))

    def _content(self, leave: str) -> EmailMessage:
        text = parts.plain(self.letter, leave, self.words)
        document = parts.html(self.letter, leave, self.words, self.form)
        content = EmailMessage(policy=_POLICY)
        content.set_content(text, charset="utf-8")
        content.add_alternative(document, subtype="html", charset="utf-8")
        for part in content.iter_parts():
            del part["MIME-Version"]  # it belongs to the message as a whole
        # The library draws lots; a hash of the texts cannot stand in the texts themselves.
        digest = hashlib.blake2b(f"{text}\0{document}".encode(), digest_size=16).hexdigest()
        content.set_boundary(f"=_{digest}")
        return content

    def _headers(self, reader: Mailbox | None, moment: datetime.datetime) -> Iterator[str]:
        head = self.head
        yield f"Date: {format_datetime(moment)}"
        yield f"From: {_written(head.sender, 'From')}"
        yield f"To: {_written(reader or head.sender, 'To')}"
        if head.reply_to:
            yield f"Reply-To: {_written(head.reply_to, 'Reply-To')}"
        yield f"Subject: {_unstructured(self.letter.subject, 'Subject')}"
        yield f"Message-ID: {self.message_id(reader)}"
        yield f"List-Id: {_phrase(head.list_name, 'List-Id')} <{head.list_id}>"
        ways = [_leave_mail(head), self._leave_url(reader)]
        yield "List-Unsubscribe: " + ",\r\n ".join(f"<{way}>" for way in ways if way)
        if head.has_one_click:
            yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
        if head.archive_url:
            yield f"List-Archive: <{head.archive_url}>"
        yield "Auto-Submitted: auto-generated"  # no answer of an absent reader comes back
        yield f"Content-Language: {head.language}"


def head_of(digest: Digest, letter: Letter, settings: Settings) -> Head:
    """What the settings say about the letters of a digest; a sender is made up where none is set.

    One who leaves writes to the address of `unsubscribe`, else `subscribe`, else the sender.
    """
    mail = settings.mail
    sender = mail.sender or subscribed(settings) or Mailbox(f"digest@{_NO_DOMAIN}", letter.survey)
    site = urlsplit(ascii_url(settings.base_url)).hostname or ""
    domain = site if "." in site else sender.domain
    subscribers = subscribed(settings)
    email = mail.unsubscribe_email or (subscribers or sender).address
    leave = ascii_url(mail.unsubscribe_url or settings.subscribe_url)
    leave = leave if len(leave) <= _LONGEST_URL else ""
    return Head(
        id=digest_id(settings.id, digest.date).removeprefix("urn:uuid:"),
        domain=domain,
        sender=sender,
        reply_to=mail.reply_to,
        list_name=letter.survey,
        list_id=f"{_label(settings.id)}.{domain}",
        unsubscribe_email=email,
        unsubscribe_url=leave,
        has_one_click=bool(mail.unsubscribe_url) and leave.startswith("https://"),
        archive_url=letter.archive_url,
        language=settings.language,
    )


def subscribed(settings: Settings) -> Mailbox | None:
    """The address of `subscribe` with the survey's name, where mail can carry it."""
    if not settings.subscribe_email:
        return None
    try:
        return Mailbox(mailbox(settings.subscribe_email).address, calm(settings.title))
    except MailboxError:
        return None


def has_sender(settings: Settings) -> bool:
    """Whether somebody was named who sends."""
    return bool(settings.mail.sender or subscribed(settings))


def _leave_mail(head: Head) -> str:
    return f"mailto:{quote(head.unsubscribe_email, '@')}?subject=unsubscribe"


def _label(name: str) -> str:
    """A survey's identity as a label of a domain."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:63].strip("-") or "survey"


def _written(who: Mailbox, header: str) -> str:
    return f"{_phrase(who.name, header)} <{who.address}>" if who.name else who.address


def _phrase(name: str, header: str) -> str:
    """A name before an address: as it is, in quotes, or as encoded words."""
    name = calm(name)
    if name.isascii() and len(name) < _LONGEST_LINE - len(header) and "=?" not in name:
        if _ATOM.fullmatch(name):
            return name
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return _encoded(name, header)


def _unstructured(text: str, header: str) -> str:
    """A text that is read by people."""
    text = calm(text)
    is_short = all(len(word) < _LONGEST_LINE // 2 for word in text.split())
    if text.isascii() and is_short and "=?" not in text:
        return Header(text, "us-ascii", _LONGEST_LINE, header).encode(linesep="\r\n")
    return _encoded(text, header)


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", _LONGEST_LINE, header).encode(linesep="\r\n")
