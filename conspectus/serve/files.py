"""A path that a browser asks for in; a file of the site, and never another, out."""

from __future__ import annotations

import mimetypes
from pathlib import Path

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".bib": "text/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ics": "text/calendar; charset=utf-8",
}
# Only what Python brings along: the system's tables differ between machines.
_FURTHER = mimetypes.MimeTypes()


def find(site: Path, url_path: str) -> Path | None:
    """The file or folder that the decoded path of a URL names, or None.

    What is decoded once already is not decoded again; links are followed only within the site.
    """
    parts = url_path.removeprefix("/").split("/")
    if parts[-1] == "":
        parts[-1] = "index.html"
    if not url_path.startswith("/") or not all(_is_plain(part) for part in parts):
        return None
    try:
        root = site.resolve(strict=True)
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_relative_to(root) else None


def content_type(name: str) -> str:
    """What the preview says that a file is."""
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or _FURTHER.guess_type(name)[0] or "application/octet-stream"


def _is_plain(part: str) -> bool:
    return part not in {"", ".", ".."} and not any(c in part for c in "\\:\0")
