"""The letters of a digest sent, with what the mail server said of each."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from conspectus.cli.terminal import counted, progress, remark, say, show_problems
from conspectus.problems import Location, Problem, error, warning

if TYPE_CHECKING:
    from conspectus.digest import Composer, Fate, Outcome
    from conspectus.digest.ledger import Ledger
    from conspectus.digest.recipients import Recipient
    from conspectus.digest.smtp import Connection
    from conspectus.model.mailboxes import Mailbox
    from conspectus.settings.mail import Mail

PASSWORD = "CONSPECTUS_MAIL_PASSWORD"
LEDGER_KEY = "CONSPECTUS_LEDGER_KEY"
_MOST_NAMED = 20
"""Readers of one fate who are named one by one."""


def send(
    composer: Composer,
    mail: Mail,
    readers: Sequence[Recipient],
    ledger_path: Path,
    settings_place: Location,
) -> int:
    """Write to everybody who has not been written to; 1 where anybody has not got the letter."""
    from conspectus import digest

    def message(reader: Mailbox) -> bytes:
        return composer.message(reader, datetime.datetime.now(datetime.UTC))

    post = digest.Post(_connecting(mail), time.sleep, remark)
    with digest.ledger.held(ledger_path, os.environ.get(LEDGER_KEY, "")) as ledger:
        with progress(f"Sending to {counted(len(readers), 'reader')}"):
            outcome = digest.send(readers, composer.head.sender, message, ledger, post)
        show_problems(_problems(outcome, ledger, mail, settings_place))
    say(_summary(outcome))
    return 0 if outcome.is_whole else 1


def _connecting(mail: Mail) -> Callable[[], Connection]:
    from conspectus.digest import smtp

    return lambda: smtp.connect(mail, os.environ.get(PASSWORD, ""))


def _problems(
    outcome: Outcome, ledger: Ledger, mail: Mail, settings_place: Location
) -> Iterator[Problem]:
    if outcome.trouble:
        message = f"{mail.host}:{mail.port} takes no letters: {outcome.trouble}"
        yield error(settings_place, message, f"mend `mail`, or the password in {PASSWORD}")
    for fate in _named(outcome.refused):
        remedy = "mend or delete the address; a letter that was refused is tried by the next run"
        yield error(fate.recipient.place, f"{_who(fate)} refused: {fate.why}", remedy)
    for fate in _named(outcome.uncertain):
        line = ledger.name(fate.recipient.mailbox)
        message = f"{_who(fate)} may or may not have got the letter: {fate.why}"
        remedy = f"to write again, delete the lines of {line} in {ledger.path.as_posix()}"
        yield warning(fate.recipient.place, message, remedy)
    for fate in _named([] if outcome.trouble else outcome.left):
        message = f"{_who(fate)} was not reached: {fate.why}"
        yield warning(fate.recipient.place, message, "run the same command again later")


def _named(fates: Sequence[Fate]) -> Sequence[Fate]:
    if len(fates) > _MOST_NAMED:
        remark(f"the first {_MOST_NAMED} of {len(fates)} readers like the one of: {fates[0].why}")
    return fates[:_MOST_NAMED]


def _who(fate: Fate) -> str:
    return fate.recipient.mailbox.address


def _summary(outcome: Outcome) -> str:
    counts = (
        (outcome.before, "had it before"),
        (len(outcome.refused) + outcome.refused_before, "refused"),
        (len(outcome.uncertain), "uncertain"),
        (len(outcome.left), "not reached"),
    )
    parts = [f"sent to {counted(outcome.sent, 'reader')}"]
    return ", ".join((*parts, *(f"{number} {what}" for number, what in counts if number)))
