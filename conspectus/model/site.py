"""The site as it will stand: its pages, its redirects, and finished files."""

from __future__ import annotations

from collections.abc import Callable
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
    make: Callable[[], object]
    """Makes the view. Most views are made when their page is rendered, so that no process holds a
    whole site."""
    is_indexed: bool = True
    """Whether sitemaps and search engines should know it."""

    @property
    def view(self) -> object:
        """What the template shows: a frozen dataclass of siteplan.views, of the kind's own type."""
        return self.make()


@dataclass(frozen=True, slots=True)
class Given:
    """Makes a view that is made already."""

    view: object

    def __call__(self) -> object:
        """The view."""
        return self.view


@dataclass(frozen=True, slots=True)
class Redirect:
    """A former permalink and where it leads."""

    permalink: str
    target: str


@dataclass(frozen=True, slots=True)
class CardMark:
    """One mark of the lattice on a social card: a paper's shape, or the dot of a crowded cell."""

    x: int
    """Pixels from the card's left edge to the mark's centre."""
    y: int
    colour: int
    """1 to 12; 0 for what does not belong to the card's topic."""
    shape: int
    """1 to 8; 0 for a dot."""
    size: int
    """Pixels across."""


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The picture that is shown where a page's address is passed on: 1200 by 630 pixels."""

    permalink: str
    above: str
    """What the heading belongs to, or empty."""
    heading: str
    colour: int
    """1 to 12: that of the line under the heading; 0 for no line."""
    below: str
    strokes: tuple[int, ...]
    """Pixels from the first stroke's left edge to that of each."""
    marks: tuple[CardMark, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Every page and redirect, sorted by permalink; permalinks are unique."""

    pages: tuple[Page, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    cards: tuple[SocialCard, ...] = ()
    """Sorted by permalink; none where the survey's address is not known."""
    frame: object = None
    """What stands around every page: a `siteplan.views.Frame`."""


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file."""

    path: str
    """From the site's root, with forward slashes."""
    body: bytes
    key: bytes = b""
    """For a page, a hash of all that it shows."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A file that need not be made again: the site that stands holds it as it would be."""

    path: str
    """From the site's root, with forward slashes."""


Made = Output | Standing
