"""Text in; the links it names out, cleaned of the punctuation around them and given a kind."""

from __future__ import annotations

import re
import sys
from urllib.parse import SplitResult, urlsplit

from conspectus.model.papers import Link, LinkKind

BARE = re.compile(r"https?://(?:[\w%#&'()*+,\-./:;=?@~!]|\\[!-/:-@[-`{-~])+", re.ASCII | re.I)
"""A URL in running text; a Markdown escape inside it counts as the character it stands for."""

_ESCAPE = re.compile(r"\\([!-/:-@[-`{-~])")
_TRAILING = ".,;:!?'*_~&"
_SAFE = re.compile(r"https?://[^\s/?#@\\%]+(?:[/?#][^\s\\]*)?\Z|mailto:[^\s@\\]+@[^\s@\\]+\Z", re.I)

_CODE_HOSTS = (
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht", "gitee.com",
    "sourceforge.net", "pypi.org", "cran.r-project.org", "anonymous.4open.science",
    "gist.github.com",
)  # fmt: skip
_DATASET_HOSTS = (
    "zenodo.org", "figshare.com", "datadryad.org", "dataverse.harvard.edu", "data.mendeley.com",
    "openml.org", "physionet.org",
)  # fmt: skip
_DEMO_HOSTS = ("colab.research.google.com", "hf.space", "streamlit.app", "gradio.live")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com")
_SLIDE_HOSTS = ("slideshare.net", "speakerdeck.com", "docs.google.com/presentation")
_PROJECT_HOSTS = ("github.io", "gitlab.io", "sites.google.com", "netlify.app", "pages.dev")
_PAPER_HOSTS = (
    "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "aclweb.org",
    "semanticscholar.org", "biorxiv.org", "medrxiv.org", "proceedings.mlr.press",
    "papers.nips.cc", "openaccess.thecvf.com", "ncbi.nlm.nih.gov",
)  # fmt: skip
_BY_HOST: tuple[tuple[LinkKind, tuple[str, ...]], ...] = (
    ("code", _CODE_HOSTS),
    ("dataset", _DATASET_HOSTS),
    ("demo", _DEMO_HOSTS),
    ("video", _VIDEO_HOSTS),
    ("slides", _SLIDE_HOSTS),
    ("project", _PROJECT_HOSTS),
    ("paper", _PAPER_HOSTS),
)
_WORDS_BEFORE: tuple[tuple[LinkKind, str], ...] = (
    ("project", r"project"),
    ("dataset", r"data ?sets?|data|benchmarks?|corpus"),
    ("demo", r"demos?|playground"),
    ("code", r"code|source|implementations?|repository|repo|package|library|software"),
    ("model", r"models?|weights|checkpoints?"),
    ("slides", r"slides|presentation"),
    ("video", r"videos?"),
)
_BY_CONTEXT = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS_BEFORE
)
_PROJECT_PAGE = re.compile(r"\b(?:project|home)[ -]?(?:web)?(?:page|site)s?\b", re.IGNORECASE)
CONTEXT = 80
"""Characters before a URL that may say what it leads to."""


def find(text: str) -> tuple[Link, ...]:
    """The links that plain text names, in order, without repeats."""
    found: dict[str, Link] = {}
    for match in BARE.finditer(text):
        url = clean(match[0])
        if is_safe(url) and url not in found:
            found[url] = Link(kind_of(url, text[: match.start()]), url)
    return tuple(found.values())


def matched(source: str, start: int, end: int = sys.maxsize) -> tuple[str, str]:
    """The bare URL at `start` as it stands there and as it reads; empty where there is none."""
    match = BARE.match(source, start, end)
    if match is None:
        return "", ""
    written = clean(match[0])
    url = _ESCAPE.sub(r"\1", written)
    return (written, url) if is_safe(url) else ("", "")


def clean(url: str) -> str:
    """Without trailing punctuation; a closing parenthesis stays where the URL opens it."""
    surplus = url.count(")") - url.count("(")
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last == "(":
            surplus += 1
        elif last not in _TRAILING:
            break
        end -= 1
        if end and url[end - 1] == "\\":
            end -= 1
    return url[:end]


def is_safe(url: str) -> bool:
    """Whether a link may lead there: http, https or mailto, and nothing hidden in the host."""
    if not _SAFE.match(url):
        return False
    parts = _split(url)
    return parts is not None and (parts.scheme == "mailto" or bool(parts.hostname))


def kind_of(url: str, context: str = "") -> LinkKind:
    """What a URL leads to, by its host and path; by the words before it where those are silent."""
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https"):
        return "link"
    host = (parts.hostname or "").removeprefix("www.")
    if host in ("huggingface.co", "hf.co"):
        return _hugging_face(parts.path)
    if host == "kaggle.com":
        return "dataset" if parts.path.startswith("/datasets") else _by_context(context)
    if host == "github.com" and not parts.path.strip("/"):
        return "link"
    for kind, hosts in _BY_HOST:
        if any(_is_under(host, parts.path, known) for known in hosts):
            return kind
    return _by_context(context)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises where the port is not a number)
    except ValueError:
        return None
    return parts


def _is_under(host: str, path: str, known: str) -> bool:
    known_host, _, known_path = known.partition("/")
    is_host = host == known_host or host.endswith("." + known_host)
    return is_host and path.startswith("/" + known_path)


def _hugging_face(path: str) -> LinkKind:
    first, *rest = path.strip("/").split("/")
    if first in ("datasets", "spaces", "papers"):
        kinds: dict[str, LinkKind] = {"datasets": "dataset", "spaces": "demo", "papers": "paper"}
        return kinds[first]
    return "model" if rest and first not in ("blog", "docs", "collections") else "link"


def _by_context(context: str) -> LinkKind:
    """By the last sentence or so before the URL: "project page" anywhere, else the word nearest."""
    near = context[-CONTEXT:]
    if _PROJECT_PAGE.search(near):
        return "project"
    best: tuple[int, LinkKind] = (-1, "link")
    for kind, pattern in _BY_CONTEXT:
        for match in pattern.finditer(near):
            best = max(best, (match.end(), kind), key=lambda pair: pair[0])
    return best[1]
