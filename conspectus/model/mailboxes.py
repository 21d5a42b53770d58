"""Where letters go: an address as people write it in; a mailbox that mail can carry out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address

_WRITTEN = re.compile(
    r'(?:(?P<name>"(?:[^"\\]|\\.)*"|[^<>"]*?)\s*<\s*(?P<angled>[^<>\s]+)\s*>|(?P<bare>\S+))'
)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_LOCAL, _LONGEST_DOMAIN, _LONGEST_NAME = 64, 253, 200
_UNFIT = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"))
"""Controls, unseen marks (those that turn the reading direction among them), broken bytes."""


class MailboxError(ValueError):
    """Why a text is no mailbox, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person's or a list's name and address."""

    address: str
    """`local@domain` in ASCII, the domain in lower case."""
    name: str = ""
    """One line without controls; may be empty."""

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]

    @property
    def header(self) -> Address:
        """As a value for a header of a message."""
        return Address(display_name=self.name, addr_spec=self.address)

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def mailbox(written: str) -> Mailbox:
    """`mo@example.org`, `Mo Li <mo@example.org>` or `"Li, Mo" <mo@example.org>`.

    Stricter than RFC 5322, on purpose: no comments, no quoted local parts, no addresses of
    machines by number. A domain in other letters is written in ASCII as IDNA says. Raises
    MailboxError with what is wrong.
    """
    if any(unicodedata.category(character) in _UNFIT for character in written):
        raise MailboxError("holds a control character or an unseen one")
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise MailboxError("is no e-mail address")
    name = match["name"] or ""
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME:
        raise MailboxError(f"has a name of more than {_LONGEST_NAME} characters")
    return Mailbox(_address(match["angled"] or match["bare"]), name)


def _address(written: str) -> str:
    local, at, domain = written.rpartition("@")
    if not at or not local or not domain:
        raise MailboxError("is no e-mail address")
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        raise MailboxError(f'has "{local[:40]}" before the @, which mail cannot carry')
    return f"{local}@{_domain(domain)}"


def _domain(written: str) -> str:
    try:
        domain = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    labels = domain.split(".")
    is_whole = len(labels) > 1 or domain == "localhost"
    is_named = not labels[-1].isdecimal()
    if not (is_whole and is_named and all(_LABEL.fullmatch(label) for label in labels)):
        raise MailboxError(f'has "{written[:40]}" after the @, which is no domain')
    if len(domain) > _LONGEST_DOMAIN:
        raise MailboxError("has a domain that is too long")
    return domain
