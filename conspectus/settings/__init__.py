"""survey.yaml in; settings out, every one with a sane default: an empty file builds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from conspectus import files, styles
from conspectus.fields import Fields, Scalar, Table, decode, is_url, moved, shown, table
from conspectus.model.identifiers import slug_of
from conspectus.problems import Location, Problem, error
from conspectus.settings.mail import Mail, read_mail
from conspectus.styles import CitationStyle

__all__ = [
    "FILE",
    "KNOWN_SETTINGS",
    "Curator",
    "Mail",
    "NavigationLink",
    "Settings",
    "TextSearch",
    "Theme",
    "TopicSettings",
    "read",
    "read_text",
]

SITES_FOR_FULL_TEXT = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query={title}"),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q={title}"),
    ("Google Scholar", "https://scholar.google.com/scholar?q={title}"),
)

FILE = "survey.yaml"
COMPACT = "compact"
SIZES = ("full", COMPACT)
KNOWN_SETTINGS = (
    "id", "title", "subtitle", "description", "curator", "base_url", "language", "licence",
    "subscribe", "navigation", "topics", "theme", "metadata", "repository", "full_text_searches",
    "mail", "citation_style", "size",
)  # fmt: skip
_INSTEAD = {
    "license": "licence", "url": "base_url", "baseurl": "base_url", "site_url": "base_url",
    "author": "curator", "lang": "language", "name": "title", "tagline": "subtitle",
    "email": "subscribe", "nav": "navigation", "menu": "navigation", "repo": "repository",
    "accent": "theme", "logo": "theme", "smtp": "mail", "digest": "mail",
    "csl": "citation_style", "style": "citation_style", "compact": "size",
}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_EMAIL = re.compile(r"(?:mailto:)?([^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+)", re.I)
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_SHORT_COLOUR = 4


@dataclass(frozen=True, slots=True)
class Curator:
    """Who keeps the survey; shown as "by …"."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class TextSearch:
    """A site on which a full text is looked for by its title."""

    name: str
    url: str
    """With `{title}` where the encoded title goes."""


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A further link of the footer."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a survey may change of the look."""

    accent: str = ""
    """A colour as #rrggbb, or empty for the site's own."""
    logo: str = ""
    """A file of content/files, or empty."""


@dataclass(frozen=True, slots=True)
class TopicSettings:
    """How topics are found."""

    count: int | None = None
    """Topmost topics; None for automatic."""
    embeddings: str = ""
    """A .npy file, relative to the content folder, in place of the SVD."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that survey.yaml may say."""

    id: str = ""
    """The survey's identity, for feeds and for what readers keep; the title's slug if absent."""
    title: str = "Literature survey"
    subtitle: str = ""
    description: str = ""
    curator: Curator = Curator()
    base_url: str = ""
    """With a trailing slash, or empty."""
    language: str = "en"
    licence: str = ""
    subscribe_url: str = ""
    subscribe_email: str = ""
    navigation: tuple[NavigationLink, ...] = ()
    topics: TopicSettings = TopicSettings()
    theme: Theme = Theme()
    metadata: bool = True
    """Whether paper pages carry citation tags; compact ones do where survey.yaml says so."""
    repository: str = ""
    full_text_searches: tuple[TextSearch, ...] = tuple(
        TextSearch(name, url) for name, url in SITES_FOR_FULL_TEXT
    )
    mail: Mail = field(default_factory=Mail)
    citation_style: CitationStyle = field(default_factory=CitationStyle)
    """That of formatted references; without one, there are none."""
    is_compact: bool = False
    """Whether copies that a site of 100,000 papers cannot afford are left out (docs/scale.md)."""


def read(folder: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a content folder, and what is wrong with them; defaults without a file."""
    text, problems = _text(folder)
    if text is None:
        return _named(Settings()), tuple(moved(p, folder.as_posix()) for p in problems)
    settings, problems = read_text(text, FILE)
    missing = _missing_files(settings, folder)
    style, unusable = styles.read(settings.citation_style.name, folder, FILE)
    settings = replace(settings, citation_style=style)
    return settings, tuple(moved(p, folder.as_posix()) for p in (*problems, *missing, *unusable))


def read_text(text: str, path: str = FILE) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a survey.yaml's text."""
    found, problems = table(text, path)
    if found is None:
        return _named(Settings()), problems
    gathered = list(problems)
    fields = Fields(found, gathered)
    fields.only(KNOWN_SETTINGS, _INSTEAD)
    subscribe_url, subscribe_email = _subscribe(fields)
    default, is_compact = Settings(), _is_compact(fields)
    settings = Settings(
        id=_id(fields),
        title=fields.text("title") or default.title,
        subtitle=fields.text("subtitle"),
        description=fields.lines("description"),
        curator=_curator(fields),
        base_url=_base_url(fields),
        language=fields.language("language", default.language),
        licence=fields.text("licence"),
        subscribe_url=subscribe_url,
        subscribe_email=subscribe_email,
        navigation=tuple(_navigation(fields)),
        topics=_topics(fields),
        theme=_theme(fields),
        metadata=fields.flag("metadata", default=not is_compact),
        repository=fields.url("repository").rstrip("/"),
        full_text_searches=_searches(fields, default.full_text_searches),
        citation_style=CitationStyle(fields.inner_path("citation_style")),
        mail=read_mail(fields),
        is_compact=is_compact,
    )
    return _named(settings), tuple(gathered)


def _text(folder: Path) -> tuple[str | None, tuple[Problem, ...]]:
    content, problems = files.read(folder, FILE)
    return (None, problems) if content is None else decode(content, FILE)


def _named(settings: Settings) -> Settings:
    """With an identity: the title's slug where there is none."""
    return (
        settings
        if settings.id
        else replace(settings, id=slug_of(settings.title, otherwise="survey"))
    )


def _id(fields: Fields) -> str:
    written = fields.text("id")
    if written and not _ID.fullmatch(written):
        fields.refuse(
            "id",
            f'id: "{shown(written)}" is no identity for a survey',
            f"write it as {slug_of(written, otherwise='survey')}",
        )
        return ""
    return written


def _curator(fields: Fields) -> Curator:
    node = fields.node("curator")
    if isinstance(node, Scalar):
        return Curator(fields.text("curator"))
    curator = fields.fields("curator")
    curator.only(("name", "url"))
    return Curator(curator.text("name"), curator.url("url"))


def _base_url(fields: Fields) -> str:
    url = fields.url("base_url")
    parts = urlsplit(url)
    if parts.query or parts.fragment:
        fields.refuse(
            "base_url", "base_url has a query or a fragment", "end it with the site's path"
        )
        return ""
    return f"{url.rstrip('/')}/" if url else ""


def _subscribe(fields: Fields) -> tuple[str, str]:
    """The address of a service, and an e-mail address; a setting has one or both of them."""
    node = fields.node("subscribe")
    if isinstance(node, Table):
        both = fields.fields("subscribe")
        both.only(("url", "email"))
        return both.url("url"), _email(both, "email")
    written = fields.text("subscribe")
    if is_url(written):
        return written, ""
    return "", _email(fields, "subscribe")


def _email(fields: Fields, key: str) -> str:
    written = fields.text(key)
    match = _EMAIL.fullmatch(written)
    if written and not match:
        fields.refuse(
            key,
            f'{key}: "{shown(written)}" is neither a web nor an e-mail address',
            "write https://… or name@example.org",
        )
    return match[1] if match else ""


def _navigation(fields: Fields) -> Iterator[NavigationLink]:
    for link in _tables(fields, "navigation", "{label: Our group, url: https://…}"):
        link.only(("label", "url"), {"title": "label", "name": "label", "href": "url"})
        label, url = link.text("label"), link.url("url")
        if label and url:
            yield NavigationLink(label, url)
        elif not label or "url" not in link:
            link.problems.append(
                error(link.location, "a link needs a label and a url", "write {label: …, url: …}")
            )


def _topics(fields: Fields) -> TopicSettings:
    topics = fields.fields("topics")
    topics.only(("count", "embeddings"), {"number": "count", "k": "count"})
    is_automatic = topics.text("count") == "auto" if "count" in topics else True
    count = None if is_automatic else topics.whole("count", 1)
    return TopicSettings(count, topics.inner_path("embeddings"))


def _is_compact(fields: Fields) -> bool:
    size = fields.text("size")
    if size not in ("", *SIZES):
        fields.refuse("size", f'size: "{shown(size)}" is no size', f"write {' or '.join(SIZES)}")
    return size == COMPACT


def _theme(fields: Fields) -> Theme:
    theme = fields.fields("theme")
    theme.only(("accent", "logo"), {"color": "accent", "colour": "accent"})
    accent = theme.text("accent")
    if accent and not _COLOUR.fullmatch(accent):
        theme.refuse(
            "accent", f'accent: "{shown(accent)}" is no colour', 'write it as "#1550a8", in quotes'
        )
        accent = ""
    if len(accent) == _SHORT_COLOUR:
        accent = "#" + "".join(digit * 2 for digit in accent[1:])
    return Theme(accent.lower(), theme.inner_path("logo"))


def _searches(fields: Fields, default: tuple[TextSearch, ...]) -> tuple[TextSearch, ...]:
    if "full_text_searches" not in fields:
        return default
    node = fields.node("full_text_searches")
    if isinstance(node, Scalar) and node.text.lower() in ("no", "none", "false"):
        return ()
    return tuple(_search_sites(fields))


def _search_sites(fields: Fields) -> Iterator[TextSearch]:
    example = "{name: arXiv, url: 'https://…?query={title}'}"
    for site in _tables(fields, "full_text_searches", example):
        site.only(("name", "url"), {"label": "name"})
        name, url = site.text("name"), site.text("url")
        if name and is_url(url.replace("{title}", "x")) and "{title}" in url:
            yield TextSearch(name, url)
        else:
            site.problems.append(
                error(
                    site.location,
                    "a search needs a name and a url that holds {title}",
                    f"write {example}",
                )
            )


def _tables(fields: Fields, key: str, example: str) -> Iterator[Fields]:
    """The mappings of a list, each with its own fields."""
    for entry in fields.items(key):
        if isinstance(entry, Table):
            yield Fields(entry, fields.problems)
        else:
            fields.problems.append(
                error(entry.location, f"{key} is a list of mappings", f"write {example}")
            )


def _missing_files(settings: Settings, folder: Path) -> Iterator[Problem]:
    """Settings that name a file which is not there."""
    named = (
        ("theme.logo", f"files/{settings.theme.logo}", settings.theme.logo),
        ("topics.embeddings", settings.topics.embeddings, settings.topics.embeddings),
    )
    for setting, path, is_set in named:
        if is_set and not (folder / path).is_file():
            yield error(
                Location(FILE), f"{setting} names {path}, which is not there", "put the file there"
            )
