"""The curator's own pages and lists in; free pages and reading lists out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from conspectus.content.text import part, read_prose
from conspectus.fields import Fields, Items, Node, Scalar, Table, nearest, shown, table
from conspectus.model.identifiers import fault_of_slug, slug_of
from conspectus.model.papers import FreePage, ListedPaper, ReadingList
from conspectus.problems import Location, Problem, error, warning
from conspectus.words import Words

SITE_NAMES = frozenset(
    str.split(
        "index papers topics topic days day terms search map timeline reading-list lists list "
        "digests digest 404 feeds exports data assets robots sitemap opensearch cname favicon kept"
    )
)
"""What the site itself calls its pages and folders."""
_HEADING = re.compile(r"#\s+(.+?)\s*#*\s*")


def read_page(
    text: str, path: str, interface: Words | None = None
) -> tuple[FreePage | None, tuple[Problem, ...]]:
    """A page of content/pages; its title is a field, or the first heading."""
    slug = path.removeprefix("pages/").removesuffix(".md")
    problems = list(_name_problems(slug, path, "page"))
    parted, fence_problems = part(text, path) if text.lstrip().startswith("---") else (None, ())
    if fence_problems:
        return None, (*problems, *fence_problems)
    front, front_line = (parted.front, parted.front_line) if parted else ("", 1)
    found, yaml_problems = table(front, path, front_line)
    problems.extend(yaml_problems)
    if found is None:
        return None, tuple(problems)
    fields = Fields(found, problems)
    fields.only(("title", "draft"))
    body, line = (parted.body, parted.body_line) if parted else (text, 1)
    title, body = _titled(fields, body)
    if not title:
        place = Location(path, 1, 1)
        problems.append(
            error(place, "the page has no title", 'begin it with a heading, such as "# About"')
        )
    if fields.flag("draft", default=False):
        return None, ()
    read = read_prose(body, path, line, problems, interface)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    return FreePage(slug, title, read, path), tuple(problems)


def read_list(
    text: str, path: str, papers: Mapping[str, str]
) -> tuple[ReadingList | None, tuple[Problem, ...]]:
    """A list of content/lists; `papers` leads from ids and aliases to ids."""
    slug = path.removeprefix("lists/").removesuffix(".yaml")
    problems = list(_name_problems(slug, path, "list"))
    found, yaml_problems = table(text, path)
    problems.extend(yaml_problems)
    if found is None:
        return None, tuple(problems)
    fields = Fields(found, problems)
    fields.only(("title", "note", "papers"), {"description": "note", "entries": "papers"})
    title = fields.text("title")
    if not title:
        problems.append(
            error(Location(path, 1, 1), "the list has no title", 'add a line "title: …"')
        )
    entries = [_entry(node, papers, problems) for node in fields.items("papers")]
    note = read_prose(fields.lines("note"), path, fields.at("note").line, problems, None)
    if any(problem.is_error for problem in problems):
        return None, tuple(problems)
    known = tuple(entry for entry in entries if entry is not None)
    return ReadingList(slug, title, note, known, path), tuple(problems)


def _name_problems(slug: str, path: str, what: str) -> Iterable[Problem]:
    fault = fault_of_slug(slug)
    if what == "page" and slug in SITE_NAMES:
        fault = "is a name that the site itself uses"
    if fault:
        proposal = slug_of(slug.replace("/", "-"), otherwise=what)
        proposal = f"{what}-{proposal}" if proposal in SITE_NAMES else proposal
        ending = path.rsplit(".", 1)[-1]
        yield error(
            Location(path),
            f'"{shown(slug)}" {fault}',
            f"rename it, for instance to {what}s/{proposal}.{ending}",
        )


def _titled(fields: Fields, body: str) -> tuple[str, str]:
    """The title, and the body without it."""
    title = fields.text("title")
    if title:
        return title, body
    lines = body.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    match = _HEADING.fullmatch(lines[first]) if first is not None else None
    if match is None or first is None:
        return "", body
    # An empty line in its place keeps the places of what is below.
    return match[1], "\n".join([*lines[:first], "", *lines[first + 1 :]])


def _entry(node: Node, papers: Mapping[str, str], problems: list[Problem]) -> ListedPaper | None:
    if isinstance(node, Items):
        problems.append(error(node.location, "a list in a list", "write one paper's id a line"))
        return None
    if isinstance(node, Scalar):
        written, place, fields = node.text.strip(), node.location, None
    else:
        fields = Fields(_renamed(node), problems)
        fields.only(("paper", "note", "person", "date"), {"by": "person", "who": "person"})
        written, place = fields.text("paper"), fields.at("paper")
    paper = papers.get(written.removesuffix(".md").removesuffix(".html"))
    if paper is None:
        meant = nearest(written, papers)
        remedy = f'did you mean "{meant}"?' if meant else "write the paper's id, as in its URL"
        message = f'no paper "{shown(written)}"; the entry is left out'
        problems.append(warning(place, message, remedy))
        return None
    if fields is None:
        return ListedPaper(paper)
    return ListedPaper(paper, fields.text("note"), fields.text("person"), fields.date("date"))


def _renamed(found: Table) -> Table:
    """`id` is another word for `paper`."""
    pairs = (
        (Scalar("paper", key.location) if key.text == "id" else key, value)
        for key, value in found.nodes
    )
    return Table(tuple(pairs), found.location)
