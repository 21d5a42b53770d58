"""One survey of hostile texts, built once for all tests here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from filelock import FileLock

from tests.browser.conftest import browser, complaints, open_page
from tests.hostile import surveys
from tests.hostile.payloads import ALL, ONE_OF_EACH, Payload
from tests.support.building import conspectus
from tests.support.depth import IS_FULL

__all__ = ["browser", "complaints", "open_page"]

REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
PAYLOADS = ALL if IS_FULL else ONE_OF_EACH


@dataclass(frozen=True, slots=True)
class Hostile:
    """The survey, built."""

    folder: Path
    papers: Mapping[str, Payload]
    """By id, what each paper carries."""

    @property
    def site(self) -> Path:
        return self.folder / "_site"

    @property
    def said(self) -> str:
        """What the builds printed."""
        return (self.folder / "said.txt").read_text(encoding="utf-8")

    def pages(self) -> list[Path]:
        """All but those that lead on at once."""
        redirects = self.redirects()
        return [path for path in self._html() if path not in redirects]

    def redirects(self) -> dict[Path, Path]:
        """Pages that lead on, since a text named them as an alias, and where to."""
        found = ((path, REFRESH.search(path.read_text(encoding="utf-8"))) for path in self._html())
        return {path: (path.parent / unquote(to[1])).resolve() for path, to in found if to}

    def _html(self) -> list[Path]:
        return sorted(self.site.rglob("*.html"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    base = tmp_path_factory.getbasetemp()
    base = base.parent if base.name.startswith("popen-") else base
    folder = base / "hostile"
    with FileLock(base / "hostile.lock"):
        if not (folder / "said.txt").exists():
            _build(folder)
    return Hostile(folder, surveys.papers_of(PAYLOADS))


def _build(folder: Path) -> None:
    """Twice, since topics must be there before they can be named."""
    surveys.write(folder, PAYLOADS)
    first = conspectus("build", cwd=folder)
    assert first.returncode == 0, first.stderr
    found = json.loads((folder / "_site" / "data" / "topics.json").read_text(encoding="utf-8"))
    surveys.decide(folder, [topic["id"] for topic in found["topics"]], PAYLOADS)
    again = conspectus("build", cwd=folder)
    assert again.returncode == 0, again.stderr
    said = first.stderr + again.stderr + again.stdout
    (folder / "said.txt").write_text(said, encoding="utf-8")
