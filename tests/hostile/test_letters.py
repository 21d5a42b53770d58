"""Letters of a hostile survey: no text becomes a header, an element, a command or a link."""

from __future__ import annotations

import datetime
import email
import unicodedata
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import html5lib
import pytest

from conspectus import assets, content, digest
from conspectus.content import Content
from conspectus.model.digests import Digest
from conspectus.model.mailboxes import Mailbox
from conspectus.model.topics import Analysis
from conspectus.siteplan.digests import MOST_TOLD
from conspectus.siteplan.lists import cut
from tests.hostile import surveys
from tests.hostile.payloads import ALL
from tests.support.building import ROOT
from tests.support.markup import parse

DAY = datetime.date(2025, 1, 1)
NOON = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)
READER = Mailbox("mo@example.org", "Mo")
HEADERS = [
    "Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-Archive", "List-Id",
    "List-Unsubscribe", "MIME-Version", "Message-ID", "Subject", "To",
]  # fmt: skip
OF_THE_LETTER = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "div",
    "p",
    "a",
    "h1",
    "h2",
    "h3",
}
OF_A_NOTE = {
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    "del",
    "math",
}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("hostile")
    surveys.write(folder, ALL)
    return content.read(folder / "content")


def letters(survey: Content) -> list[bytes]:
    """Letters with every paper, and one for each note that a digest of the survey has."""
    papers = [paper.id for paper in survey.corpus.papers]
    parts = [Digest(DAY, tuple(ids)) for ids in cut(papers, MOST_TOLD)]
    templates = assets.load(Path(ROOT, "content")).templates
    return [
        digest.compose(each, survey, Analysis(), templates).message(READER, NOON)
        for each in (*parts, *survey.digests)
    ]


@pytest.fixture(scope="module")
def messages(survey: Content) -> list[EmailMessage]:
    found = [email.message_from_bytes(raw, policy=default) for raw in letters(survey)]
    return [each for each in found if isinstance(each, EmailMessage)]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_every_paper_stands_in_a_letter(survey: Content, messages: list[EmailMessage]) -> None:
    count = len(survey.corpus.papers)
    assert count > 300
    own = messages[: -len(survey.digests)]
    shown = sum(len(list(parse(body(each, "html")).all("h3"))) for each in own)
    assert shown == count


def test_no_text_becomes_a_header_or_a_part(messages: list[EmailMessage]) -> None:
    for message in messages:
        assert sorted(message.keys()) == HEADERS
        assert message.defects == []
        parts = [part.get_content_type() for part in message.iter_parts()]
        assert parts == ["text/plain", "text/html"]


def test_no_text_becomes_an_element_of_a_letter(messages: list[EmailMessage]) -> None:
    for message in messages:
        html = body(message, "html")
        html5lib.HTMLParser(strict=True).parse(html)
        for element in parse(html).all():
            is_math = element.tag.startswith("m")
            assert element.tag in OF_THE_LETTER | OF_A_NOTE or is_math, element.tag
            assert element.attributes.get("id") != "hostile"
            assert not any(name.startswith("on") for name in element.attributes)


def test_no_link_of_a_letter_leads_anywhere_but_to_the_web_or_to_mail(
    messages: list[EmailMessage],
) -> None:
    for message in messages:
        links = [a.attributes.get("href", "") for a in parse(body(message, "html")).all("a")]
        assert [link for link in links if not link.startswith(("https:", "http:", "mailto:"))] == []


def test_no_control_or_turning_mark_reaches_the_plain_text(messages: list[EmailMessage]) -> None:
    for message in messages:
        text = body(message, "plain")
        assert {c for c in text if unicodedata.category(c) == "Cc"} <= {"\n"}
        assert not set(text) & TURNING


def test_no_line_of_a_letter_is_a_command_or_too_long(survey: Content) -> None:
    for raw in letters(survey):
        assert raw.isascii()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        assert not set(raw.replace(b"\r\n", b"")) & {10, 13}
