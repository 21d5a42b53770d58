"""Links in; those that look dead by their form, and those that are, out."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from conspectus.checks.findings import Finding, about
from conspectus.content.papers import arxiv_of, doi_of
from conspectus.model.papers import Paper

_GONE = {
    "anonymous.4open.science": "its repositories expire after the review",
    "anonymousgithub.com": "it was for the time of the review",
    "bitbucket.org/anonymous": "it was for the time of the review",
    "codeplex.com": "it was closed in 2021",
    "github.com/anonymous": "it was for the time of the review",
    "gitorious.org": "it was closed in 2015",
    "goo.gl": "most of its short links were ended in 2025",
    "googlecode.com": "it was closed in 2016",
}
_RESERVED = ("example", "test", "invalid", "localhost", "local", "internal")
_EXAMPLES = ("example.com", "example.org", "example.net")
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:x{3,}|your[-_]?(?:user|repo)?[-_]?(?:name)?|username|tbd|todo|placeholder)(?:/|$)",
    re.IGNORECASE,
)
_CUT = ("..", "…", "%e2%80%a6", "&", "?")
_TOP_LEVEL = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{2,59}", re.IGNORECASE)
_DEAD = frozenset((404, 410))
_REMEDY = "correct it, or delete it"


def find(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Links that nobody can follow, told without asking."""
    for paper in papers:
        for url in urls(paper):
            fault = fault_of(url)
            if fault:
                said = f"the link {url} looks dead: {fault}"
                yield about(paper, "dead-link", said, _REMEDY, url)


def urls(paper: Paper) -> tuple[str, ...]:
    """The paper's addresses, each once, in the order of its page."""
    found = (paper.url, paper.pdf, *(link.url for link in paper.links))
    return tuple(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))


def fault_of(url: str) -> str:
    """Why a link cannot lead anywhere; empty where its form says nothing against it."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    whole = f"{host}{parts.path}".lower()
    for known, why in _GONE.items():
        if whole.rstrip("/") == known or whole.startswith(f"{known}/"):
            return why
    return _fault_of_host(host) or _fault_of_path(host, parts.path, url)


def _fault_of_host(host: str) -> str:
    name = host.rstrip(".")
    if name.endswith(tuple(f".{each}" for each in _EXAMPLES)) or name in _EXAMPLES:
        return "it is an example"
    if name.rpartition(".")[2] in _RESERVED:
        return "its host is no public one"
    try:
        return "" if ipaddress.ip_address(host).is_global else "its address is a local one"
    except ValueError:
        pass
    if "." not in name:
        return "the host has no ending such as .org"
    if not _TOP_LEVEL.fullmatch(name.rpartition(".")[2]):
        return f'".{name.rpartition(".")[2]}" is no ending of a host'
    return ""


def _fault_of_path(host: str, path: str, url: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if url.count("://") > 1 and "web.archive.org" not in host and re.match(r"/+https?", path):
        return "it holds two addresses"
    if url.lower().endswith(_CUT) or (path.endswith("-") and url.endswith("-")):
        return "it is cut off"
    if _PLACEHOLDER.search(path):
        return "it holds a placeholder"
    if host in ("github.com", "gitlab.com", "huggingface.co") and not segments:
        return "it names no repository"
    if host == "doi.org" and not doi_of(url):
        return "it holds no DOI"
    if host == "arxiv.org" and segments[:1] in (["abs"], ["pdf"]) and not arxiv_of(_bare(url)):
        return "it holds no arXiv identifier"
    return ""


def _bare(url: str) -> str:
    return url.partition("?")[0].partition("#")[0].rstrip("/")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the answers to links say."""

    findings: tuple[Finding, ...]
    alive: frozenset[str]
    """Addresses that answered with a page, whatever their form says."""
    silent: int
    """Addresses whose hosts gave no answer that says anything."""


def judge(papers: Sequence[Paper], answers: Mapping[str, int | str]) -> Judged:
    """Which of the papers' links are gone, by what their hosts answered.

    An answer is a status, or the reason why there is none; an empty reason says nothing about the
    link. A link without an answer was not asked.
    """
    found: list[Finding] = []
    for paper in papers:
        for url in urls(paper):
            said = _dead(answers.get(url, ""))
            if said:
                message = f"the link {url} is dead: {said}"
                found.append(about(paper, "dead-link", message, _REMEDY, url))
    alive = (url for url, answer in answers.items() if isinstance(answer, int) and answer < 400)
    return Judged(tuple(found), frozenset(alive), sum(map(_says_nothing, answers.values())))


def _says_nothing(answer: int | str) -> bool:
    """Whether a host refused to answer, rather than that the page is gone."""
    if isinstance(answer, str):
        return not answer
    return answer >= 400 and answer not in _DEAD


def _dead(answer: int | str) -> str:
    if isinstance(answer, str):
        return answer
    return f"its host answers {answer}" if answer in _DEAD else ""
