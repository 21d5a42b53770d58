"""A letter in; its two forms out: plain text, and HTML that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import DictLoader, Environment, StrictUndefined, Template

from conspectus.digest.letters import Letter, LetterPaper
from conspectus.digest.text import COLUMNS, columns, paragraphs, wrapped
from conspectus.words import Words

TEMPLATE = "letter.html"


def plain(letter: Letter, leave: str, words: Words) -> str:
    """76 columns, lines broken for good: programs that reflow are few, and most mangle lists.

    `leave` is the address by which a reader unsubscribes.
    """
    return paragraphs(list(block) for block in _blocks(letter, leave, words))


def template(templates: tuple[tuple[str, str], ...]) -> Template:
    """The template of the HTML form, ready for every reader; it escapes and knows no defaults."""
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(TEMPLATE)


def html(letter: Letter, leave: str, words: Words, form: Template) -> str:
    """A whole document that loads no image, script or file."""
    return form.render(letter=letter, leave=leave, w=words)


def _blocks(letter: Letter, leave: str, words: Words) -> Iterator[Iterator[str]]:
    yield _lines(letter.survey, letter.subtitle)
    yield wrapped(letter.lead)
    for block in letter.note.splitlines():
        yield wrapped(block)
    if letter.page_url:
        yield _lines(words("mail.on_the_web"), letter.page_url)
    for topic in letter.topics:
        if topic.label:
            yield _headed(topic.label)
        for paper in topic.papers:
            yield _paper(paper)
        yield wrapped(topic.more)
    yield _footer(letter, leave, words)


def _lines(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from wrapped(text)


def _headed(label: str) -> Iterator[str]:
    lines = list(wrapped(label))
    yield from lines
    yield "-" * min(COLUMNS, max(columns(line) for line in lines))


def _paper(paper: LetterPaper) -> Iterator[str]:
    yield from wrapped(paper.title)
    for text in (paper.facts, paper.sentence):
        yield from wrapped(text, "  ")
    if paper.url:
        yield f"  {paper.url}"
    if paper.code:
        yield from wrapped(f"{paper.code.label}:", "  ")
        yield f"  {paper.code.url}"


def _footer(letter: Letter, leave: str, words: Words) -> Iterator[str]:
    yield "-- "
    yield from wrapped(words("mail.sent_to", survey=letter.survey))
    if leave:
        yield words("mail.leave")
        yield leave
