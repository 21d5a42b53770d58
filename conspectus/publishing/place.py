"""Names on disk: the site's folder, what lies beside it while it is replaced, paths within it."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

MARK = ".conspectus-site"
"""The file in a site's folder that says that the folder is ours, and lists what it holds."""

_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site stands. All neighbours are siblings: a rename must not cross file systems."""

    output: Path
    """Absolute; its last part is not resolved, so that a symbolic link is seen as one."""
    named: str
    """The folder as the user typed it, for messages."""

    @property
    def mark(self) -> Path:
        """The mark of ownership."""
        return self.output / MARK

    @property
    def staging(self) -> Path:
        """The site in the making; after the exchange, the old site on its way out."""
        return self._beside("staging")

    @property
    def retired(self) -> Path:
        """The old site, where the exchange takes two renames."""
        return self._beside("retired")

    @property
    def journal(self) -> Path:
        """Stands while the exchange is between its two renames."""
        return self._beside("journal")

    @property
    def lock(self) -> Path:
        """Held by the one program that publishes here."""
        return self._beside("lock")

    def _beside(self, role: str) -> Path:
        return self.output.with_name(f".{self.output.name}.conspectus-{role}")


def place(output: Path) -> Place:
    """The place of a site that the user named `output`."""
    absolute = Path(os.path.abspath(output))  # noqa: PTH100 - resolve() would follow a link
    return Place(absolute, output.as_posix())


def flaw(path: str) -> str:
    """What keeps `path` from naming a file within a site, or nothing.

    The rules are those of every system that a site may be unpacked on, not of this one alone.
    """
    if not path or path.startswith("/") or _DRIVE.match(path):
        return "is not relative"
    if "\\" in path:
        return "holds a backslash"
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in path):
        return "holds a control character or bytes that are not UTF-8"
    if any(part in {"", ".", ".."} for part in path.split("/")):
        return "leaves the site or has an empty part"
    if path == MARK or path.startswith(f"{MARK}/"):
        return "is the name of the mark of ownership"
    return ""
