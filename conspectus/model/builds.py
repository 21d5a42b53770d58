"""A build: what it is asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conspectus.problems import Problem


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked to do."""

    content: Path = Path("content")
    output: Path = Path("_site")
    frozen: bool = False
    """Place new papers into existing topics only, and write neither lock nor permalinks."""
    strict: bool = False
    """Warnings stop publishing as errors do."""
    jobs: int = 1
    """Processes to work with; their number never shows in the site."""
    cluster: str = ""
    """The address of a Dask scheduler whose workers read the papers; empty for this machine."""
    explain: bool = False
    """Report each file that was rewritten, and why."""
    use_cache: bool = True
    """Use and keep what earlier builds worked out."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    papers: int
    topics: int
    """Leaf topics."""
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    """Warnings only: errors raise."""
    notes: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...] = ()
    """The site's bytes by kind of file, largest first."""
    rewritten: tuple[tuple[str, str], ...] = ()
    """Where asked for, the files that were rewritten, each with its reason."""
