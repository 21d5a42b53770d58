"""Markdown in; the blocks of a text out, with their words as pieces and what was wrong.

CommonMark without raw HTML, reference definitions and indented code, which pasted abstracts never
mean; with math and bare URLs. Nothing in the text decides a class, a style or an id.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from conspectus.model.characters import escaped
from conspectus.prose import links, mathml, tex
from conspectus.prose.inlines import CLOSE, Line, Piece, line

_LONGEST_MATH = mathml.MOST_CHARACTERS
_SCHEME = re.compile(r"(?<![A-Za-z0-9.+-])https?\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"(?:!?\[)+")
_BLOCK_MATH = {"$$": "$$", r"\[": r"\]"}
_SIMPLE_BLOCKS = {
    "bullet_list_open": ("<ul>\n", ""),
    "bullet_list_close": ("</ul>\n", ""),
    "ordered_list_close": ("</ol>\n", ""),
    "list_item_open": ('<li dir="auto">', ""),
    "list_item_close": ("</li>\n", ""),
    "blockquote_open": ("<blockquote>\n", ""),
    "blockquote_close": ("</blockquote>\n", ""),
    "paragraph_open": ('<p dir="auto">', ""),
    "paragraph_close": ("</p>\n", ""),
    "hr": ("<hr>\n", ""),
}


@dataclass(frozen=True, slots=True)
class MathProblem:
    """A formula that stays as its source, and the lines of the block in which it stands."""

    tex: str
    first_line: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text consists of."""

    parts: tuple[str | Line, ...]
    """HTML of the blocks' own tags, and between them the words."""
    hrefs: tuple[tuple[str, str], ...]
    """Each link and the words before it."""
    failed: tuple[MathProblem, ...]


@dataclass(slots=True)
class _Reading:
    """What gathers while one text is read."""

    formula: str
    links: bool = True
    hrefs: list[tuple[str, str]] = field(default_factory=list)
    failed: list[MathProblem] = field(default_factory=list)


def blocks(source: str, *, top_heading: int, formula: str) -> Found:
    """The blocks of a text; its headings begin at `top_heading`, `formula` names wide math."""
    reading = _Reading(formula)
    parts = tuple(_parts(_parser().parse(source), reading, top_heading))
    return Found(parts, tuple(reading.hrefs), tuple(reading.failed))


def words(source: str) -> Found:
    """One line without links and blocks: a title, which itself stands in links."""
    reading = _Reading("", links=False)
    tokens = _parser().parseInline(source)
    pieces = list(_pieces(tokens[0].children or [], reading, 0)) if tokens else []
    return Found((line(pieces, is_segmented=False),), (), tuple(reading.failed))


@functools.cache
def _parser() -> MarkdownIt:
    """Built once; parsing leaves no trace in it."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["code", "html_block", "html_inline", "reference"])
    parser.inline.ruler.before("escape", "math", _inline_math)
    parser.inline.ruler.before("math", "url", _bare_url)
    parser.inline.ruler.before("link", "brackets", _brackets)
    parser.block.ruler.before(
        "fence", "math_block", _block_math, {"alt": ["paragraph", "blockquote", "list"]}
    )
    parser.validateLink = links.is_safe  # type: ignore[method-assign]
    return parser


# Rules of the parser


def _inline_math(state: StateInline, silent: bool) -> bool:
    opening = _opening_math(state.src, state.pos)
    if not opening:
        return False
    closing = {"$": "$", "$$": "$$", r"\(": r"\)", r"\[": r"\]"}[opening]
    start = state.pos + len(opening)
    end = _find_closing(state.src, closing, start, min(state.posMax, start + _LONGEST_MATH))
    if end < 0:
        return False
    content, after = state.src[start:end], state.src[end + len(closing) :][:1]
    if not _is_math(content, opening, after):
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content, token.markup = content, opening
    state.pos = end + len(closing)
    return True


def _opening_math(source: str, position: int) -> str:
    if source[position] == "$":
        return "$$" if source.startswith("$$", position) else "$"
    pair = source[position : position + 2]
    return pair if pair in (r"\(", r"\[") else ""


def _is_math(content: str, opening: str, after: str) -> bool:
    if opening == "$":
        return tex.is_dollar_math(content, after)
    return tex.is_bracket_math(content, is_block=opening != r"\(")


def _find_closing(source: str, closing: str, start: int, limit: int) -> int:
    """The first closing mark that no backslash escapes, or -1."""
    end = source.find(closing, start, limit)
    while end > 0:
        backslashes = end - len(source[:end].rstrip("\\")) if source[end - 1] == "\\" else 0
        if backslashes % 2 == 0:
            return end
        end = source.find(closing, end + 1, limit)
    return -1


def _bare_url(state: StateInline, silent: bool) -> bool:
    position = state.pos
    if not state.src.startswith("://", position) or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.src[max(position - 6, 0) : position])
    if scheme is None:
        return False
    length = len(scheme[0])
    written, url = links.matched(state.src, position - length, state.posMax)
    if not written or (not silent and not state.pending.endswith(scheme[0])):
        return False
    if not silent:
        state.pending = state.pending[:-length]
        state.push("link_open", "a", 1).attrs = {"href": url}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += len(written) - length
    return True


def _brackets(state: StateInline, silent: bool) -> bool:
    """Brackets after which no link can follow, so that a heap of them costs nothing."""
    match = _BRACKETS.match(state.src, state.pos, state.posMax)
    if match is None or state.src.find("](", state.pos) >= 0:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _block_math(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Display math whose delimiters open and close lines of their own."""
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    closing = _BLOCK_MATH.get(first[:2])
    if closing is None:
        return False
    gathered = [first[2:]]
    last = start
    while not gathered[-1].rstrip().endswith(closing):
        last += 1
        if last >= end or state.sCount[last] < state.blkIndent or state.isEmpty(last):
            return False
        gathered.append(state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]])
    content = "\n".join(gathered).rstrip()[: -len(closing)]
    if closing in content or not tex.is_bracket_math(content, is_block=True):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.block, token.map = content, True, [start, last + 1]
        token.markup = first[:2]
    state.line = last + 1
    return True


# From the parser's tokens to parts and pieces


def _parts(tokens: Sequence[Token], reading: _Reading, top: int) -> Iterator[str | Line]:
    levels: list[int] = []
    heading = 0
    for token in tokens:
        kind = token.type
        first_line = token.map[0] if token.map else 0
        if kind == "inline":
            pieces = tuple(_pieces(token.children or [], reading, first_line))
            yield line(pieces, is_segmented=not heading)
        elif kind == "heading_open":
            heading = _heading(levels, int(token.tag[1]), top)
            yield f'<h{heading} dir="auto">'
        elif kind == "heading_close":
            yield f"</h{heading}>\n"
            heading = 0
        elif kind in ("paragraph_open", "paragraph_close") and token.hidden:
            continue
        elif kind in _SIMPLE_BLOCKS:
            yield _SIMPLE_BLOCKS[kind][0]
        elif kind == "ordered_list_open":
            first = int(token.attrGet("start") or 1)
            yield "<ol>\n" if first == 1 else f'<ol start="{first}">\n'
        elif kind == "fence":
            yield "<pre><code>"
            yield line([Piece("text", token.content)], is_segmented=False)
            yield "</code></pre>\n"
        elif kind == "math_block":
            yield line([_display("div", token.content, reading, first_line)], is_segmented=False)
            yield "\n"
        else:
            raise AssertionError(f"no rule for the block {kind}")


def _heading(levels: list[int], level: int, top: int) -> int:
    """A heading's level on the page: one below the last larger one, so that none is skipped."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(top + len(levels) - 1, 6)


def _pieces(tokens: Sequence[Token], reading: _Reading, first_line: int) -> Iterator[Piece]:
    before = ""
    links_open: list[bool] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "text":
            before += token.content
            if token.content:
                yield Piece("text", token.content)
        elif kind == "softbreak":
            before += " "
            yield Piece("text", " ")
        elif kind == "hardbreak":
            before += " "
            yield Piece("atom", " ", "<br>")
        elif kind == "code_inline":
            yield Piece("atom", token.content, f"<code>{escaped(token.content)}</code>")
        elif kind == "math":
            yield _math(token, reading, first_line)
        elif kind in ("em_open", "strong_open"):
            yield Piece("open", "", f"<{token.tag}>", f"</{token.tag}>")
        elif kind in ("em_close", "strong_close"):
            yield CLOSE
        elif kind == "link_open":
            href = str(token.attrGet("href") or "")
            links_open.append(reading.links and bool(href))
            if links_open[-1]:
                before = before[-links.CONTEXT :]
                reading.hrefs.append((href, before + _link_text(tokens, index, href)))
                yield _anchor(href)
            if tokens[index + 1].type == "link_close":
                yield Piece("text", href)
        elif kind == "link_close":
            if links_open.pop():
                yield CLOSE
        elif kind == "image":
            yield from _image(token, reading, is_linked=any(links_open))
        else:
            raise AssertionError(f"no rule for {kind} in running text")


def _link_text(tokens: Sequence[Token], index: int, href: str) -> str:
    """What a written link says, which tells its kind as well as the words before it do."""
    said = ""
    for token in tokens[index + 1 :]:
        if token.type == "link_close":
            break
        said += token.content
    return "" if said == href else f" {said}"


def _anchor(href: str) -> Piece:
    rel = "" if href[:7].lower() == "mailto:" else ' rel="noopener"'
    return Piece("open", "", f'<a href="{escape(href)}"{rel}>', "</a>")


def _image(token: Token, reading: _Reading, *, is_linked: bool) -> Iterator[Piece]:
    """No picture is fetched from elsewhere: its description stands there, linked to it."""
    source = str(token.attrGet("src") or "")
    text = token.content or source
    if not reading.links or is_linked or not source:
        yield Piece("text", text)
        return
    reading.hrefs.append((source, ""))
    yield _anchor(source)
    yield Piece("text", text)
    yield CLOSE


def _math(token: Token, reading: _Reading, first_line: int) -> Piece:
    if token.markup in _BLOCK_MATH and reading.links:
        return _display("span", token.content, reading, first_line)
    return _formula(token.content, reading, first_line)


def _display(tag: str, content: str, reading: _Reading, first_line: int) -> Piece:
    """Display math in a box that scrolls by itself: by keyboard, too, so it takes the focus."""
    inner = _formula(content, reading, first_line, is_block=True)
    label = escape(reading.formula)
    html = (
        f'<{tag} class="display" tabindex="0" role="group" aria-label="{label}">'
        f"{inner.html}</{tag}>"
    )
    return replace(inner, html=html)


def _formula(content: str, reading: _Reading, first_line: int, *, is_block: bool = False) -> Piece:
    converted = mathml.convert(content, is_block=is_block)
    if converted:
        return Piece("atom", tex.plain(content), converted, tex=content)
    reading.failed.append(MathProblem(content, first_line))
    source = " ".join(content.split())
    return Piece("atom", source, f"<code>{escaped(source)}</code>")
