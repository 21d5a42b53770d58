"""`conspectus import`, `new` and `init`: how papers and surveys come into being."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conspectus.cli import network
from conspectus.cli.options import content_option, examples, today
from conspectus.cli.terminal import remark, say, show_problems
from conspectus.problems import has_errors

if TYPE_CHECKING:
    from conspectus.importers import ImportReport, Write
    from conspectus.importers.scaffold import Host

FORMATS = (
    "listing",
    "bibtex",
    "ris",
    "csl",
    "nbib",
    "wos",
    "arxiv",
    "hf",
    "openalex",
    "semantic-scholar",
    "csv",
    "jsonl",
    "endnote",
    "ovid",
    "nep",
    "suggestion",
)
"""Repeated here, and compared by a test, so that `--help` need not load the importers."""


@click.command(
    "import",
    epilog=examples(
        "conspectus import listing.txt --listed 2025-03-17",
        "conspectus import library.bib pubmed.nbib --dry-run",
        "conspectus import scopus.ris --update",
        "pbpaste | conspectus import -",
        "conspectus import arxiv:2502.12152 doi:10.1000/x hf:2025-03-17",
        """conspectus import 'arxiv-query:cat:cs.LG AND ti:"moss networks"'""",
    ),
)
@click.argument(
    "sources",
    metavar="SOURCE...",
    nargs=-1,
    required=True,
    type=click.Path(allow_dash=True),  # so that shells complete the names of files
)
@content_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="The sources' format, where it is not to be told from what they hold.",
)
@click.option(
    "--listed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of a pasted listing, such as 2025-03-17.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--update", is_flag=True, help="Fill empty fields of papers that are there already.")
def import_(
    sources: tuple[str, ...],
    content: Path,
    form: str | None,
    listed: datetime.datetime | None,
    *,
    dry_run: bool,
    update: bool,
) -> int:
    """Add papers from files; - reads standard input.

    Sources on the network are named arxiv:ID, arxiv-query:QUERY, doi:DOI, hf:DATE (the daily
    papers at Hugging Face) and zotero:GROUP or zotero:GROUP/COLLECTION. Every entry is added,
    matched to a paper that is there, or reported. What a curator wrote is never overwritten.
    """
    from conspectus import importers

    with _importing() as tell:
        report = importers.import_files(
            sources,
            content,
            listed=listed.date() if listed else None,
            format=form,
            dry_run=dry_run,
            update=update,
            today=today(),
            fetch=network.fetcher(content),
            tell=tell,
        )
    _show_import(report, content, dry_run=dry_run)
    return 1 if has_errors(report.problems) else 0


@contextmanager
def _importing() -> Iterator[Callable[[int, int], None] | None]:
    """A bar that fills as entries are taken in, where a person watches; else nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # a tenth of a second that pipes need not pay
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Importing", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell


@click.command(epilog=examples('conspectus new "A Paper That No Listing Showed"'))
@click.argument("title")
@content_option
def new(title: str, content: Path) -> None:
    """Begin the file of a new paper; prints its path."""
    from conspectus import importers

    say(str(importers.new_paper(content, title, today())))


@click.command(
    epilog=examples(
        "conspectus init my-survey && cd my-survey && conspectus serve",
        "conspectus init my-survey --host gitlab",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--host",
    type=click.Choice(["github", "gitlab", "none"]),
    default="github",
    show_default=True,
    help="Whose Pages publish it: workflows and a form for suggesting papers are written for that.",
)
def init(folder: Path, host: Host) -> None:
    """Make a survey folder that builds at once.

    It comes with workflows that check what is proposed, publish what is pushed, and turn suggested
    papers into proposals. Prints what was written.
    """
    from conspectus import importers

    for path in importers.init(folder, host=host):
        say(str(path))
    if host != "none" and importers.is_asked_for_by_name():
        remark(
            "note: requirements.txt asks for conspectus by its name; where none is offered, "
            "write there where it is: conspectus @ git+https://…"
        )


def _show_import(report: ImportReport, content: Path, *, dry_run: bool) -> None:
    if dry_run:
        for write in report.writes:
            _show_diff(write, content)
    for match in report.matches:
        remark(f"matched: {match}")
    for repair in report.repairs:
        remark(f"repaired: {repair}")
    show_problems(report.problems)
    say(report.summary)


def _show_diff(write: Write, content: Path) -> None:
    name = (content / write.path).as_posix()
    before, after = write.before.splitlines(), write.text.splitlines()
    for line in unified_diff(before, after, name if before else "/dev/null", name, lineterm=""):
        say(line)
