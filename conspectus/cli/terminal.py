"""What the command says: text from anywhere in; lines that no terminal obeys out."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from conspectus.problems import Location, Problem

_SHOWN_AS_CODES = {"Cc", "Cs", "Zl", "Zp"}
"""Controls (terminal escapes among them), broken bytes, and breaks that forge a line."""
_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""They reorder what stands around them."""


def safe(text: str) -> str:
    """`text` as one line in which nothing but its letters reaches the terminal."""
    return "".join(_escaped(character) for character in text)


def say(text: str) -> None:
    """A line of result, on stdout."""
    click.echo(safe(text))


def remark(text: str) -> None:
    """A line about the work, on stderr."""
    click.echo(safe(text), err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """All problems, sorted, each with its remedy indented; then how many."""
    ordered = sorted(problems)
    for problem in ordered:
        place = Location(_shown_path(problem.location.path), *_line_and_column(problem))
        remark(f"{place}: {problem.severity}: {problem.message}")
        click.echo(f"    {safe(problem.remedy)}", err=True)
    if ordered:
        remark(tally(ordered))


def tally(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`."""
    errors = sum(problem.is_error for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(counted(number, noun) for number, noun in counts if number) or "no problems"


def weighed(sizes: Sequence[tuple[str, int]]) -> str:
    """`38.2 MB: papers 16.0, exports 10.7, …`: what a site weighs, by kind of file.

    Kinds of which there is next to nothing are left out.
    """
    told = [(kind, f"{size / 1e6:.1f}") for kind, size in sizes]
    kinds = ", ".join(f"{kind} {size}" for kind, size in told if size != "0.0")
    return f"{sum(size for _, size in sizes) / 1e6:.1f} MB: {kinds}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 paper`, `2 papers`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """A sign of life while something runs, where a person watches; else nothing."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # a tenth of a second that pipes need not pay
    from rich.text import Text

    with Console(stderr=True).status(Text(safe(doing))):
        yield


def _escaped(character: str) -> str:
    if character in _BIDIRECTIONAL or unicodedata.category(character) in _SHOWN_AS_CODES:
        return character.encode("unicode_escape", "surrogatepass").decode()
    return character


def _line_and_column(problem: Problem) -> tuple[int, int]:
    return problem.location.line, problem.location.column


def _shown_path(path: str) -> str:
    """Relative to the folder where the user stands, if it is below."""
    here, there = Path.cwd(), Path(path)
    return there.relative_to(here).as_posix() if there.is_relative_to(here) else path
