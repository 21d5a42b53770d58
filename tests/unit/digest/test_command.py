"""`conspectus digest`: shown, kept, written as a file, sent, and sent on after a fault."""

from __future__ import annotations

import email
import os
from email.policy import default
from pathlib import Path

import pytest

from conspectus.cli import run
from conspectus.digest import sending
from tests.unit.digest.postoffice import Office

PAPERS = {
    "fog": ("2025-03-01", "Fog on the Pier", "Fog is thick. We propose a lamp for it."),
    "moss": ("2025-03-17", "Moss on Slate", "We show that moss grows."),
    "rain": ("2025-03-17", "Rain at Night", "This paper counts rain."),
}
SETTINGS = "id: piers\ntitle: Piers\nbase_url: https://piers.example/\n"
RECORD = Path("content/digests/2025-03-17.yaml")


def add(name: str, day: str, title: str, abstract: str) -> None:
    text = f"---\ntitle: {title}\nadded: {day}\n---\n{abstract}\n"
    Path("content/papers", f"{name}.md").write_text(text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("content/papers").mkdir(parents=True)
    for name, paper in PAPERS.items():
        add(name, *paper)
    Path("content/survey.yaml").write_text(SETTINGS + "mail: {from: list@piers.example}\n")
    return tmp_path


@pytest.fixture
def posting(folder: Path, office: Office) -> Office:
    """A survey whose letters can be sent to two readers."""
    mail = f"mail: {{from: Piers <list@piers.example>, host: localhost, port: {office.port}}}\n"
    Path("content/survey.yaml").write_text(SETTINGS + mail)
    Path("recipients.txt").write_text("# readers\nAda L <ada@example.org>\nbo@example.org\n")
    return office


def test_without_options_it_shows_the_letter_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["digest"]) == 0
    out = capsys.readouterr().out
    assert "Subject: Piers: 2 new papers, 17 March 2025" in out
    assert "Moss on Slate\n" in out
    assert out.endswith("--send would write to nobody: recipients.txt names no reader\n")
    assert not RECORD.exists()


def test_a_file_is_written_with_its_record_and_is_the_same_again(folder: Path) -> None:
    assert run(["digest", "--since", "2025-03-01", "--eml", "one.eml"]) == 0
    assert run(["digest", "--since", "2025-03-01", "--eml", "two.eml"]) == 0
    one, two = Path("one.eml").read_bytes(), Path("two.eml").read_bytes()
    assert one == two
    found = email.message_from_bytes(one, policy=default)
    assert found["Subject"] == "Piers: 3 new papers, 17 March 2025"
    assert RECORD.read_text().splitlines()[1:] == [
        "since: 2025-03-01",
        "papers:",
        "  - moss",
        "  - rain",
        "  - fog",
    ]


def test_a_pipe_is_written_to_and_not_replaced(folder: Path) -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDWR)
    try:
        assert run(["digest", "--eml", "pipe"]) == 0
        assert os.read(reader, 5) == b"Date:"
    finally:
        os.close(reader)


def test_a_note_of_the_curators_outlives_a_new_writing(folder: Path) -> None:
    run(["digest", "--eml", "one.eml"])
    RECORD.write_text(RECORD.read_text() + "note: |\n  Much *moss*.\n\n  And more: rain.\n")
    run(["digest", "--since", "2025-03-01", "--eml", "two.eml"])
    assert "  - fog" in RECORD.read_text()
    assert "Much moss.\r\n\r\nAnd more: rain." in Path("two.eml").read_bytes().decode()


def test_nothing_new_is_said_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["digest", "--since", "2026-01-01", "--eml", "one.eml"]) == 0
    assert "nothing to tell" in capsys.readouterr().out
    assert not Path("one.eml").exists()


def test_a_file_in_a_folder_that_is_not_there_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["digest", "--eml", "nowhere/one.eml"]) == 2
    assert "there is no folder nowhere for one.eml" in capsys.readouterr().err


def test_papers_without_a_day_are_no_news(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in Path("content/papers").iterdir():
        file.write_text(file.read_text().replace("added:", "published:"))
    assert run(["digest"]) == 0
    assert "no paper entered on a day that is known" in capsys.readouterr().out


def test_without_an_address_of_the_site_it_warns_and_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("content/survey.yaml").write_text("title: Piers\n")
    assert run(["digest", "--eml", "one.eml"]) == 0
    err = capsys.readouterr().err
    assert "content/survey.yaml: warning: without base_url nothing in a letter leads to" in err
    assert "content/survey.yaml: warning: a letter has no sender" in err


def test_sending_without_server_sender_and_readers_names_all_that_is_lacking(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("content/survey.yaml").write_text("title: Piers\n")
    assert run(["digest", "--send"]) == 1
    err = capsys.readouterr().err
    for lacking in ("error: a letter has no sender", "no mail server is named", "no such file"):
        assert lacking in err
    assert not RECORD.exists()


def test_the_dry_run_counts_readers_and_sends_nothing(
    posting: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["digest"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("--send would write to 2 of 2 readers in recipients.txt\n")
    assert posting.connections == 0


def test_every_reader_is_sent_the_letter_once(
    posting: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["digest", "--send"]) == 0
    assert run(["digest", "--send"]) == 0
    assert capsys.readouterr().out == "sent to 2 readers\nsent to 0 readers, 2 had it before\n"
    [(first, letter), (second, _)] = posting.letters
    assert (first, second) == ("ada@example.org", "bo@example.org")
    found = email.message_from_bytes(letter, policy=default)
    assert found["To"] == "Ada L <ada@example.org>"
    assert RECORD.exists()


def test_papers_that_enter_later_make_the_next_digest(posting: Office) -> None:
    run(["digest", "--send"])
    add("slate", "2025-04-02", "Slate and Time", "We present slate.")
    assert run(["digest", "--send"]) == 0
    subjects = [email.message_from_bytes(letter)["Subject"] for _, letter in posting.letters]
    assert subjects[2:] == ["Piers: 1 new paper, 2 April 2025"] * 2


def test_a_reader_who_comes_later_gets_the_newest_digest(posting: Office) -> None:
    run(["digest", "--send"])
    Path("recipients.txt").write_text("bo@example.org\ncy@example.org\n")
    assert run(["digest", "--send"]) == 0
    assert posting.taken() == ["ada@example.org", "bo@example.org", "cy@example.org"]


@pytest.mark.parametrize(
    ("step", "answer"),
    [("rcpt", "452 Mailbox full"), ("end", "554 Spam"), ("rcpt", "554 5.7.1 No relaying")],
)
def test_one_who_cannot_be_reached_keeps_nobody_from_the_next_digest(
    posting: Office, monkeypatch: pytest.MonkeyPatch, step: str, answer: str
) -> None:
    monkeypatch.setattr(sending, "PAUSES", ())
    posting.replies = {(step, "bo@example.org"): [answer] * 2}
    run(["digest", "--send"])
    add("slate", "2025-04-02", "Slate and Time", "We present slate.")
    assert run(["digest", "--send"]) == 1
    subjects = [email.message_from_bytes(letter)["Subject"] for _, letter in posting.letters]
    assert subjects[-1] == "Piers: 1 new paper, 2 April 2025"


def test_a_sending_that_was_cut_short_goes_on_before_a_new_digest(
    posting: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES", ())
    posting.replies = {("rcpt", "bo@example.org"): ["lost"] * 3}
    run(["digest", "--send"])
    add("slate", "2025-04-02", "Slate and Time", "We present slate.")
    assert run(["digest", "--send"]) == 0
    subjects = [email.message_from_bytes(letter)["Subject"] for _, letter in posting.letters]
    assert subjects == ["Piers: 2 new papers, 17 March 2025"] * 2


def test_a_reader_who_comes_later_keeps_no_new_digest_waiting(posting: Office) -> None:
    run(["digest", "--send"])
    Path("recipients.txt").write_text("ada@example.org\ncy@example.org\n")
    add("slate", "2025-04-02", "Slate and Time", "We present slate.")
    assert run(["digest", "--send"]) == 0
    found = [(to, email.message_from_bytes(letter)["Subject"]) for to, letter in posting.letters]
    subject = "Piers: 1 new paper, 2 April 2025"
    assert found[2:] == [("ada@example.org", subject), ("cy@example.org", subject)]


def test_a_refusal_is_told_at_the_readers_line(
    posting: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    posting.replies = {("rcpt", "bo@example.org"): ["550 5.1.1 \x1b[31mNo such reader"]}
    assert run(["digest", "--send"]) == 1
    out, err = capsys.readouterr()
    assert "recipients.txt:3:1: error: bo@example.org refused: 550 5.1.1" in err
    assert "\x1b" not in err
    assert out == "sent to 1 reader, 1 refused\n"


def test_one_who_may_have_it_is_named_with_the_way_to_write_again(
    posting: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    posting.replies = {("end", "bo@example.org"): ["lost"]}
    assert run(["digest", "--send"]) == 1
    err = capsys.readouterr().err
    assert "recipients.txt:3:1: warning: bo@example.org may or may not have got the letter" in err
    line = err.split("delete the lines of ")[1].split()[0]
    ledger = RECORD.with_suffix(".sent")
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join(each for each in lines if not each.startswith(line)))
    assert run(["digest", "--send"]) == 0
    assert posting.taken() == ["ada@example.org", "bo@example.org"]


def test_a_bad_line_among_the_readers_keeps_everything_back(
    posting: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("recipients.txt").write_text("ada@example.org\nnobody\n")
    assert run(["digest", "--send"]) == 1
    assert 'recipients.txt:2:1: error: "nobody" is no e-mail address' in capsys.readouterr().err
    assert posting.connections == 0


def test_readers_of_a_named_file_are_written_to(posting: Office, tmp_path: Path) -> None:
    (tmp_path / "others.txt").write_text("cy@example.org\n")
    assert run(["digest", "--send", "--recipients", "others.txt"]) == 0
    assert posting.taken() == ["cy@example.org"]


def test_a_link_that_leaves_the_survey_names_no_readers(
    posting: Office, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("root:x:0:0\n")
    Path("recipients.txt").unlink()
    Path("recipients.txt").symlink_to(outside)
    assert run(["digest", "--send"]) == 1
    err = capsys.readouterr().err
    assert "recipients.txt: error: is a symbolic link that leaves the survey's folder" in err
    assert "root" not in err


def test_a_server_that_cannot_be_used_is_told_at_the_settings(
    posting: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert run(["digest", "--send"]) == 1
    assert "takes no letters: its certificate is not good" in capsys.readouterr().err


def test_the_letter_in_german_speaks_german(folder: Path) -> None:
    settings = SETTINGS + "language: de\nmail: {from: list@piers.example}\n"
    Path("content/survey.yaml").write_text(settings)
    run(["digest", "--eml", "one.eml"])
    found = email.message_from_bytes(Path("one.eml").read_bytes(), policy=default)
    assert found["Subject"] == "Piers: 2 neue Arbeiten, 17. März 2025"
