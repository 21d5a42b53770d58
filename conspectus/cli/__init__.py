"""The command line: arguments in; a site, a report and an exit code out.

0 done; 1 problems in the content, or a mistake of the program's own, said in one line (the
environment variable CONSPECTUS_TRACEBACK shows all of it); 2 wrong usage; 130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

import click

from conspectus.cli.commands import conspectus
from conspectus.cli.terminal import remark, safe, show_problems
from conspectus.problems import ProblemsError

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130
TRACEBACK = "CONSPECTUS_TRACEBACK"


def main() -> NoReturn:
    """Run the command that the process was called with, and exit."""
    for stream in (sys.stdout, sys.stderr):
        _write_anything(stream)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # libraries warn programmers, not curators
    sys.unraisablehook = _pass_over_interrupts
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # a second one, while the first was being answered
        code = INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done, and said
    try:
        sys.stdout.flush()
    except OSError:
        code = code or PROBLEMS
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _pass_over_interrupts(lost: sys.UnraisableHookArgs) -> None:
    """Print no traceback of an interrupt that fell into a finalizer, out of which none is raised.

    It is most often a second one, while what the first has ended is let go of.
    """
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)


def run(arguments: Sequence[str]) -> int:
    """Run one command; whatever goes wrong is said on stderr and told by the exit code."""
    try:
        code = conspectus.main(list(arguments), prog_name="conspectus", standalone_mode=False)
    except click.ClickException as wrong:
        _show_usage(wrong)
        return USAGE
    except ProblemsError as stopped:
        show_problems(stopped.problems)
        return PROBLEMS
    except (KeyboardInterrupt, click.Abort):
        remark("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has seen enough
        return PROBLEMS
    except OSError as refusal:  # the disk's or the network's, not ours
        remark(f"conspectus: error: {_refused(refusal)}")
        return PROBLEMS
    except Exception as mistake:  # the last resort between our mistakes and a user
        _show_mistake(mistake)
        return PROBLEMS
    return code if isinstance(code, int) else DONE


def _show_usage(wrong: click.ClickException) -> None:
    if isinstance(wrong, click.UsageError) and wrong.ctx is not None:
        click.echo(wrong.ctx.get_usage(), err=True)
    remark(f"Error: {wrong.format_message()}")


def _refused(refusal: OSError) -> str:
    place = f"{os.fsdecode(refusal.filename)}: " if refusal.filename else ""
    return f"{place}{(refusal.strerror or str(refusal)).lower()}"


def _show_mistake(mistake: Exception) -> None:
    if os.environ.get(TRACEBACK):
        for line in traceback.format_exception(mistake):
            for part in line.splitlines():
                remark(part)
        return
    frame = traceback.extract_tb(mistake.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    said = safe(f"{type(mistake).__name__}: {mistake}")[:500]
    remark(f"conspectus: internal error: {said} ({place})")
    click.echo(f"    this is not your mistake: report it with what {TRACEBACK}=1 shows", err=True)


def _write_anything(stream: TextIO) -> None:
    """Let a terminal that lacks a letter show its code instead of stopping the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
