"""Text with tags of HTML, JATS or MathML in; pieces of text of known kinds out.

Only tags that can be nothing else are read: "a <b and c> d" stays as it stands, and so does a tag
of a style, or of a name that nobody knows, without its partner.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from conspectus.importers.entries import Piece, PieceKind, SourceText, marked

_STYLES: dict[str, PieceKind] = {
    "i": "emphasis", "em": "emphasis", "italic": "emphasis", "cite": "emphasis", "var": "emphasis",
    "b": "strong", "strong": "strong", "bold": "strong",
    "code": "code", "tt": "code", "monospace": "code", "kbd": "code", "samp": "code",
}  # fmt: skip
_PLAIN = frozenset(
    str.split(
        "span font u s small big sc smallcaps nobr a ext-link uri xref inline-formula "
        "disp-formula alternatives named-content styled-content underline overline roman "
        "sans-serif abbr mark del ins q tex inf sup sub email label fn related-article strike "
        "private-char inline-graphic graphic milestone-start milestone-end"
    )
)
_BLOCKS = frozenset(
    str.split(
        "p div br hr li ul ol list list-item def-list def-item dl dt dd table tr td th thead tbody "
        "section sec article title h1 h2 h3 h4 h5 h6 blockquote pre abstract abstracttext body "
        "html disp-quote break verse-group verse-line header footer main center"
    )
)
_HIDDEN = frozenset(("script", "style", "head", "annotation-xml"))
_MATHML = frozenset(
    str.split(
        "math mrow mi mn mo mtext msub msup msubsup mfrac msqrt mroot mover munder munderover "
        "mstyle mfenced mspace mtable mtr mtd mstack mpadded mphantom merror menclose "
        "mmultiscripts mprescripts semantics annotation tex-math none"
    )
)
_WITH_INSIDE = _HIDDEN | {"title", "sub", "sup", "inf", "a", "math", "tex-math"}
_KNOWN = _BLOCKS | _PLAIN | _HIDDEN | _MATHML
_ATTRIBUTES = r"(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*"
_TAG = re.compile(
    rf"<(?P<end>/?)\s?(?:(?P<prefix>[A-Za-z][\w-]*):)?"
    rf"(?P<name>[A-Za-z][\w-]*)(?P<attributes>{_ATTRIBUTES})\s*(?P<void>/?)>|<!--.*?-->|"
    rf"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?xml[^<>]*\?>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?:href|src)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u2009\u200a\u202f\u200b\ufeff]+")
_PARAGRAPHS = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−–=()nihjklmorstuvwxyzabcdefgp",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱʰʲᵏˡᵐᵒʳˢᵗᵘᵛʷˣʸᶻᵃᵇᶜᵈᵉᶠᵍᵖ",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_ABSTRACT = re.compile(r"(?:abstract|summary|zusammenfassung|résumé|resumen)\W*", re.IGNORECASE)
_DOCUMENT = re.compile(r".*\\begin\{document\}(.*?)\\end\{document\}.*", re.DOTALL)
_MOST_TAGS = 2000
"""Tags in one text; no text needs more, and one that has them stays as it stands."""
_DEEPEST = 60
"""Elements of a formula in one another."""
_CASE_BRACES = re.compile(r"\{(?=[a-z0-9+-]*[A-Z])([^\W_][\w+-]*)\}")


def title(text: str, line: int) -> SourceText:
    """A title in one line, its tags read and its protected capitals bared of their braces."""
    found = [
        Piece(piece.kind, _CASE_BRACES.sub(r"\1", piece.text))
        if piece.kind == "text" and not re.search(r"[\\$_^]", piece.text)
        else piece
        for piece in pieces([Piece("text", text)])
    ]
    return marked(one_line(found), line)


def prose(text: str, line: int) -> SourceText:
    """An abstract in paragraphs, its tags read."""
    return marked(paragraphs(pieces([Piece("text", text)])), line)


def plain(text: str) -> str:
    """One line of text without tags."""
    return "".join(piece.text for piece in one_line(pieces([Piece("text", text)])))


def pieces(found: Iterable[Piece]) -> list[Piece]:
    """The pieces with the tags in their text read; line breaks as they stand."""
    reader = _Reader()
    given = [
        Piece("text", _CONTROLS.sub("", unescaped(piece.text))) if piece.kind == "text" else piece
        for piece in found
    ]
    tags = sum(piece.text.count("<") for piece in given if piece.kind == "text")
    if not 0 < tags <= _MOST_TAGS:
        return given
    reader.read(given)
    return reader.written


def script(text: str, *, is_raised: bool) -> list[Piece]:
    """A superscript or subscript: in letters of its own where there are such, else as math."""
    text = " ".join(text.split())
    letters = _SUPERSCRIPTS if is_raised else _SUBSCRIPTS
    if not text or all(character in letters for character in text):
        return [Piece("text", "".join(letters[character] for character in text))]
    mark = "^" if is_raised else "_"
    if "\\" in text:
        return [Piece("math", f"${mark}{{{text}}}$")]
    if re.fullmatch(r"[A-Za-z0-9 ,*+-]+", text):
        tex = text.replace(" ", r"\ ").replace("-", r"\text{-}")
        return [Piece("math", f"${mark}{{\\mathrm{{{tex}}}}}$")]
    return [Piece("text", text)]


def unescaped(text: str) -> str:
    """Entities as the letters that they stand for, also where they were escaped twice."""
    for _ in range(2):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def one_line(found: Iterable[Piece]) -> list[Piece]:
    """The pieces with every run of spaces evened, none at either end."""
    return _evened(found, keeps_paragraphs=False)


def paragraphs(found: Iterable[Piece]) -> list[Piece]:
    """The same, with an empty line between paragraphs."""
    return _evened(found, keeps_paragraphs=True)


def _evened(found: Iterable[Piece], *, keeps_paragraphs: bool) -> list[Piece]:
    evened: list[Piece] = []
    end = "\n"
    for piece in found:
        if piece.kind == "text" and keeps_paragraphs:
            parts = _PARAGRAPHS.split(piece.text.replace("\r\n", "\n").replace("\r", "\n"))
            text = "\n\n".join(_SPACES.sub(" ", part) for part in parts)
            text = re.sub(r" ?\n\n ?", "\n\n", text)
        else:
            text = _SPACES.sub(" ", piece.text)
        if end in (" ", "\n"):
            text = text.lstrip(" \n") if end == "\n" else text.lstrip(" ")
        if not text:
            continue
        if text.startswith("\n") and end == " ":
            last = evened[-1]
            evened[-1] = Piece(last.kind, last.text.rstrip(" "))
        evened.append(Piece(piece.kind, text))
        end = text[-1]
    while evened and not evened[-1].text.rstrip():
        evened.pop()
    if evened:
        evened[-1] = Piece(evened[-1].kind, evened[-1].text.rstrip())
    return evened


@dataclass(slots=True)
class _Tag:
    name: str
    is_end: bool
    is_void: bool
    attributes: str
    source: str
    is_paired: bool = False


@dataclass(slots=True)
class _Reader:
    """A walk over text, tags and pieces of other kinds."""

    written: list[Piece] = field(default_factory=list)
    styles: list[tuple[str, PieceKind]] = field(default_factory=list)

    def read(self, found: Iterable[Piece]) -> None:
        tokens = _without_twins([token for piece in found for token in _tokens(piece)])
        _pair(tokens)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            at += 1
            if isinstance(token, Piece):
                self._write(token)
            elif token.is_end:
                self._end(token)
            else:
                at = self._begin(token, tokens, at)

    def _write(self, piece: Piece) -> None:
        if piece.kind == "text" and self.styles:
            piece = Piece(self.styles[-1][1], piece.text)
        self.written.append(piece)

    def _end(self, tag: _Tag) -> None:
        if tag.name in _BLOCKS:
            self.written.append(Piece("text", "\n\n"))
        elif tag.name not in _KNOWN and not tag.is_paired:
            self._write(Piece("text", tag.source))
        elif tag.name in _STYLES and any(name == tag.name for name, _ in self.styles):
            while self.styles.pop()[0] != tag.name:
                pass

    def _begin(self, tag: _Tag, tokens: list[Piece | _Tag], at: int) -> int:
        name = tag.name
        if name in _STYLES and tag.is_paired:
            self.styles.append((name, _STYLES[name]))
            return at
        if name not in _KNOWN:
            if not tag.is_paired:
                self._write(Piece("text", tag.source))
            return at
        if name in ("br", "break"):
            self.written.append(Piece("text", "\n"))
            return at
        if name in _BLOCKS and name != "title":
            self.written.append(Piece("text", "\n\n"))
            return at
        if tag.is_void or name not in _WITH_INSIDE:
            return at
        inner, after = _inside(tag, tokens, at)
        if inner is None:
            return at
        self._element(tag, inner)
        return after

    def _element(self, tag: _Tag, inner: list[Piece | _Tag]) -> None:
        name = tag.name
        if name in _HIDDEN:
            return
        if name == "title":
            self._heading(_text_of(inner))
        elif name in ("sub", "inf", "sup"):
            self.written.extend(script(_text_of(inner), is_raised=name == "sup"))
        elif name == "a":
            self._link(tag, inner)
        elif name == "tex-math":
            self._math(_tex_of(_text_of(inner)))
        elif name == "math":
            self._math(_tex_of(_tex(inner)))
        else:
            self._write(Piece("text", _text_of(inner)))

    def _heading(self, text: str) -> None:
        is_first = not any(piece.text.strip() for piece in self.written)
        text = " ".join(text.split())
        if not text or (is_first and _ABSTRACT.fullmatch(text)):
            return
        self.written.append(Piece("text", "\n\n"))
        self.written.append(Piece("strong", text if text[-1] in ".:?!" else f"{text}:"))
        self.written.append(Piece("text", " "))

    def _link(self, tag: _Tag, inner: list[Piece | _Tag]) -> None:
        match = _ATTRIBUTE.search(tag.attributes)
        text, url = _text_of(inner), match[1] if match else ""
        is_said = not url.startswith("http") or url.rstrip("/") in text or not text.strip()
        self._write(Piece("text", (text or url) if is_said else f"{text} ({url})"))

    def _math(self, tex: str) -> None:
        if tex:
            self.written.append(Piece("math", f"${tex}$"))


def _tokens(piece: Piece) -> Iterator[Piece | _Tag]:
    if piece.kind != "text":
        yield piece
        return
    at = 0
    for match in _TAG.finditer(piece.text):
        if match.start() > at:
            yield Piece("text", piece.text[at : match.start()])
        at = match.end()
        if match["cdata"] is not None:
            yield Piece("text", match["cdata"])
        elif match["name"]:
            yield _Tag(
                match["name"].lower(),
                bool(match["end"]),
                bool(match["void"]),
                match["attributes"] or "",
                match[0],
                match["prefix"] is not None,
            )
    if at < len(piece.text):
        yield Piece("text", piece.text[at:])


def _without_twins(tokens: list[Piece | _Tag]) -> list[Piece | _Tag]:
    """A formula that stands in TeX and in MathML side by side is kept in TeX."""
    kept: list[Piece | _Tag] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if isinstance(token, _Tag) and token.name == "alternatives" and not token.is_end:
            inner, after = _inside(token, tokens, at)
            tex = [t for t in inner or () if isinstance(t, _Tag) and t.name == "tex-math"]
            if inner and len(tex) > 1:
                places = [index for index, t in enumerate(inner) if t is tex[0] or t is tex[1]]
                kept.extend(inner[places[0] : places[1] + 1])
                at = after
                continue
        kept.append(token)
    return kept


def _pair(tokens: list[Piece | _Tag]) -> None:
    """Mark the tags of styles, and of unknown names, that have a partner."""
    opened: dict[str, list[_Tag]] = {}
    for token in tokens:
        if isinstance(token, Piece) or token.name in _KNOWN:
            continue
        if not token.is_end:
            if not token.is_void:
                opened.setdefault(token.name, []).append(token)
        elif opened.get(token.name):
            opened[token.name].pop().is_paired = token.is_paired = True


def _inside(
    tag: _Tag, tokens: list[Piece | _Tag], at: int
) -> tuple[list[Piece | _Tag] | None, int]:
    """What stands between a tag and its partner, and where it goes on behind it."""
    depth = 1
    for index in range(at, len(tokens)):
        token = tokens[index]
        if isinstance(token, _Tag) and token.name == tag.name and not token.is_void:
            depth += -1 if token.is_end else 1
            if not depth:
                return tokens[at:index], index + 1
    return None, at


def _text_of(tokens: Iterable[Piece | _Tag]) -> str:
    return "".join(token.text for token in tokens if isinstance(token, Piece))


def _tex_of(text: str) -> str:
    """The formula within the frame that publishers put around it."""
    text = _DOCUMENT.sub(r"\1", text)
    return " ".join(text.split()).strip("$ ").removeprefix(r"\(").removesuffix(r"\)").strip()


# MathML


def _tex(tokens: list[Piece | _Tag]) -> str:
    """A formula's TeX: its annotation where it has one, else what its elements say."""
    for index, token in enumerate(tokens):
        if isinstance(token, _Tag) and token.name == "annotation" and "tex" in token.attributes:
            inner, _ = _inside(token, tokens, index + 1)
            if inner is not None:
                return _text_of(inner)
    return "".join(_elements(tokens))


def _elements(tokens: list[Piece | _Tag], depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        yield _escaped(_text_of(tokens).strip())
        return
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if isinstance(token, Piece):
            if token.text.strip():
                yield _escaped(token.text.strip())
        elif not token.is_end and not token.is_void:
            inner, after = _inside(token, tokens, at)
            if inner is not None:
                yield _element(token.name, list(_elements(inner, depth + 1)), _text_of(inner))
                at = after


def _element(name: str, parts: list[str], text: str) -> str:
    if name == "mtext":
        return rf"\text{{{_escaped(' '.join(text.split()))}}}"
    if name == "mi" and len(text.strip()) > 1 and text.strip().isalpha():
        return rf"\mathrm{{{text.strip()}}}"
    if name == "annotation":
        return ""
    forms = {
        "msub": "{{{0}}}_{{{1}}}", "munder": "{{{0}}}_{{{1}}}", "msup": "{{{0}}}^{{{1}}}",
        "mover": "{{{0}}}^{{{1}}}", "msubsup": "{{{0}}}_{{{1}}}^{{{2}}}",
        "munderover": "{{{0}}}_{{{1}}}^{{{2}}}", "mfrac": "\\frac{{{0}}}{{{1}}}",
        "mroot": "\\sqrt[{1}]{{{0}}}",
    }  # fmt: skip
    joined = "".join(parts)
    if name == "msqrt":
        return rf"\sqrt{{{joined}}}"
    form = forms.get(name)
    if form is None or len(parts) != len(set(re.findall(r"\{([0-9])\}", form))):
        return joined
    return re.sub(r"^\{(\w)\}(?=[_^])", r"\1", form.format(*parts))


def _escaped(text: str) -> str:
    return re.sub(r"([%&#$_{}])", r"\\\1", text)
