"""Every page is good HTML, by html5lib's strict reading and by rules of our own."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from html5lib.constants import E

from tests.conftest import pages_of
from tests.support.markup import Element, parse

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NAMED_BY_ATTRIBUTE = ("aria-label", "aria-labelledby", "title")
REFERENCES = (
    "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto",
    "aria-labelledby", "aria-owns", "aria-activedescendant", "for",
)  # fmt: skip
INTERACTIVE = ("a", "button", "input", "select", "textarea", "summary", "label")
ALLOWED_IN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"td", "th"},
}
PHRASING_ONLY = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "button", "summary", "label")
BLOCKS = frozenset(
    {
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "section",
        "article",
        "nav",
        "aside",
        "header",
        "footer",
    }
)


@pytest.fixture(scope="module")
def sites(
    seed_site: Path, survey_site: Path, compact_site: Path, single_site: Path, empty_site: Path
) -> dict[str, Path]:
    """All sites that the tests build, by a name."""
    return {
        "seed": seed_site,
        "survey": survey_site,
        "compact": compact_site,
        "one": single_site,
        "empty": empty_site,
    }


@pytest.mark.parametrize("name", ["seed", "survey", "compact", "one", "empty"])
def test_a_strict_parser_has_nothing_to_say(sites: dict[str, Path], name: str) -> None:
    wrong = [
        f"{path.relative_to(sites[name])}: {complaint}"
        for path in sorted(sites[name].rglob("*.html"))
        for complaint in _parse_errors(path.read_bytes())
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ["seed", "survey", "one", "empty"])
def test_every_page_keeps_the_rules(sites: dict[str, Path], name: str) -> None:
    wrong = [
        f"{page}: {complaint}"
        for page, root in pages_of(sites[name]).items()
        for complaint in _complaints(root)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<h1>a</h1><h1>b</h1>", "2 of h1"),
        ("<h1>a</h1><h3>b</h3>", "h3 after h1"),
        ('<p id="a"></p><p id="a"></p>', "2 of id a"),
        ('<img src="a.png">', "img without alt"),
        ('<input name="a">', "input without a name"),
        ('<button type="button"></button>', "button without a name"),
        ('<a href="a"></a>', "a without a name"),
        ("<ul><p></p></ul>", "p in ul"),
        ('<a href="a">b<button type="button">c</button></a>', "button in a"),
        ('<label for="a">b</label>', "for a, which is not there"),
        ("<span><div></div></span>", "div in span"),
    ],
)
def test_the_rules_notice_what_is_wrong(html: str, complaint: str) -> None:
    good = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>t</title>'
        '<meta name="viewport" content="width=device-width"></head><body><main><h1>t</h1>'
    )

    assert list(_complaints(parse(good))) == []
    assert complaint in list(_complaints(parse(good.removesuffix("<h1>t</h1>") + html)))


def _parse_errors(html: bytes) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(html, transport_encoding="utf-8")
    return [f"{place}: {E[code] % variables}" for place, code, variables in parser.errors]


def _complaints(root: Element) -> Iterator[str]:
    yield from _about_the_document(root)
    yield from _about_headings(root)
    yield from _about_ids(root)
    yield from _about_names(root)
    yield from _about_nesting(root)


def _about_the_document(root: Element) -> Iterator[str]:
    html = root.one("html")
    if not html.attributes.get("lang"):
        yield "no lang"
    if not root.one("head").one("title").text().strip():
        yield "empty title"
    first = next(root.one("head").all())
    if first.attributes.get("charset", "").lower() != "utf-8":
        yield "the encoding does not come first"
    metas = [e.attributes.get("name") for e in root.all("meta")]
    if "viewport" not in metas and not _is_redirect(root):
        yield "no viewport"
    mains = [e for e in root.all("main") if "hidden" not in e.attributes]
    if len(mains) != 1:
        yield f"{len(mains)} of main"


def _about_headings(root: Element) -> Iterator[str]:
    headings = list(root.all(*HEADINGS))
    tops = sum(e.tag == "h1" for e in headings)
    if tops != 1:
        yield f"{tops} of h1"
    for before, heading in itertools.pairwise(headings):
        if int(heading.tag[1]) > int(before.tag[1]) + 1:
            yield f"{heading.tag} after {before.tag}"
    yield from (f"empty {e.tag}" for e in headings if not e.text().strip())


def _about_ids(root: Element) -> Iterator[str]:
    ids = Counter(e.attributes["id"] for e in root.all() if "id" in e.attributes)
    yield from (f"{times} of id {name}" for name, times in ids.items() if times > 1)
    yield from (f"id {name!r} is not a word" for name in ids if not name or " " in name)
    for element in root.all():
        for attribute in REFERENCES:
            for name in element.attributes.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute} {name}, which is not there"


def _about_names(root: Element) -> Iterator[str]:
    labelled = {e.attributes.get("for") for e in root.all("label")}
    wrapped = {id(field) for label in root.all("label") for field in label.all()}
    for element in root.all():
        is_named = any(element.attributes.get(name, "").strip() for name in NAMED_BY_ATTRIBUTE)
        if element.tag == "img" and "alt" not in element.attributes:
            yield "img without alt"
        elif element.tag in {"input", "select", "textarea"}:
            is_silent = element.attributes.get("type") in {"hidden", "submit", "button", "reset"}
            is_labelled = element.attributes.get("id") in labelled or id(element) in wrapped
            if not (is_named or is_silent or is_labelled):
                yield f"{element.tag} without a name"
        elif element.tag in {"a", "button", "summary", "th", "caption", "legend"} and not (
            is_named or element.text().strip() or _has_image_text(element)
        ):
            yield f"{element.tag} without a name"
        if element.tag == "button" and "type" not in element.attributes:
            yield "button without a type"


def _about_nesting(root: Element) -> Iterator[str]:
    for element in root.all():
        allowed = ALLOWED_IN.get(element.tag)
        for child in element.children:
            if not isinstance(child, Element):
                if allowed and child.strip():
                    yield f"text in {element.tag}"
            elif allowed and child.tag not in allowed:
                yield f"{child.tag} in {element.tag}"
            elif element.tag in PHRASING_ONLY and child.tag in BLOCKS:
                # Links may hold blocks where their parent may; the site has no need of it.
                yield f"{child.tag} in {element.tag}"
        if element.tag in {"a", "button", "summary"}:
            inside = [e.tag for e in element.all(*INTERACTIVE)]
            yield from (f"{tag} in {element.tag}" for tag in inside)


def _has_image_text(element: Element) -> bool:
    texts = [e.attributes.get("alt", "") for e in element.all("img")]
    return any(text.strip() for text in texts)


def _is_redirect(root: Element) -> bool:
    return any(e.attributes.get("http-equiv", "").lower() == "refresh" for e in root.all("meta"))
