"""Markdown in; what the pages show, the index searches and the analysis counts out."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conspectus.model import characters
from conspectus.model.characters import escaped
from conspectus.model.papers import EMPTY_PROSE, Link, Prose, places_of
from conspectus.prose import links, markdown, plain, stating
from conspectus.prose.inlines import Line, Piece, line
from conspectus.prose.sentences import Span
from conspectus.words import Words, words

__all__ = ["Inline", "ProseProblem", "inline", "read", "stretches", "unmarked"]

_FORMULA = "Formula"
"""Names a wide formula where the catalogue does not."""
_MARK = re.compile(r'<mark class="line"><span class="hidden">[^<]*</span>|</mark>')
"""Nothing else can be a mark: a text's own is escaped."""
_SHOWN = 40
"""Characters of a formula that a message quotes."""
_MOST_FAILED = 20
"""Formulas that are told one by one."""
MOST_MARKS = 8000
"""Signs of Markdown in one text: what no text needs, and the parser would chew on for seconds."""
_SIGNS = re.compile(r"[\\`*_\[\]<>&$!~|#\n\r]")


@dataclass(frozen=True, slots=True)
class Inline:
    """One line of text, such as a title."""

    html: str
    """Safe inline HTML without links: a title stands inside links itself."""
    text: str
    """Plain text."""


@dataclass(frozen=True, slots=True, order=True)
class ProseProblem:
    """Something in a text that the curator can mend."""

    line: int
    """From 1, in the text that was read."""
    column: int
    """From 1, in characters."""
    message: str
    remedy: str


def read(
    source: str, *, top_heading: int = 3, interface: Words | None = None
) -> tuple[Prose, tuple[ProseProblem, ...]]:
    """A text as blocks, and what is wrong in it, sorted.

    Headings begin at `top_heading`; `interface` names the stating sentence and wide formulas to
    readers who do not see them. Headings, code and display math are part of `text`, but their
    lines are not among the sentences.
    """
    if not source.strip():
        return (EMPTY_PROSE if not source else Prose(source, "", "")), ()
    said = interface or words("en")
    cleaned = characters.cleaned(source)
    formula = said.messages.get("prose.formula", _FORMULA)
    found = plain.blocks(cleaned) or (
        _verbatim(cleaned)
        if _is_overloaded(cleaned)
        else markdown.blocks(cleaned, top_heading=top_heading, formula=formula)
    )
    return _prose(source, found, said("paper.key_sentence")), _problems(source, cleaned, found)


def inline(source: str) -> tuple[Inline, tuple[ProseProblem, ...]]:
    """A title or another single line, and what is wrong in it."""
    cleaned = characters.cleaned(source)
    if plain.is_plain(cleaned) or _is_overloaded(cleaned):
        text = " ".join(cleaned.split())
        return Inline(escaped(text), text), _problems(source, cleaned, None)
    found = markdown.words(" ".join(cleaned.split()))
    (title,) = (part for part in found.parts if isinstance(part, Line))
    return Inline(title.html(), title.text), _problems(source, cleaned, found)


def stretches(source: str) -> tuple[tuple[str, bool], ...]:
    """A title as stretches of plain text (False) and of TeX that stands for math (True)."""
    cleaned = " ".join(characters.cleaned(source).split())
    if plain.is_plain(cleaned) or _is_overloaded(cleaned):
        return ((cleaned, False),) if cleaned else ()
    (title,) = (part for part in markdown.words(cleaned).parts if isinstance(part, Line))
    pieces = ((piece.tex or piece.text, bool(piece.tex)) for piece in title.pieces)
    return tuple(piece for piece in pieces if piece[0])


def unmarked(html: str) -> str:
    """The HTML of a text without the mark of the stating sentence, for where no style hides it."""
    return _MARK.sub("", html)


def _is_overloaded(text: str) -> bool:
    return len(text) > MOST_MARKS and len(_SIGNS.findall(text)) > MOST_MARKS


def _verbatim(text: str) -> markdown.Found:
    """A text as it stands."""
    words = line([Piece("text", text)], is_segmented=False)
    return markdown.Found(("<pre><code>", words, "</code></pre>\n"), (), ())


def _prose(source: str, found: markdown.Found, key_sentence: str) -> Prose:
    lines = [part for part in found.parts if isinstance(part, Line)]
    places = [(line, span) for line in lines for span in line.sentences]
    sentences = tuple(line.text[start:end] for line, (start, end) in places)
    htmls = tuple(html for line in lines for html in line.sentence_htmls())
    chosen = stating.choose(sentences)
    marked = places[chosen] if chosen is not None else None
    text = "\n".join(" ".join(line.text.split()) for line in lines)
    standing = places_of(sentences, text)
    return Prose(
        source=source,
        html="".join(_html(found.parts, marked, key_sentence)).rstrip("\n"),
        text=text,
        places=standing,
        apart=() if standing else sentences,
        marked_up=tuple(
            (place, html)
            for place, (html, text) in enumerate(zip(htmls, sentences, strict=True))
            if html != escaped(text)
        ),
        stating=chosen,
        links=_links(found),
    )


def _html(
    parts: Sequence[str | Line], marked: tuple[Line, Span] | None, key_sentence: str
) -> Iterator[str]:
    opening = f'<mark class="line"><span class="hidden">{escaped(key_sentence)}</span>'
    for part in parts:
        if isinstance(part, str):
            yield part
        elif marked is not None and part is marked[0]:
            yield part.marked(marked[1], opening, "</mark>")
        else:
            yield part.html()


def _links(found: markdown.Found) -> tuple[Link, ...]:
    kept: dict[str, Link] = {}
    for url, context in found.hrefs:
        if url not in kept and not url.lower().startswith("mailto:"):
            kept[url] = Link(links.kind_of(url, context), url)
    return tuple(kept.values())


def _problems(source: str, cleaned: str, found: markdown.Found | None) -> tuple[ProseProblem, ...]:
    problems = []
    if cleaned != source:
        first = characters.FORBIDDEN.search(source)
        problems.append(
            ProseProblem(
                *_place(source, first.start() if first else 0),
                characters.FOUND,
                characters.REMEDY,
            )
        )
    if _is_overloaded(cleaned):
        problems.append(_overload())
    if found is not None and found.failed:
        problems.extend(_math_problems(cleaned, found.failed))
    return tuple(sorted(problems))


def _overload() -> ProseProblem:
    return ProseProblem(
        1,
        1,
        f"the text holds more than {MOST_MARKS:,} signs of Markdown and is shown as it stands",
        "shorten it, or put the rest into content/files",
    )


def _math_problems(source: str, failed: Sequence[markdown.MathProblem]) -> Iterator[ProseProblem]:
    """Each formula that failed, looked for from the start of its block."""
    starts = _line_starts(source)
    position = 0
    for count, formula in enumerate(failed):
        position = max(position, starts[min(formula.first_line, len(starts) - 1)])
        if count == _MOST_FAILED:
            yield ProseProblem(
                *_in_line(starts, position),
                f"{len(failed) - count} more formulas from here on do not parse",
                "mend those before them first",
            )
            return
        first = formula.tex.strip().split("\n")[0]
        at = source.find(first, position)
        at = position if at < 0 else at
        position = at + len(first)
        shown = " ".join(formula.tex.split())
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        yield ProseProblem(
            *_in_line(starts, at),
            f'the math "{shown}" does not parse and is shown as its source',
            r"mend the TeX, or write \$ where a dollar sign is meant",
        )


def _place(source: str, index: int) -> tuple[int, int]:
    return _in_line(_line_starts(source), index)


def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", source))]


def _in_line(starts: Sequence[int], index: int) -> tuple[int, int]:
    row = bisect.bisect_right(starts, index)
    return row, index - starts[row - 1] + 1
