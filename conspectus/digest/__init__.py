"""A survey's new papers in; a letter to each of its readers out.

What is said (`choosing`, `letters`, `parts`, `messages`) is pure; `recipients`, `ledger` and `smtp`
touch disk and network, and `sending` is the order in which they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from conspectus.content import Content
from conspectus.content.digests import FOLDER, LEDGER_SUFFIX
from conspectus.digest import ledger, parts, recipients, smtp
from conspectus.digest.choosing import Choice, Survey, TakenError, choose
from conspectus.digest.letters import letter_of
from conspectus.digest.messages import Composer, has_sender, head_of
from conspectus.digest.sending import Fate, Outcome, Post, send
from conspectus.model.digests import Digest
from conspectus.model.topics import Analysis
from conspectus.problems import Location, Problem, error, warning
from conspectus.settings import FILE, Settings
from conspectus.siteplan.lookup import look_up

__all__ = [
    "Choice",
    "Composer",
    "Fate",
    "Outcome",
    "Post",
    "Survey",
    "TakenError",
    "choose",
    "compose",
    "lacking",
    "ledger",
    "ledger_path",
    "recipients",
    "send",
    "smtp",
]


def compose(
    digest: Digest, content: Content, analysis: Analysis, templates: tuple[tuple[str, str], ...]
) -> Composer:
    """What makes the messages of a digest; `templates` are names with their sources."""
    survey = look_up(content, analysis)
    letter = letter_of(digest, survey)
    head = head_of(digest, letter, content.settings)
    return Composer(letter, head, survey.words, parts.template(templates))


def ledger_path(folder: Path, digest: Digest) -> Path:
    """Beside the digest's own file."""
    return folder / FOLDER / f"{digest.date}{LEDGER_SUFFIX}"


def lacking(settings: Settings, folder: Path, *, to_send: bool) -> tuple[Problem, ...]:
    """What letters want that the settings do not say; errors where it keeps them from going."""
    return tuple(_lacking(settings, Location((folder / FILE).as_posix()), to_send=to_send))


def _lacking(settings: Settings, place: Location, *, to_send: bool) -> Iterator[Problem]:
    if not settings.base_url:
        yield warning(
            place,
            "without base_url nothing in a letter leads to the site",
            "write where the site stands: base_url: https://…",
        )
    if not has_sender(settings):
        yield (error if to_send else warning)(
            place,
            "a letter has no sender",
            "write mail: {from: name@example.org}, or an e-mail address for subscribe",
        )
    if to_send and not settings.mail.host:
        yield error(
            place,
            "no mail server is named that would take the letters",
            "write mail: {host: smtp.example.org}; see docs/digest.md",
        )
