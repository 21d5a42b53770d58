"""A paper's file in; its abstract's words out, read without the program's own reader."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from tests.support.markup import Element, words

MATH = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?=\S).+?(?<=\S)(?<!\\)\$(?!\d)|\\\(.+?\\\)", re.DOTALL)

SAID_TO_LISTENERS_ALONE = "hidden"
"""The class of text that only screen readers get, such as "Key sentence:"."""


def front_matter(path: Path) -> dict[str, str]:
    """The fields of a paper's file, each as the text that stands there."""
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    read: dict[str, str] = yaml.load(head, Loader=yaml.CBaseLoader)
    return read


def abstract(path: Path) -> str:
    """A file's Markdown up to the curator's notes."""
    _, _, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return body.partition("\n## Notes\n")[0]


def plain(markdown: str) -> str:
    """Markdown without its marks and without its math."""
    text = MATH.sub(" ", markdown)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", text)
    return re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", text)


def shown_abstract(page: Element) -> str:
    """The abstract that a paper's page shows, without its math."""
    (section,) = page.of_class("abstract")
    (prose,) = section.of_class("prose")
    return prose.text("math", SAID_TO_LISTENERS_ALONE)


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same words in the same order.

    Compared run together: where a word ends beside math or markup is a matter of taste.
    """
    return "".join(words(one)) == "".join(words(other))
