"""content/files in; the files that are copied to the site's root out."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from conspectus.content.folder import walk
from conspectus.content.pages import SITE_NAMES
from conspectus.model.papers import ExtraFile
from conspectus.problems import Location, Problem, error

_SITE_FILES = frozenset(
    (".nojekyll", "robots.txt", "sitemap.xml", "opensearch.xml", "404.html", "about.html")
)


def read_files(
    folder: Path, pages: Collection[str] = ()
) -> tuple[tuple[ExtraFile, ...], tuple[Problem, ...]]:
    """The extra files, sorted by permalink; `pages` are the slugs of the curator's own pages."""
    found = walk(folder, "files", keeps_hidden=True)
    files: list[ExtraFile] = []
    problems = list(found.problems)
    for file in found.files:
        permalink = file.path.removeprefix("files/")
        if _is_taken(permalink, pages):
            problems.append(
                error(
                    Location(file.path),
                    "the site writes a file of its own at this place",
                    f"move it, for instance to files/extra/{permalink.rsplit('/', 1)[-1]}",
                )
            )
        else:
            files.append(ExtraFile(permalink, str(file.source), file.size, file.modified))
    return tuple(files), tuple(problems)


def _is_taken(permalink: str, pages: Collection[str]) -> bool:
    first, _, rest = permalink.lower().partition("/")
    if rest:
        return first in SITE_NAMES
    stem = first.removesuffix(".html")
    is_page = first.endswith(".html") and (stem in SITE_NAMES or stem in pages)
    return first in _SITE_FILES or is_page or first.startswith(".conspectus")
