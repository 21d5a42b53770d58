"""A file of addresses in; readers, and what is wrong with its lines, out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conspectus.fields import decode, shown
from conspectus.model.mailboxes import Mailbox, MailboxError, mailbox
from conspectus.problems import Location, Problem, error, warning

LARGEST = 20_000_000
"""Bytes: half a million readers, for whom one message at a time is the wrong way anyway."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A reader, and the line of the file that names him."""

    mailbox: Mailbox
    place: Location


def read(path: Path) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    """One address a line, with a name or without; empty lines and those that begin with # say
    nothing. An address that stands twice is written to once, with a warning."""
    name = path.as_posix()
    remedy = "write the readers' addresses into it, one a line"
    try:
        if path.stat().st_size > LARGEST:
            large = f"is larger than {LARGEST // 1_000_000} MB"
            return (), (error(Location(name), large, remedy),)
        text, problems = decode(path.read_bytes(), name)
    except FileNotFoundError:
        return (), (error(Location(name), "there is no such file", remedy),)
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        return (), (error(Location(name), f"unreadable: {reason}", "make it a readable file"),)
    return _parsed(text, name) if text is not None else ((), problems)


def _parsed(text: str, path: str) -> tuple[tuple[Recipient, ...], tuple[Problem, ...]]:
    found: dict[str, Recipient] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        place = Location(path, number, 1)
        try:
            who = mailbox(line)
        except MailboxError as fault:
            remedy = "write name@example.org, or Mo Li <name@example.org>, or # before the line"
            problems.append(error(place, f'"{shown(line)}" {fault}', remedy))
            continue
        key = who.address.casefold()
        if key in found:
            first = found[key].place.line
            message = f"{shown(who.address)} stands twice, first on line {first}"
            problems.append(warning(place, message, "delete the line"))
        else:
            found[key] = Recipient(who, place)
    return tuple(found.values()), tuple(problems)
