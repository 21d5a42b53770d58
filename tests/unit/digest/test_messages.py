"""Letters: read back by a parser of mail and one of HTML, whatever the papers say."""

from __future__ import annotations

import datetime
import email
import unicodedata
from email.message import EmailMessage
from email.policy import default

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus import assets, digest, prose
from conspectus.digest.text import COLUMNS, calm, columns, wrapped
from conspectus.model.digests import Digest
from conspectus.model.mailboxes import Mailbox
from conspectus.model.papers import Author, Link, Paper, PartialDate
from conspectus.settings import Curator, Mail, Settings
from tests.support.building import ROOT
from tests.support.makers import analysis, paper, survey, topic
from tests.support.markup import Element, parse

DAY = datetime.date(2025, 3, 17)
NOON = datetime.datetime(2025, 3, 18, 12, tzinfo=datetime.UTC)
READER = Mailbox("mo@example.org", "Mo Li")
SURVEY = Settings(
    id="slow-moss",
    title="Slow Moss",
    subtitle="What grows",
    base_url="https://moss.example/s/",
    mail=Mail(sender=Mailbox("digest@moss.example", "Moss Group")),
)
TEMPLATES = assets.load(ROOT / "content").templates


def composer(
    *papers: Paper, of: Settings = SURVEY, note: str = "", since: datetime.date | None = None
) -> digest.Composer:
    body, _ = prose.read(note)
    announced = Digest(DAY, tuple(each.id for each in papers), since, body)
    topics = analysis(topic("moss-topic", [each.id for each in papers]))
    return digest.compose(announced, survey(*papers, settings=of), topics, TEMPLATES)


def message(made: digest.Composer, reader: Mailbox | None = READER) -> EmailMessage:
    found = email.message_from_bytes(made.message(reader, NOON), policy=default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def plain(found: EmailMessage) -> str:
    part = found.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def document(found: EmailMessage) -> Element:
    part = found.get_body(("html",))
    assert part is not None
    html = str(part.get_content()).replace("\r\n", "\n")
    html5lib.HTMLParser(strict=True).parse(html)
    return parse(html)


FULL = paper(
    "moss",
    "Learning to Wait",
    "Moss is slow. We propose a way to wait for it.",
    authors=(Author("Li", "Mo"),),
    published=PartialDate(2025),
    venue="Moss Letters",
    links=(Link("code", "https://code.example/moss"),),
)


def test_a_letter_has_the_headers_that_mail_wants() -> None:
    found = message(composer(FULL))
    assert {name: str(text) for name, text in found.items() if name != "Content-Type"} == {
        "Date": "Tue, 18 Mar 2025 12:00:00 +0000",
        "From": "Moss Group <digest@moss.example>",
        "To": "Mo Li <mo@example.org>",
        "Subject": "Slow Moss: 1 new paper, 17 March 2025",
        "Message-ID": "<7b12e1ea-871b-54aa-b97b-5ab3ac6b2b4b@moss.example>",
        "List-Id": "Slow Moss <slow-moss.moss.example>",
        "List-Unsubscribe": "<mailto:digest@moss.example?subject=unsubscribe>",
        "List-Archive": "<https://moss.example/s/digests/index.html>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
        "MIME-Version": "1.0",
    }


def test_a_letter_is_plain_text_and_html() -> None:
    found = message(composer(FULL))
    assert found.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_the_plain_text_says_what_is_new_by_topic() -> None:
    made = composer(FULL, note="Much *moss*.", since=datetime.date(2025, 3, 10))
    assert plain(message(made)) == (
        "Slow Moss\nWhat grows\n\n"
        "1 paper that entered this survey since 10 March 2025, by topic.\n\n"
        "Much moss.\n\n"
        "On the web:\nhttps://moss.example/s/digests/2025-03-17.html\n\n"
        "moss topic\n----------\n\n"
        "Learning to Wait\n  2025 · Moss Letters · Li\n"
        "  We propose a way to wait for it.\n"
        "  https://moss.example/s/papers/moss.html\n"
        "  Code on code.example:\n  https://code.example/moss\n\n"
        "-- \nSent to the readers of Slow Moss.\n"
        "To unsubscribe:\nmailto:digest@moss.example?subject=unsubscribe\n"
    )


def test_the_html_links_to_the_site_and_loads_nothing() -> None:
    found = document(message(composer(FULL, note="Much *moss*.")))
    links = [each.attributes["href"] for each in found.all("a")]
    assert all(link.startswith(("https://", "mailto:")) for link in links)
    assert "https://moss.example/s/papers/moss.html" in links
    loaders = ("script", "img", "link", "iframe", "object", "video", "audio", "form", "input")
    assert list(found.all(*loaders)) == []
    assert "url(" not in found.text()
    assert found.one("em").text() == "moss"


def test_a_name_that_looks_encoded_is_encoded_once_more() -> None:
    raw = composer(FULL).message(Mailbox("mo@example.org", "=?utf-8?q?Mo?="), NOON)
    [line] = [each for each in raw.split(b"\r\n") if each.startswith(b"To: ")]
    assert b"=?utf-8?q?Mo?=" not in line


def test_without_a_base_url_a_letter_links_to_the_papers_themselves() -> None:
    settings = Settings(id="s", title="Moss", subscribe_email="list@moss.example")
    bare, known = paper("bare", "Bare"), paper("known", "Known", doi="10.1000/x")
    found = message(composer(bare, known, of=settings))
    assert "https://doi.org/10.1000/x" in plain(found)
    assert "papers/" not in plain(found)
    assert found["List-Archive"] is None
    assert str(found["Message-ID"]).endswith("@moss.example>")


def test_a_letter_of_many_papers_says_how_many_more_there_are() -> None:
    many = [paper(f"p{number:03}", f"Paper {number}") for number in range(160)]
    found = message(composer(*many))
    assert "and 10 more papers on the digest's page" in plain(found)
    assert len(list(document(found).all("h3"))) == 150


def test_the_same_survey_gives_the_same_bytes_and_each_reader_another_id() -> None:
    one, other = (composer(FULL).message(READER, NOON) for _ in range(2))
    assert one == other
    ids = {message(composer(FULL), who)["Message-ID"] for who in (READER, Mailbox("a@b.org"), None)}
    assert len(ids) == 3


def test_one_click_is_offered_where_the_settings_name_an_address_for_it() -> None:
    mail = Mail(
        sender=Mailbox("digest@moss.example"),
        unsubscribe_url="https://moss.example/off/" + "x" * 90 + "?who={address}",
        unsubscribe_email="off@moss.example",
    )
    found = message(composer(FULL, of=Settings(id="s", mail=mail)), Mailbox("a+b@example.org"))
    assert str(found["List-Unsubscribe"]).split() == [
        "<mailto:off@moss.example?subject=unsubscribe>,",
        f"<https://moss.example/off/{'x' * 90}?who=a%2Bb%40example.org>",
    ]
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "who=a%2Bb%40example.org" in plain(found)


def test_the_page_where_one_subscribes_is_not_said_to_answer_one_click() -> None:
    settings = Settings(
        id="s", subscribe_url="https://moss.example/list", base_url="https://x.org/"
    )
    found = message(composer(FULL, of=settings))
    assert "<https://moss.example/list>" in found["List-Unsubscribe"]
    assert found["List-Unsubscribe-Post"] is None


HOSTILE = (
    "Moss\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>",
    "Moss\n.\nQUIT",
    "\u202eesrever\u202c and \u2067isolated",
    "=?utf-8?q?Not_encoded?=",
    "</h3><img src=x onerror=alert(1)>",
    "\x1b[31mred\x07 \x00 \x9b31m",
    "Ω" * 300,
    "w" * 3000,
    "苔藓的生长" * 30,
    "שלום עולם: מאמר על אזוב",
    "--=_0 \n--=_0--",
    "From here on",
    "{{ 7 * 7 }} {% raw %} ${7*7} %(x)s {x}",
    "\U0001f44d\u200d\u200b\ufeff\ufffe",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_header_an_element_or_a_command(text: str) -> None:
    made = composer(
        paper("a", text, f"{text}. We propose {text}.", venue=text),
        of=Settings(
            id="s",
            title=calm(text) or "x",
            subtitle=text,
            curator=Curator(text),
            base_url="https://x.org/",
            mail=Mail(sender=Mailbox("a@x.org", calm(text)[:200])),
        ),
    )
    reader = Mailbox("mo@example.org", calm(text)[:200])
    raw, found = made.message(reader, NOON), message(made, reader)

    assert sorted(found.keys()) == sorted(message(composer(FULL)).keys())
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    html = document(found)
    assert list(html.all("script", "img")) == []
    assert not any(name.startswith("on") for each in html.all() for name in each.attributes)
    for spoken in (str(found["Subject"]), plain(found), html.text()):
        controls = {c for c in spoken if unicodedata.category(c) == "Cc" and c != "\n"}
        assert not controls
        assert not set(spoken) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(min_size=1, max_size=300))
@settings(max_examples=60)
def test_any_title_reads_back_from_subject_and_names(text: str) -> None:
    title = calm(text) or "x"
    found = message(composer(FULL, of=Settings(id="s", title=title, base_url="https://x.org/")))
    subject = " ".join(str(found["Subject"]).split())
    expected = " ".join(f"{title}: 1 new paper, 17 March 2025".split())
    assert subject == (expected if len(expected) <= 200 else expected[:199].rstrip() + "…")


@given(st.text(max_size=400))
def test_lines_stay_within_their_columns_unless_one_word_is_longer(text: str) -> None:
    for line in wrapped(text, "  "):
        assert columns(line) <= COLUMNS or len(line.split()) == 1


@given(st.text(max_size=200))
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    assert "".join("".join(wrapped(text)).split()) == "".join(text.split())
