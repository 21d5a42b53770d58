"""The repository keeps its promises: its commands exist, its documents lead somewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.support.building import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = frozenset(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_in_a_document_exists(document: Path) -> None:
    named = re.findall(r"\bmake ([a-z]+)\b", _code(document))

    assert set(named) - TARGETS == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_in_a_document_leads_somewhere(document: Path) -> None:
    broken = [target for target in _links(document) if not _leads_somewhere(document, target)]

    assert broken == []


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make site" in readme
    assert "make test" in readme


def test_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    odd = [x for x in lines if not x.startswith("#") and not re.fullmatch(r"[\w.-]+==[\w.]+", x)]
    assert odd == []


def test_every_dependency_is_pinned_for_development() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *pyproject["build-system"]["requires"],
        *pyproject["project"]["dependencies"],
        *chain.from_iterable(pyproject["project"]["optional-dependencies"].values()),
    ]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert {_name(one) for one in asked} - {_name(one) for one in pinned} == set()


def _code(document: Path) -> str:
    """What stands in code spans and code blocks: prose may say that one makes a site."""
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    return "\n".join(
        token.content
        for token in (*tokens, *inline)
        if token.type in {"fence", "code_block", "code_inline"}
    )


def _links(document: Path) -> Iterator[str]:
    for token in MarkdownIt().parse(document.read_text(encoding="utf-8")):
        for child in token.children or []:
            target = child.attrs.get("href") or child.attrs.get("src")
            if target:
                yield str(target)


def _leads_somewhere(document: Path, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return parts.scheme in {"https", "mailto"}
    file = document.parent / unquote(parts.path) if parts.path else document
    if not file.exists():
        return False
    return not parts.fragment or parts.fragment in _anchors(file)


def _anchors(document: Path) -> set[str]:
    """A heading's anchor as the usual hosts make it."""
    tokens = MarkdownIt().parse(document.read_text(encoding="utf-8"))
    headings = [tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in headings}


def _name(requirement: str) -> str:
    """The package that a requirement is about, spelled as registries compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()
