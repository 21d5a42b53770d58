"""One page and its view in; its HTML, or the word that it stands already, out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment

from conspectus.model.site import Made, Output, Page, Redirect, Standing
from conspectus.rendering.accent import accent_stylesheet, fitted
from conspectus.rendering.environment import environment
from conspectus.rendering.wordscript import words_scripts
from conspectus.siteplan import urls
from conspectus.siteplan.social import card_of
from conspectus.siteplan.tools import MISSING_PERMALINK
from conspectus.siteplan.views import Frame
from conspectus.words import words


@dataclass(slots=True)
class Studio:
    """Everything that pages are rendered with; templates are compiled once for all of them."""

    templates: tuple[tuple[str, str], ...]
    assets: Mapping[str, str]
    frame: object
    own: Mapping[str, str]
    """The paths of the templates that are the survey's."""
    _env: Environment = field(init=False)
    _frame: Frame = field(init=False)
    _key: bytes = field(init=False)

    def __post_init__(self) -> None:
        assert isinstance(self.frame, Frame)
        self._frame = self.frame
        scripts = [output.path for output in words_scripts(words(self._frame.language))]
        accent = next((each.path for each in self.common() if each.path not in scripts), "")
        self._env = environment(self.templates, self.assets, self._frame, scripts, accent, self.own)
        assets = sorted(self.assets.items())
        self._key = _hash((self.templates, assets, self._frame, scripts, accent))

    def __reduce__(self) -> tuple[object, ...]:
        """Another machine compiles the templates itself."""
        return Studio, (self.templates, self.assets, self.frame, self.own)

    def prepare(self, kinds: Iterable[str]) -> None:
        """Compile what these kinds of page need, before the work is shared out."""
        names = {name for name, _ in self.templates}
        for name in sorted({"parts.html", *map(self._template_of, kinds)} & names):
            self._env.get_template(name)

    def common(self) -> Iterator[Output]:
        """The files that follow from the settings alone: the words, the survey's own accent."""
        yield from words_scripts(words(self._frame.language))
        if self._frame.accent:
            yield accent_stylesheet(fitted(self._frame.accent))

    def page(self, page: Page, standing: bytes) -> Made:
        """The page's file, unless its key is that of the one that stands."""
        view = page.view
        key = self._key_of(page, view)
        if key == standing:
            return Standing(page.permalink)
        root, template = urls.root_of(page.permalink), self._template_of(page.kind)
        link = urls.linker(page.permalink)
        if page.permalink == MISSING_PERMALINK:
            # A host serves it at any depth, so its links cannot be relative.
            root = urlsplit(self._frame.base_url).path
            link = urls.Linker(root)
            template = template if self._frame.base_url else "missing-plain.html"
        text = self._env.get_template(template).render(
            page=page,
            view=view,
            root=root,
            url=link,
            canonical=urls.absolute(self._frame.base_url, page.permalink),
            card=urls.absolute(self._frame.base_url, card_of(view, self._frame.size)),
        )
        return Output(page.permalink, text.encode(), key)

    def redirect(self, redirect: Redirect, title: str) -> Output:
        """The page that leads on; `title` is that of the page it leads to."""
        root = urls.root_of(redirect.permalink)
        text = self._env.get_template("redirect.html").render(
            target=redirect.target,
            title=title,
            url=urls.Linker(root),
            canonical=urls.absolute(self._frame.base_url, redirect.target),
        )
        return Output(redirect.permalink, text.encode())

    def _template_of(self, kind: str) -> str:
        is_lean = kind == "paper" and self._frame.size.is_lean
        return "paper-lean.html" if is_lean else f"{kind}.html"

    def _key_of(self, page: Page, view: object) -> bytes:
        said = (page.permalink, page.kind, page.title, page.description, page.is_indexed)
        return _hash((self._key, said, view))


def _hash(value: object) -> bytes:
    """A hash of the value alone: equal ones have the same, however they came about."""
    try:
        body = _ENCODER.encode(value)
    except (UnicodeEncodeError, OverflowError):  # half a character, a number beyond 64 bits
        body = repr(value).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(body, digest_size=16).digest()


def _plain(value: object) -> str:
    """Markup is a text like others."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"a view holds a {type(value).__name__}, which has no hash")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)
