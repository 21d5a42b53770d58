"""Mailboxes: what people write in; only what mail can carry, out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.model.mailboxes import Mailbox, MailboxError, mailbox


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("mo@example.org", Mailbox("mo@example.org")),
        ("  mo@Example.ORG ", Mailbox("mo@example.org")),
        ("Mo.Li@example.org", Mailbox("Mo.Li@example.org")),
        ("<mo@example.org>", Mailbox("mo@example.org")),
        ("Mo  Li <mo+list@example.org>", Mailbox("mo+list@example.org", "Mo Li")),
        ('"Li, Mo \\"M\\"" <mo@example.org>', Mailbox("mo@example.org", 'Li, Mo "M"')),
        ("Møøs Ælg <mo@bücher.example>", Mailbox("mo@xn--bcher-kva.example", "Møøs Ælg")),
        ("root@localhost", Mailbox("root@localhost")),
    ],
)
def test_what_people_write_is_read(written: str, expected: Mailbox) -> None:
    assert mailbox(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "mo",
        "mo@",
        "@example.org",
        "mo@example",
        "mo@127.0.0.1",
        "mo@[127.0.0.1]",
        "mo@-x.org",
        "mo@x..org",
        ".mo@example.org",
        "mo..li@example.org",
        '"a b"@example.org',
        "mö@example.org",
        "a@example.org, b@example.org",
        "a@example.org b@example.org",
        "Mo <a@example.org> <b@example.org>",
        "Mo <a@example.org\r\nBcc: b@example.org>",
        "Mo\r\nBcc: b@example.org <a@example.org>",
        "Mo\x00 <a@example.org>",
        "\u202eoM <a@example.org>",
        "Mo\u2028Li <a@example.org>",
        "mo@" + "x" * 64 + ".org",
        "m" * 65 + "@example.org",
        "M" * 201 + " <mo@example.org>",
    ],
)
def test_what_mail_cannot_carry_is_refused(written: str) -> None:
    with pytest.raises(MailboxError):
        mailbox(written)


@given(st.text(max_size=80) | st.from_regex(r"\A[^<>]{0,9} ?<?[^<>]{1,9}@[^<>]{1,9}\.[a-z]{2}>?\Z"))
def test_whatever_is_written_no_address_holds_anything_but_its_letters(written: str) -> None:
    try:
        found = mailbox(written)
    except MailboxError:
        return
    assert found.address.isascii()
    assert found.address.isprintable()
    assert not set(found.address) & set(' \t<>,;:"()[]\\')
    assert not any(unicodedata.category(character)[0] == "C" for character in found.name)
    assert found.header.addr_spec == found.address
