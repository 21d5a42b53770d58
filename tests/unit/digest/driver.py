"""A sender that dies at a given moment: python -m tests.unit.digest.driver PORT LEDGER MOMENT.

MOMENT counts the times that something is forced to the disk; just before that one the process is
killed as a machine that loses power would be.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from conspectus.digest import Post, ledger, send, smtp
from conspectus.digest.recipients import Recipient
from conspectus.model.mailboxes import Mailbox
from conspectus.problems import Location
from conspectus.settings import Mail

READERS = tuple(Mailbox(f"{name}@example.org") for name in ("ada", "bo", "cy", "di"))


def run(port: int, path: Path) -> list[str]:
    """Send to all readers; the addresses of those of whom it is not known whether they have it."""
    mail = Mail(host="localhost", port=port)
    post = Post(lambda: smtp.connect(mail, ""), lambda _: None, lambda _: None)
    recipients = [Recipient(reader, Location("readers.txt")) for reader in READERS]
    with ledger.held(path) as held:
        outcome = send(
            recipients,
            Mailbox("list@example.org"),
            lambda reader: f"To: {reader}\r\n\r\nMoss.\r\n".encode(),
            held,
            post,
        )
    return [fate.recipient.mailbox.address for fate in outcome.uncertain]


def die_at(moment: int) -> None:
    """Be killed before the disk is asked for the `moment`-th time."""
    real, left = os.fsync, [moment]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        real(handle)

    os.fsync = fsync  # type: ignore[assignment]


if __name__ == "__main__":
    die_at(int(sys.argv[3]))
    run(int(sys.argv[1]), Path(sys.argv[2]))
