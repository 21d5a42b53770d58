"""A copy of this process that died in; what is said of it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conspectus.problems import Location, ProblemsError, error

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess


def lost(process: ForkProcess) -> ProblemsError:
    """The error that its work is lost, and how it ended."""
    process.join(1)
    code = process.exitcode or 0
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    problem = error(
        Location("--jobs"),
        f"a working process {how}, and its work is lost; the site is as it was",
        "build again; where memory is short, with --jobs 1",
    )
    return ProblemsError([problem])
