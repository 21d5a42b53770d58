"""The site plan in; finished HTML files out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from conspectus.model.site import Output, Page, Redirect, Site
from conspectus.rendering import faults
from conspectus.rendering.accent import accent_stylesheet, fitted
from conspectus.rendering.environment import Environment, environment
from conspectus.rendering.wordscript import words_script
from conspectus.siteplan import urls
from conspectus.siteplan.social import card_of
from conspectus.siteplan.tools import MISSING_PERMALINK
from conspectus.siteplan.views import Frame
from conspectus.words import words


def outputs(
    site: Site,
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    own: Mapping[str, str] | None = None,
) -> Iterator[Output]:
    """Every page and redirect, one at a time, in the order of their permalinks.

    `templates` are names with their sources; `assets` maps the name of a browser file, such as
    `css/site.css`, to its permalink. `own` has the paths of the templates that are the survey's:
    what they get wrong raises `ProblemsError` with their line.
    """
    with faults.told(own or {}):
        yield from _outputs(site, templates, assets, own or {})


def _outputs(
    site: Site,
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    own: Mapping[str, str],
) -> Iterator[Output]:
    frame = site.frame
    assert isinstance(frame, Frame)
    script = words_script(words(frame.language))
    accent = accent_stylesheet(fitted(frame.accent)) if frame.accent else None
    env = environment(templates, assets, frame, script.path, accent.path if accent else "", own)
    yield script
    if accent:
        yield accent
    titles = {page.permalink: page.title for page in site.pages}
    for page in site.pages:
        yield _page(page, env, frame)
    for redirect in site.redirects:
        yield _redirect(redirect, titles[redirect.target], env, frame)


def _page(page: Page, env: Environment, frame: Frame) -> Output:
    root, template = urls.root_of(page.permalink), f"{page.kind}.html"
    if page.permalink == MISSING_PERMALINK:
        # A host serves it at any depth, so its links cannot be relative.
        root = urlsplit(frame.base_url).path
        template = template if frame.base_url else "missing-plain.html"
    text = env.get_template(template).render(
        page=page,
        view=page.view,
        root=root,
        url=urls.Linker(root),
        canonical=urls.absolute(frame.base_url, page.permalink),
        card=urls.absolute(frame.base_url, card_of(page)),
    )
    return Output(page.permalink, text.encode())


def _redirect(redirect: Redirect, title: str, env: Environment, frame: Frame) -> Output:
    root = urls.root_of(redirect.permalink)
    text = env.get_template("redirect.html").render(
        target=redirect.target,
        title=title,
        url=urls.Linker(root),
        canonical=urls.absolute(frame.base_url, redirect.target),
    )
    return Output(redirect.permalink, text.encode())
