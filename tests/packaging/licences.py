"""The licences of what is installed with Conspectus, for docs/security.md.

python -m tests.packaging.licences
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata

from tests.support.building import ROOT

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- the licences begin -->\n", "<!-- the licences end -->\n"


def table() -> str:
    """A row for each distribution that running needs, with what it needs in turn."""
    rows = [f"| {name} | {licence} |\n" for name, licence in sorted(licences().items())]
    return "".join(["| distribution | licence, as it says itself |\n", "| --- | --- |\n", *rows])


def licences() -> dict[str, str]:
    """By name, of everything that this machine has installed for running."""
    found: dict[str, str] = {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = _names(project["dependencies"])
    while waiting:
        name = waiting.pop()
        if name not in found:
            try:
                found[name] = _licence(metadata.metadata(name))
            except metadata.PackageNotFoundError:  # needed on other systems only
                continue
            waiting += _names(metadata.requires(name) or ())
    return found


def _names(needs: Iterable[str]) -> list[str]:
    wanted = [need for need in needs if "extra ==" not in need]
    names = (re.match(r"[A-Za-z0-9._-]+", need) for need in wanted)
    return [re.sub(r"[-_.]+", "-", match[0]).lower() for match in names if match]


def _licence(said: metadata.PackageMetadata) -> str:
    classified = [
        c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if "License" in c
    ]
    written = (said.get("License") or "").partition("\n")[0]
    return said.get("License-Expression") or ", ".join(classified) or written or "not said"


def main() -> int:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
