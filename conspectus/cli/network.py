"""What the commands do on the network: sources that are no files, and `conspectus complete`."""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conspectus.cli.options import content_option, examples, existing
from conspectus.cli.terminal import remark, say, show_problems
from conspectus.problems import Problem, has_errors

if TYPE_CHECKING:
    from conspectus.importers.entries import Reading
    from conspectus.importers.network import Client, Outcome


def client(content: Path) -> Client:
    """The survey's client: its curator is who asks."""
    from conspectus import settings
    from conspectus.importers import network

    return network.client_of(settings.read(content)[0])


def fetcher(content: Path) -> Callable[[str], Reading | None]:
    """A reader of sources that are no files, all over one client."""
    from conspectus.importers import network

    asked = client(content)
    return lambda name: network.fetch(name, asked)


@click.command(
    "complete",
    epilog=examples(
        "conspectus complete --dry-run",
        "conspectus complete moss-networks lichen-networks",
    ),
)
@click.argument("papers", metavar="[PAPER]...", nargs=-1)
@content_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def complete(papers: tuple[str, ...], content: Path, *, dry_run: bool) -> int:
    """Fill authors, dates and identifiers of bare papers.

    Titles are looked up in OpenAlex, Crossref and arXiv. Only empty fields are filled, and only
    where title and abstract are alike enough; what is less alike is listed. Without PAPER, all
    papers that lack one of them.
    """
    from conspectus.importers import network

    folder = existing(content)
    done = network.complete(
        folder,
        papers,
        client(folder),
        lambda outcome: _show(outcome, folder),
        dry_run=dry_run,
    )
    problems = [_below(problem, folder) for problem in done.problems]
    show_problems(problems)
    say(done.summary)
    return 1 if has_errors(problems) else 0


def show_diff(path: str, before: str, after: str) -> None:
    """What a file's new text changes, as a unified diff."""
    lines = unified_diff(
        before.splitlines(), after.splitlines(), path if before else "/dev/null", path, lineterm=""
    )
    for line in lines:
        say(line)


def _show(outcome: Outcome, folder: Path) -> None:
    from conspectus.importers import network

    prefix = f"{folder.as_posix()}/"
    for line in network.described(outcome):
        remark(line if line.startswith(" ") else prefix + line)
    if outcome.filled:
        show_diff(prefix + outcome.path, outcome.before, outcome.after)


def _below(problem: Problem, folder: Path) -> Problem:
    """A file's problem at its place as the user would type it."""
    from conspectus.fields import moved

    return moved(problem, folder.as_posix()) if problem.location.path.endswith(".md") else problem
