"""A paper's file in; the paper and its located problems out.

`read_paper` is a pure function of one file's text and path, so that papers can be read side by side
and their readings be kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conspectus import prose
from conspectus.content import authors, debris
from conspectus.content.text import Parted, part, prose_problems
from conspectus.fields import Fields, Items, Node, Scalar, Table, is_url, nearest, shown, table
from conspectus.model.identifiers import fault_of_id
from conspectus.model.papers import EMPTY_PROSE, LINK_KINDS, Link, LinkKind, Paper, Prose
from conspectus.problems import Location, Problem, error, warning
from conspectus.prose import links
from conspectus.words import Words

KNOWN_FIELDS = (
    "title", "authors", "published", "listed", "position", "venue", "added", "doi", "arxiv", "url",
    "pdf", "links", "citekey", "aliases", "csl", "keywords", "language", "upvotes", "attributes",
    "sources", "draft",
)  # fmt: skip
_INSTEAD = {
    "author": "authors", "year": "published", "date": "published", "issued": "published",
    "journal": "venue", "booktitle": "venue", "conference": "venue", "tags": "keywords",
    "keyword": "keywords", "eprint": "arxiv", "link": "links", "alias": "aliases", "key": "citekey",
    "lang": "language", "code": "links", "homepage": "url", "likes": "upvotes", "orcid": "authors",
}  # fmt: skip
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.I
)
_ARXIV = re.compile(
    r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)?"
    r"([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]+)?)(?:\.pdf)?",
    re.IGNORECASE,
)
_CITEKEY = re.compile(r"[^\s{}(),=#%~\"'\\]+")
_NOTES = "## Notes"


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper's file, read."""

    paper: Paper | None
    """None where an error keeps it from being one."""
    is_draft: bool
    problems: tuple[Problem, ...]


def read_paper(
    text: str, path: str, interface: Words | None = None
) -> tuple[Paper | None, tuple[Problem, ...]]:
    """The paper of a file, or None for a draft or a broken one, and what is wrong with it.

    `path` is the file's below the content folder; the problems' places use it as it is given.
    """
    found = read_any(text, path, interface)
    return (None, ()) if found.is_draft else (found.paper, found.problems)


def read_any(text: str, path: str, interface: Words | None = None) -> ReadPaper:
    """The same with drafts, which a survey leaves out but an import must know."""
    parted, problems = part(text, path)
    if parted is None:
        return ReadPaper(None, False, problems)
    found, yaml_problems = table(parted.front, path, parted.front_line)
    if found is None:
        return ReadPaper(None, False, yaml_problems)
    gathered = list(yaml_problems)
    fields = Fields(found, gathered)
    is_draft = fields.flag("draft", default=False)
    paper = _paper(fields, parted, path, interface)
    is_broken = any(problem.is_error for problem in gathered)
    return ReadPaper(None if is_broken else paper, is_draft, tuple(gathered))


def id_of(path: str) -> str:
    """A paper's id by its file below the content folder."""
    return path.removeprefix("papers/").removesuffix(".md")


def doi_of(text: str) -> str:
    """A DOI without its resolver, in lower case, or empty where it is none."""
    match = _DOI.fullmatch(text)
    return match[1].lower() if match else ""


def arxiv_of(text: str) -> str:
    """An arXiv identifier without its address, or empty where it is none."""
    match = _ARXIV.fullmatch(text)
    return match[1] if match else ""


def _paper(fields: Fields, parted: Parted, path: str, interface: Words | None) -> Paper:
    fields.only(KNOWN_FIELDS, _INSTEAD)
    title, as_shown = _title(fields, path)
    abstract, notes = _body(parted, path, fields.problems, interface)
    if not abstract.text:
        fields.problems.append(
            warning(
                Location(path, parted.body_line),
                "no abstract",
                'write it below the line "---" that ends the front matter',
            )
        )
    own = _links(fields)
    return Paper(
        id=id_of(path),
        path=path,
        title=title,
        title_text=as_shown.text,
        title_html=as_shown.html,
        abstract=abstract,
        notes=notes,
        authors=authors.read(fields),
        published=fields.partial_date("published"),
        listed=fields.date("listed"),
        position=fields.whole("position", 1),
        venue=fields.text("venue"),
        added=fields.date("added"),
        doi=_identifier(fields, "doi", doi_of, "10.1000/x"),
        arxiv=_identifier(fields, "arxiv", arxiv_of, "2502.12152"),
        url=fields.url("url"),
        pdf=fields.url("pdf"),
        links=_without_repeats((*own, *abstract.links)),
        citekey=_citekey(fields),
        aliases=_aliases(fields),
        csl=_csl(fields),
        keywords=fields.texts("keywords"),
        language=fields.language("language", ""),
        upvotes=fields.whole("upvotes", 0),
        attributes=_attributes(fields),
        sources=_sources(fields),
    )


def _title(fields: Fields, path: str) -> tuple[str, prose.Inline]:
    """The title as written, and as it reads."""
    title = fields.text("title")
    if not title and not isinstance(fields.node("title"), Items | Table):
        fields.problems.append(
            error(Location(path, 1, 1), "no title", 'add a line "title: …" to the front matter')
        )
    place = fields.at("title")
    node = fields.node("title")
    offset = 0 if isinstance(node, Scalar) and node.is_plain else 1
    as_shown, found = prose.inline(title)
    for problem in found:
        at = Location(path, place.line, place.column + offset + problem.column - 1)
        fields.problems.append(warning(at, problem.message, problem.remedy))
    fields.problems.extend(debris.problems(title, path, place.line, place.column + offset))
    return title, as_shown


def _body(
    parted: Parted, path: str, problems: list[Problem], interface: Words | None
) -> tuple[Prose, Prose]:
    """The abstract, and the curator's notes below the line that begins them."""
    lines = parted.body.split("\n")
    split = next((i for i, line in enumerate(lines) if line.rstrip() == _NOTES), len(lines))
    return (
        _prose(lines[:split], path, parted.body_line, problems, interface),
        _prose(lines[split + 1 :], path, parted.body_line + split + 1, problems, interface),
    )


def _prose(
    lines: Sequence[str], path: str, first: int, problems: list[Problem], interface: Words | None
) -> Prose:
    source = "\n".join(lines)
    stripped = source.strip("\n")
    if not stripped.strip():
        return EMPTY_PROSE
    first += len(source) - len(source.lstrip("\n"))
    found, prose_found = prose.read(stripped, interface=interface)
    problems.extend(prose_problems(prose_found, path, first))
    problems.extend(debris.problems(stripped, path, first))
    return found


def _identifier(fields: Fields, key: str, read: Callable[[str], str], example: str) -> str:
    written = fields.text(key)
    found = read(written)
    if written and not found:
        name = {"doi": "DOI", "arxiv": "arXiv identifier"}[key]
        fields.refuse(key, f'{key}: "{shown(written)}" is no {name}', f"write it as {example}")
    return found


def _citekey(fields: Fields) -> str:
    key = fields.text("citekey")
    if key and not _CITEKEY.fullmatch(key):
        fields.refuse(
            "citekey",
            f'citekey: "{shown(key)}" holds what BibTeX cannot read',
            "use letters, digits, hyphens and colons",
        )
        return ""
    return key


def _aliases(fields: Fields) -> tuple[str, ...]:
    aliases = tuple(dict.fromkeys(fields.texts("aliases")))
    for alias in aliases:
        fault = fault_of_id(alias)
        if fault:
            fields.refuse(
                "aliases",
                f'alias "{shown(alias)}" {fault}',
                "write former ids as they stood in the paper's URL, without .html",
            )
            return ()
    return aliases


def _links(fields: Fields) -> tuple[Link, ...]:
    found = (_link(entry, fields.problems) for entry in fields.items("links"))
    return tuple(link for link in found if link is not None)


def _link(node: Node, problems: list[Problem]) -> Link | None:
    if isinstance(node, Items):
        problems.append(error(node.location, "a link is no list", "write {kind: code, url: …}"))
        return None
    if isinstance(node, Scalar):
        url, place, written = node.text.strip(), node.location, ""
    else:
        fields = Fields(node, problems)
        fields.only(("kind", "url"))
        url, place, written = fields.text("url"), fields.at("url"), fields.text("kind").lower()
    if not is_url(url):
        problems.append(
            error(place, f'link "{shown(url)}" is not a web address', "begin it with https://")
        )
        return None
    kind = next((known for known in LINK_KINDS if known == written), None)
    if written and kind is None:
        meant = nearest(written, LINK_KINDS)
        remedy = f'did you mean "{meant}"?' if meant else f"kinds are: {', '.join(LINK_KINDS)}"
        problems.append(error(node.location, f'unknown kind of link "{shown(written)}"', remedy))
        return None
    found: LinkKind = kind or links.kind_of(url)
    return Link(found, url)


def _without_repeats(found: Sequence[Link]) -> tuple[Link, ...]:
    by_url: dict[str, Link] = {}
    for link in found:
        by_url.setdefault(link.url.rstrip("/"), link)
    return tuple(by_url.values())


def _csl(fields: Fields) -> str:
    node = fields.node("csl")
    if node is None:
        return "{}"
    if not isinstance(node, Table):
        fields.refuse("csl", "csl is no mapping", "write csl: {type: article-journal, volume: 12}")
        return "{}"
    return json.dumps(_value(node), ensure_ascii=False, sort_keys=True)


def _value(node: Node) -> object:
    """The node as JSON has it; absent values are left out."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_value(entry) for entry in node.nodes if not _is_absent(entry)]
    return {key.text: _value(entry) for key, entry in node.nodes if not _is_absent(entry)}


def _is_absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_absent


def _attributes(fields: Fields) -> tuple[tuple[str, str], ...]:
    attributes = fields.fields("attributes")
    pairs = ((name, ", ".join(attributes.texts(name))) for name in attributes)
    return tuple((name, value) for name, value in pairs if value)


def _sources(fields: Fields) -> tuple[tuple[str, str], ...]:
    sources = fields.fields("sources")
    sources.only(KNOWN_FIELDS)
    return tuple((name, sources.text(name)) for name in sources)
