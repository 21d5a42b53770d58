"""Readers in; each written to once, and what became of it, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from conspectus.digest.ledger import Ledger
from conspectus.digest.recipients import Recipient
from conspectus.digest.smtp import (
    Connection,
    LaterError,
    LostError,
    RefusedError,
    ServerError,
    UncertainError,
)
from conspectus.model.mailboxes import Mailbox

PAUSES = (5.0, 30.0, 120.0, 300.0, 600.0)
"""Seconds before those are tried again whom a server put off: greylisting asks for a few minutes,
and whoever is put off for longer is written to by the next run."""
LOSSES = 3
"""Connections that may break in a row, without a letter between them, before a pause."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the letter to one reader, where it was not taken."""

    recipient: Recipient
    why: str


@dataclass(slots=True)
class Outcome:
    """What became of all of them; the lists are in the order of the file."""

    sent: int = 0
    before: int = 0
    """Readers who had it already."""
    refused: list[Fate] = field(default_factory=list)
    """In this run; a refused address is not tried again by later ones."""
    refused_before: int = 0
    uncertain: list[Fate] = field(default_factory=list)
    """Never tried again, of earlier runs too."""
    left: list[Fate] = field(default_factory=list)
    """Certainly not reached: the next run tries them."""
    trouble: str = ""
    """Why the server cannot be used at all, where that is so."""

    @property
    def is_whole(self) -> bool:
        """Whether every reader has got the letter."""
        return not (self.refused or self.refused_before or self.uncertain or self.left)


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave: everything that touches clock or network, handed in."""

    connect: Callable[[], Connection]
    wait: Callable[[float], None]
    tell: Callable[[str], None]
    """Takes a line about the work."""


def send(
    recipients: Sequence[Recipient],
    sender: Mailbox,
    message: Callable[[Mailbox], bytes],
    ledger: Ledger,
    post: Post,
) -> Outcome:
    """Write to everybody of whom the ledger does not know that he has, or may have, the letter.

    Whoever is put off is tried again after a pause, five times at most.
    """
    outcome = Outcome()
    left = _sort(recipients, ledger, outcome)
    for pause in (0.0, *PAUSES):
        if not left or outcome.trouble:
            break
        if pause:
            post.tell(f"{len(left)} not reached yet ({left[0].why}): again in {pause:.0f} s")
            post.wait(pause)
        turn = _Round(sender, message, ledger, post, outcome)
        left = turn.run([fate.recipient for fate in left])
    outcome.left = left
    if all(ledger.has_answer(recipient.mailbox) for recipient in recipients):
        ledger.end()
    return outcome


def _sort(recipients: Sequence[Recipient], ledger: Ledger, outcome: Outcome) -> list[Fate]:
    left: list[Fate] = []
    for recipient in recipients:
        match ledger.state(recipient.mailbox):
            case "sent":
                outcome.before += 1
            case "refused":
                outcome.refused_before += 1
            case "uncertain":
                outcome.uncertain.append(Fate(recipient, "an earlier run was cut short"))
            case "open":
                left.append(Fate(recipient, "not tried yet"))
    return left


@dataclass(slots=True)
class _Round:
    """One walk over those who are left."""

    sender: Mailbox
    message: Callable[[Mailbox], bytes]
    ledger: Ledger
    post: Post
    outcome: Outcome
    connection: Connection | None = None
    losses: int = 0

    def run(self, recipients: Sequence[Recipient]) -> list[Fate]:
        """Those who are still to be reached, each with the reason."""
        left: list[Fate] = []
        why = ""
        try:
            for recipient in recipients:
                if not self.outcome.trouble and self.losses < LOSSES:
                    why = self._reach(recipient)
                if why:
                    left.append(Fate(recipient, why))
        finally:
            self._hang_up()
        return left

    def _reach(self, recipient: Recipient) -> str:
        """Try until there is an answer or connections broke too often; why it was in vain."""
        why = ""
        while self.losses < LOSSES:
            try:
                self._deliver(recipient)
            except LostError as fault:
                self.losses += 1
                why = str(fault)
                self._abandon()
            except ServerError as fault:
                self.outcome.trouble = str(fault)
                return str(fault)
            except LaterError as fault:
                self.losses = 0
                return str(fault)
            else:
                self.losses = 0
                return ""
        return why

    def _deliver(self, recipient: Recipient) -> None:
        reader = recipient.mailbox
        letter = self.message(reader)
        connection = self.connection = self.connection or self.post.connect()
        begun = False

        def before_end() -> None:
            nonlocal begun
            self.ledger.trying(reader)
            begun = True

        try:
            connection.deliver(self.sender, reader, letter, before_end)
        except UncertainError as fault:
            self.outcome.uncertain.append(Fate(recipient, str(fault)))
            self._abandon()
        except RefusedError as fault:
            self._refused(recipient, fault, begun=begun)
        except LaterError:
            self.ledger.open_again(reader)
            raise
        except LostError:
            if begun:  # the server has said in words that it did not take it
                self.ledger.open_again(reader)
            raise
        except BaseException:  # Ctrl-C, a full disk: what is not ended yet must stay so
            self._abandon()
            raise
        else:
            self.ledger.sent(reader)
            self.outcome.sent += 1

    def _refused(self, recipient: Recipient, fault: RefusedError, *, begun: bool) -> None:
        """An address is refused for good; a message for this run: it may be mended."""
        if begun or not fault.is_address:
            self.ledger.open_again(recipient.mailbox)
        else:
            self.ledger.refused(recipient.mailbox)
        self.outcome.refused.append(Fate(recipient, str(fault)))

    def _abandon(self) -> None:
        if self.connection is not None:
            self.connection.abandon()
            self.connection = None

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
