"""The site plan in; finished HTML files out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from conspectus.model.site import Made, Page, Redirect, Site
from conspectus.rendering import faults
from conspectus.rendering.scripts import JOINT, joint_scripts
from conspectus.rendering.studio import Studio
from conspectus.workers import Task, chunks

__all__ = ["JOINT", "Studio", "joint_scripts", "outputs", "studio_for", "tasks"]

_NO_KEYS: Mapping[str, bytes] = MappingProxyType({})
_NO_PATHS: Mapping[str, str] = MappingProxyType({})


def outputs(
    site: Site,
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    own: Mapping[str, str] = _NO_PATHS,
) -> Iterator[Made]:
    """Every page and redirect, one at a time, in the order of their permalinks.

    `templates` are names with their sources; `assets` maps the name of a browser file, such as
    `css/site.css`, to its permalink. `own` has the paths of the templates that are the survey's:
    what they get wrong raises `ProblemsError` with their line.
    """
    for task in tasks(site, templates, assets, own):
        yield from task()


def tasks(
    site: Site,
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    own: Mapping[str, str] = _NO_PATHS,
    standing: Mapping[str, bytes] = _NO_KEYS,
) -> list[Task[Made]]:
    """The same in parts that can be made side by side.

    `standing` tells the keys of the pages that stand: a page that has the same is left alone.
    """
    studio = studio_for(site, templates, assets, own)
    targets = {redirect.target for redirect in site.redirects}
    titles = {page.permalink: page.title for page in site.pages if page.permalink in targets}
    return [
        studio.common,
        *(partial(_pages, studio, chunk, standing) for chunk in chunks(site.pages)),
        partial(_redirects, studio, site.redirects, titles),
    ]


def studio_for(
    site: Site,
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    own: Mapping[str, str] = _NO_PATHS,
) -> Studio:
    """Where the site's pages are drawn, its templates compiled."""
    with faults.told(own):
        studio = Studio(templates, dict(assets), site.frame, dict(own))
        studio.prepare({page.kind for page in site.pages})
    return studio


def _pages(studio: Studio, pages: Sequence[Page], standing: Mapping[str, bytes]) -> Iterator[Made]:
    with faults.told(studio.own):
        for page in pages:
            yield studio.page(page, standing.get(page.permalink, b""))


def _redirects(
    studio: Studio, redirects: Sequence[Redirect], titles: Mapping[str, str]
) -> Iterator[Made]:
    with faults.told(studio.own):
        for redirect in redirects:
            yield studio.redirect(redirect, titles[redirect.target])
