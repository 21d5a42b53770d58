"""`mail` in survey.yaml: how a digest is sent, and what must never stand there."""

from __future__ import annotations

import pytest

from conspectus import settings
from conspectus.model.mailboxes import Mailbox
from conspectus.settings import Mail


def read(text: str) -> Mail:
    found, problems = settings.read_text(f"mail: {text}")
    assert problems == ()
    return found.mail


def messages(text: str) -> list[str]:
    return [problem.message for problem in settings.read_text(f"mail: {text}")[1]]


def test_every_mail_setting_is_read() -> None:
    found = read(
        '{from: "Moss Group <digest@example.org>", reply_to: mo@example.org, '
        "host: smtp.example.org, port: 2525, security: tls, user: mo, recipients: private/all.txt, "
        'unsubscribe: ["https://example.org/off?who={address}", off@example.org]}'
    )
    assert found == Mail(
        sender=Mailbox("digest@example.org", "Moss Group"),
        reply_to=Mailbox("mo@example.org"),
        host="smtp.example.org",
        port=2525,
        security="tls",
        user="mo",
        recipients="private/all.txt",
        unsubscribe_url="https://example.org/off?who={address}",
        unsubscribe_email="off@example.org",
    )


def test_without_the_setting_nothing_can_be_sent() -> None:
    assert settings.read_text("")[0].mail == Mail()


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_from_the_security(security: str, port: int) -> None:
    assert read(f"{{host: localhost, security: {security}}}").port == port


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{host: smtp.example.org, security: none}", "would travel unprotected"),
        ("{security: ssl}", '"ssl" is not known'),
        ("{host: 'https://smtp.example.org'}", "is not a host"),
        ("{host: 'smtp.example.org\\r\\nX: y'}", "is not a host"),
        ("{host: 'mo@smtp.example.org'}", "is not a host"),
        ("{port: 70000}", "70000 is not a port"),
        ("{from: nobody}", "is no e-mail address"),
        ("{recipients: ../all.txt}", "leaves the folder"),
        ("{unsubscribe: 'ftp://example.org'}", "neither a web nor an e-mail address"),
    ],
)
def test_what_cannot_be_is_refused(written: str, expected: str) -> None:
    [found] = messages(written)
    assert expected in found


def test_a_password_in_the_file_is_an_error_that_does_not_repeat_it() -> None:
    _, problems = settings.read_text("mail: {password: hunter2}")
    assert any(problem.is_error for problem in problems)
    assert not any("hunter2" in str(problem) for problem in problems)
