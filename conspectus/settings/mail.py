"""The `mail` of survey.yaml in; how a digest is sent out."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from conspectus.fields import Fields, Scalar, is_url, shown
from conspectus.model.mailboxes import Mailbox, MailboxError, mailbox

Security = Literal["starttls", "tls", "none"]
SECURITIES: tuple[Security, ...] = get_args(Security)
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
KNOWN_MAIL_SETTINGS = (
    "from", "reply_to", "host", "port", "security", "user", "recipients", "unsubscribe",
)  # fmt: skip
_INSTEAD = {
    "sender": "from", "server": "host", "smtp": "host", "username": "user", "login": "user",
    "tls": "security", "encryption": "security", "list": "recipients", "to": "recipients",
    "replyto": "reply_to", "reply-to": "reply_to",
}  # fmt: skip
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:]*")
_SECRETS = ("password", "secret", "token", "pass")
_LARGEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Mail:
    """How a digest is sent. The password never stands here: it comes from the environment."""

    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    host: str = ""
    """The server that takes mail from us; empty where nothing can be sent."""
    port: int = PORTS["starttls"]
    security: Security = "starttls"
    user: str = ""
    """Empty where the server asks nobody who he is."""
    recipients: str = "recipients.txt"
    """A file in the folder that holds the content folder."""
    unsubscribe_url: str = ""
    """Answers RFC 8058's one click; `{address}` stands for the reader's address."""
    unsubscribe_email: str = ""


def read_mail(fields: Fields) -> Mail:
    """The settings, each by its own reader; problems gather in the fields'."""
    mail = fields.fields("mail")
    _refuse_secrets(mail)
    mail.only(KNOWN_MAIL_SETTINGS, _INSTEAD)
    security = _security(mail)
    url, email = _unsubscribe(mail)
    return Mail(
        sender=_mailbox(mail, "from"),
        reply_to=_mailbox(mail, "reply_to"),
        host=_host(mail, security),
        port=_port(mail, PORTS[security]),
        security=security,
        user=mail.text("user"),
        recipients=mail.inner_path("recipients") or Mail().recipients,
        unsubscribe_url=url,
        unsubscribe_email=email,
    )


def _refuse_secrets(mail: Fields) -> None:
    for key in _SECRETS:
        if key in mail:
            mail.refuse(
                key,
                f"mail.{key}: a secret in a file that is published or shared",
                "delete the line, change the password, and put it into CONSPECTUS_MAIL_PASSWORD",
            )


def _mailbox(mail: Fields, key: str) -> Mailbox | None:
    node = mail.scalar(key)
    if node is None:
        return None
    try:
        return mailbox(node.text.removeprefix("mailto:"))
    except MailboxError as fault:
        remedy = f"write {key}: name@example.org, or {key}: Our group <name@example.org>"
        mail.refuse(key, f'mail.{key}: "{shown(node.text)}" {fault}', remedy)
        return None


def _security(mail: Fields) -> Security:
    written = mail.text("security").lower()
    if written and written not in SECURITIES:
        remedy = "write starttls (port 587), tls (port 465), or none for a relay on this machine"
        mail.refuse("security", f'mail.security: "{shown(written)}" is not known', remedy)
        written = ""
    return cast("Security", written) if written else "starttls"


def _host(mail: Fields, security: Security) -> str:
    host = mail.text("host")
    if host and not _HOST.fullmatch(host):
        remedy = "write its name alone, such as smtp.example.org; the port is a setting of its own"
        mail.refuse("host", f'mail.host: "{shown(host)}" is not a host', remedy)
        return ""
    if host and security == "none" and not _is_local(host):
        mail.refuse(
            "host",
            f'mail.host: letters to "{shown(host)}" would travel unprotected',
            "delete security: none, which is for a relay on this machine only",
        )
        return ""
    return host


def _is_local(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port(mail: Fields, default: int) -> int:
    port = mail.whole("port", 1)
    if port is not None and port > _LARGEST_PORT:
        remedy = "write 587 for starttls or 465 for tls"
        mail.refuse("port", f"mail.port: {port} is not a port", remedy)
        return default
    return port or default


def _unsubscribe(mail: Fields) -> tuple[str, str]:
    """A web address, an e-mail address, or a list of both."""
    url = email = ""
    for node in mail.items("unsubscribe"):
        written = node.text.strip() if isinstance(node, Scalar) else ""
        if is_url(written.replace("{address}", "x")):
            url = written
            continue
        try:
            email = mailbox(written.removeprefix("mailto:")).address
        except MailboxError:
            mail.refuse(
                "unsubscribe",
                f'mail.unsubscribe: "{shown(written)}" is neither a web nor an e-mail address',
                "write name@example.org, or https://…?address={address} for a service",
            )
    return url, email
