"""Letters against a real server that refuses, puts off and hangs up: each reader once at most."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from conspectus.digest import ledger, sending, smtp
from conspectus.digest.recipients import Recipient
from conspectus.digest.sending import LOSSES, PAUSES, Outcome, Post
from conspectus.model.mailboxes import Mailbox
from conspectus.problems import Location, ProblemsError
from tests.unit.digest.postoffice import Office, one_user, open_office

READERS = tuple(
    Recipient(Mailbox(f"{name}@example.org"), Location("recipients.txt", line, 1))
    for line, name in enumerate(("ada", "bo", "cy"), start=1)
)
ADA, BO, CY = (each.mailbox.address for each in READERS)
SENDER = Mailbox("list@example.org")


def letter(reader: Mailbox) -> bytes:
    return f"To: {reader}\r\nSubject: Moss\r\n\r\n.a line that begins with a dot\r\n".encode()


def send(post: Post, path: Path) -> Outcome:
    with ledger.held(path) as held:
        return sending.send(READERS, SENDER, letter, held, post)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "2025-03-17.sent"


def fates(found: list[sending.Fate]) -> list[tuple[str, str]]:
    return [(fate.recipient.mailbox.address, fate.why) for fate in found]


def test_every_reader_gets_a_message_of_his_own(office: Office, path: Path) -> None:
    outcome = send(office.post(), path)
    assert outcome.is_whole
    assert office.letters == [(each.mailbox.address, letter(each.mailbox)) for each in READERS]
    assert (office.connections, office.senders) == (1, ["list@example.org"] * 3)


def test_a_second_run_writes_to_nobody(office: Office, path: Path) -> None:
    send(office.post(), path)
    outcome = send(office.post(), path)
    assert (outcome.sent, outcome.before, len(office.letters)) == (0, 3, 3)


@pytest.mark.parametrize("step", ["rcpt", "data", "end"])
def test_whoever_is_put_off_is_tried_again(office: Office, path: Path, step: str) -> None:
    office.replies = {(step, BO): ["451 4.7.1 Greylisted", "451 4.7.1 Greylisted"]}
    waited: list[float] = []
    post = Post(office.post().connect, waited.append, lambda _: None)

    assert send(post, path).is_whole

    assert (office.taken(), waited) == ([ADA, CY, BO], list(PAUSES[:2]))


def test_whoever_is_put_off_for_ever_is_left_to_the_next_run(office: Office, path: Path) -> None:
    office.replies = {("rcpt", BO): ["451 Later"] * (len(PAUSES) + 1)}

    outcome = send(office.post(), path)
    assert fates(outcome.left) == [(BO, "451 Later")]

    assert send(office.post(), path).is_whole
    assert office.taken() == [ADA, CY, BO]


def test_a_refused_address_is_reported_and_not_tried_again(office: Office, path: Path) -> None:
    office.replies = {("rcpt", BO): ["550 5.1.1 No such reader"]}

    first, second = send(office.post(), path), send(office.post(), path)

    assert fates(first.refused) == [(BO, "550 5.1.1 No such reader")]
    assert (second.refused_before, second.before) == (1, 2)
    assert office.seen.count(("rcpt", BO)) == 1


@pytest.mark.parametrize(
    ("step", "answer"), [("end", "554 5.6.0 Looks like spam"), ("rcpt", "550 5.7.1 No relaying")]
)
def test_a_refusal_that_is_not_about_the_address_is_tried_by_the_next_run(
    office: Office, path: Path, step: str, answer: str
) -> None:
    office.replies = {(step, BO): [answer]}
    assert fates(send(office.post(), path).refused) == [(BO, answer)]
    assert send(office.post(), path).is_whole
    assert office.taken() == [ADA, CY, BO]


def test_a_refused_sender_stops_it_all_at_once(office: Office, path: Path) -> None:
    office.replies = {("mail", "list@example.org"): ["553 Not yours"] * 9}
    outcome = send(office.post(), path)
    assert outcome.trouble == "it refuses the sender: 553 Not yours"
    assert len(outcome.left) == 3
    assert office.connections == 1


@pytest.mark.parametrize("step", ["mail", "rcpt"])
@pytest.mark.parametrize("answer", ["lost", "421 Closing"])
def test_a_line_that_breaks_before_the_letter_is_taken_up_again(
    office: Office, path: Path, step: str, answer: str
) -> None:
    office.replies = {(step, BO if step == "rcpt" else "list@example.org"): [answer]}
    assert send(office.post(), path).is_whole
    assert office.taken() == [ADA, BO, CY]


def test_a_line_that_breaks_behind_the_letter_leaves_that_reader_alone(
    office: Office, path: Path
) -> None:
    office.replies = {("end", BO): ["taken, then lost"]}

    first, second = send(office.post(), path), send(office.post(), path)

    assert [each.recipient.mailbox.address for each in first.uncertain] == [BO]
    assert fates(second.uncertain) == [(BO, "an earlier run was cut short")]
    assert office.taken() == [ADA, BO, CY]


@pytest.mark.parametrize("answer", ["lost", "999 What?", "nonsense"])
def test_an_end_without_a_clear_answer_is_uncertain(
    office: Office, path: Path, answer: str
) -> None:
    office.replies = {("end", BO): [answer]}
    outcome = send(office.post(), path)
    assert [each.recipient.mailbox.address for each in outcome.uncertain] == [BO]
    assert office.taken() == [ADA, CY]


def test_a_server_that_falls_silent_is_not_waited_for(
    office: Office, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SECONDS", 3.0)
    office.replies = {("end", BO): ["silence"]}

    [(reader, why)] = fates(send(office.post(), path).uncertain)

    assert (reader, "timed out" in why) == (BO, True)
    assert office.taken() == [ADA, CY]


def test_an_answer_without_end_is_not_read_to_its_end(office: Office, path: Path) -> None:
    office.replies = {("rcpt", BO): ["250-and so on\r\n" * smtp.MOST_LINES + "250 OK"]}
    assert send(office.post(), path).is_whole
    assert office.taken() == [ADA, BO, CY]
    assert office.seen.count(("rcpt", BO)) == 2  # the first line was cut


def test_a_server_that_hangs_up_on_everybody_is_given_up(office: Office, path: Path) -> None:
    office.replies = {("rcpt", ADA): ["lost"] * 99}
    outcome = send(office.post(), path)
    assert [each.recipient.mailbox.address for each in outcome.left] == [ADA, BO, CY]
    assert office.connections == LOSSES * (len(PAUSES) + 1)


def test_a_server_that_is_not_there_leaves_everybody_to_the_next_run(
    office: Office, path: Path
) -> None:
    outcome = send(office.post(port=1), path)
    assert [why for _, why in fates(outcome.left)] == ["Connection refused"] * 3
    assert not path.exists()


def test_an_interruption_before_the_final_dot_leaves_no_trace(office: Office, path: Path) -> None:
    class Cut(ledger.Ledger):
        __slots__ = ()

        def trying(self, reader: Mailbox) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sending.send(READERS, SENDER, letter, Cut(path, b""), office.post())

    assert (office.letters, path.exists()) == ([], False)
    assert send(office.post(), path).is_whole


def test_a_full_disk_stops_before_the_final_dot(
    office: Office, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "_force", full)
        with pytest.raises(OSError, match="No space left"):
            send(office.post(), path)
    assert office.letters == []


def test_two_programs_do_not_send_at_once(office: Office, path: Path) -> None:
    with ledger.held(path), pytest.raises(ProblemsError, match="just being sent"):
        send(office.post(), path)


# Protection of the line


def test_a_line_can_be_protected_from_its_start(
    certificate: ssl.SSLContext, trusted: Path, path: Path
) -> None:
    with open_office(certificate, "tls") as office:
        assert send(office.post(), path).is_whole


def test_user_and_password_open_the_door(
    certificate: ssl.SSLContext, trusted: Path, path: Path
) -> None:
    with open_office(certificate, **one_user("mo", "secret")) as office:
        assert send(office.post(user="mo"), path).is_whole


def test_a_wrong_password_is_trouble_and_not_tried_again(
    certificate: ssl.SSLContext, trusted: Path, path: Path
) -> None:
    with open_office(certificate, **one_user("mo", "another")) as office:
        outcome = send(office.post(user="mo"), path)
        assert outcome.trouble.startswith("535")
        assert office.connections == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_nobody_known_is_refused(
    certificate: ssl.SSLContext, path: Path, security: str
) -> None:
    with open_office(certificate, security) as office:
        outcome = send(office.post(), path)
        assert "its certificate is not good" in outcome.trouble
        assert office.seen == []


def test_a_certificate_of_another_host_is_refused(
    authority: trustme.CA, trusted: Path, path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.example").configure_cert(context)
    with open_office(context) as office:
        assert "its certificate is not good" in send(office.post(), path).trouble


def test_a_server_without_starttls_gets_nothing(
    certificate: ssl.SSLContext, trusted: Path, path: Path
) -> None:
    with open_office(certificate, "none") as office:
        outcome = send(office.post(security="starttls"), path)
        assert "offers no STARTTLS" in outcome.trouble
        assert office.seen == []
