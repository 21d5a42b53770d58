"""The site as it will stand: its pages, its redirects, and finished files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page, with everything that its template shows."""

    permalink: str
    """From the site's root, without a leading slash: `papers/x.html`."""
    kind: str
    """Names the template: `paper` is rendered by `paper.html`."""
    title: str
    """Plain text, for the title element."""
    description: str
    """Plain text, for machine readers; may be empty."""
    view: object
    """A frozen dataclass of siteplan.views, of the kind's own type."""
    is_indexed: bool = True
    """Whether sitemaps and search engines should know it."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A former permalink and where it leads."""

    permalink: str
    target: str


@dataclass(frozen=True, slots=True)
class Site:
    """Every page and redirect, sorted by permalink; permalinks are unique."""

    pages: tuple[Page, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    frame: object = None
    """What stands around every page: a `siteplan.views.Frame`."""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file."""

    path: str
    """From the site's root, with forward slashes."""
    body: bytes
