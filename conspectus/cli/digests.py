"""`conspectus digest`: what is new, as a page, a file and letters."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conspectus.cli import letters
from conspectus.cli.options import content_option, examples, existing, today
from conspectus.cli.terminal import counted, progress, remark, say, show_problems
from conspectus.problems import Location, Problem, ProblemsError, error, has_errors

if TYPE_CHECKING:
    from conspectus.digest import Choice, Composer
    from conspectus.digest.ledger import Ledger
    from conspectus.digest.recipients import Recipient
    from conspectus.health import Surveyed
    from conspectus.model.digests import Digest


@dataclass(frozen=True, slots=True)
class _Readers:
    """Who is written to."""

    path: Path
    found: tuple[Recipient, ...]
    problems: tuple[Problem, ...]


@click.command(
    "digest",
    epilog=examples(
        "conspectus digest                                  what would be sent, and to how many",
        "conspectus digest --since 2025-03-10 --eml new.eml",
        "conspectus digest --send",
        "conspectus digest --send --recipients ~/private/readers.txt",
    ),
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The first day to look back to; by default, what no digest has named yet.",
)
@click.option(
    "--eml",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the letter as a file that mail programs open.",
)
@click.option("--send", "sends", is_flag=True, help="Send it to every reader, each once.")
@click.option(
    "--recipients",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The readers' addresses, one a line; by default as survey.yaml says.",
)
@content_option
def digest(
    since: datetime.datetime | None,
    eml: Path | None,
    recipients: Path | None,
    content: Path,
    *,
    sends: bool,
) -> int:
    """Tell readers what is new: the papers since a day, by topic.

    Without --eml and --send it only shows the letter. Both also write the digest's file in
    content/digests, from which the next build makes a page and a feed's entry. --send asks the
    mail server of survey.yaml with the password in CONSPECTUS_MAIL_PASSWORD.
    """
    folder = existing(content)
    if eml and not eml.parent.is_dir():
        raise click.UsageError(f"there is no folder {eml.parent} for {eml.name}")
    with progress(f"Gathering what is new in {content}"):
        from conspectus.health import with_topics

        survey = with_topics(folder)
    readers = _readers(survey, folder, recipients)
    choice = _chosen(survey, folder, since.date() if since else None)
    if choice is None or not choice.digest.papers:
        when = "since then" if since else "on a day that is known"
        say(f"no paper entered {when}: nothing to tell")
        return 0
    composer = _composer(choice.digest, survey, folder)
    problems = _problems(survey, folder, readers, to_send=sends)
    show_problems(problems)
    if has_errors(problems):
        return 1
    if choice.waiting:
        remark(f"note: {counted(choice.waiting, 'newer paper')} will be in the next digest")
    if not (eml or sends):
        _show(choice, composer, readers, folder)
        return 0
    _record(choice, folder)
    if eml:
        _write(eml, composer, choice.digest)
    if not sends:
        return 0
    return letters.send(
        composer,
        survey.content.settings.mail,
        readers.found,
        _ledger_path(folder, choice.digest),
        Location((folder / "survey.yaml").as_posix()),
    )


def _readers(survey: Surveyed, folder: Path, named: Path | None) -> _Readers:
    from conspectus.assets import survey_folder
    from conspectus.digest import recipients

    home = survey_folder(folder)
    path = named or home / survey.content.settings.mail.recipients
    if named is None and not path.resolve().is_relative_to(home.resolve()):
        message = "is a symbolic link that leaves the survey's folder"
        outside = error(Location(path.as_posix()), message, "name the file with --recipients")
        return _Readers(path, (), (outside,))
    return _Readers(path, *recipients.read(path))


def _chosen(survey: Surveyed, folder: Path, since: datetime.date | None) -> Choice | None:
    from conspectus import digest as room

    def is_unfinished(of: Digest) -> bool:
        ledger = _ledger(folder, of)
        return ledger.is_begun() and not ledger.is_ended()

    asked = room.Survey(
        papers=survey.content.corpus.papers,
        digests=survey.content.digests,
        today=today(),
        is_begun=lambda of: _ledger(folder, of).is_begun(),
        is_unfinished=is_unfinished,
    )
    try:
        return room.choose(asked, since)
    except room.TakenError as taken:
        place = Location(room.ledger_path(folder, survey.content.digests[-1]).as_posix())
        message = f"the digest of {taken.day} is out, and new papers entered on its day since"
        remedy = "run this on a later day, by which their digest can be named"
        raise ProblemsError([error(place, message, remedy)]) from taken


def _ledger_path(folder: Path, of: Digest) -> Path:
    from conspectus import digest as room

    return room.ledger_path(folder, of)


def _ledger(folder: Path, of: Digest) -> Ledger:
    from conspectus import digest as room

    return room.ledger.read(_ledger_path(folder, of), os.environ.get(letters.LEDGER_KEY, ""))


def _composer(of: Digest, survey: Surveyed, folder: Path) -> Composer:
    from conspectus import assets
    from conspectus import digest as room

    return room.compose(of, survey.content, survey.analysis, assets.load(folder).templates)


def _problems(
    survey: Surveyed, folder: Path, readers: _Readers, *, to_send: bool
) -> tuple[Problem, ...]:
    from conspectus import digest as room

    found = list(room.lacking(survey.content.settings, folder, to_send=to_send))
    if to_send:
        found.extend(readers.problems)
        if not readers.found and not has_errors(readers.problems):
            place = Location(readers.path.as_posix())
            found.append(error(place, "names no reader", "write their addresses, one a line"))
    return tuple(sorted(found))


def _show(choice: Choice, composer: Composer, readers: _Readers, folder: Path) -> None:
    """The letter, and what `--send` would do."""
    say(f"From: {composer.head.sender}")
    say(f"Subject: {composer.letter.subject}")
    say("")
    for line in composer.plain(None).splitlines():
        say(line)
    say("")
    if readers.path.exists():
        show_problems(readers.problems)
    say(_would_send(choice, readers, folder))


def _would_send(choice: Choice, readers: _Readers, folder: Path) -> str:
    where = readers.path.as_posix()
    if not readers.found:
        return f"--send would write to nobody: {where} names no reader"
    ledger = _ledger(folder, choice.digest)
    total = len(readers.found)
    to_go = sum(ledger.state(each.mailbox) == "open" for each in readers.found)
    written = f"; {total - to_go} were written to before" if to_go < total else ""
    return f"--send would write to {to_go} of {counted(total, 'reader')} in {where}{written}"


def _record(choice: Choice, folder: Path) -> None:
    from conspectus.store import digests

    if choice.is_new:
        remark(f"wrote {digests.write(folder, choice.digest).as_posix()}: the next build shows it")


def _write(eml: Path, composer: Composer, of: Digest) -> None:
    """The letter as a file, dated by the digest: the same survey gives the same bytes."""
    moment = datetime.datetime.combine(of.date, datetime.time(), datetime.UTC)
    message = composer.message(None, moment)
    if eml.exists() and not eml.is_file():  # a device or a pipe, which must not be replaced
        eml.write_bytes(message)
    else:
        staged = eml.with_name(f".{eml.name}.tmp")
        staged.write_bytes(message)
        staged.replace(eml)
    say(eml.as_posix())
