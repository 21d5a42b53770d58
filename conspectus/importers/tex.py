r"""A source's text in; its pieces, with TeX debris repaired where certain, out.

Abstracts arrive with TeX that lost its backslashes or dollars on the way: `{it x}`, `na\"{\i}ve`,
`{p}_{theta}(Y|X)`, `10.44pm0.087`. What can mean one thing only is repaired and logged; the rest
stays as it stands, readable. Nothing is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conspectus.importers.entries import Piece, PieceKind
from conspectus.prose import links
from conspectus.prose import tex as math

_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
SIGNS = {
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®",
    "texttrademark": "™", "textdegree": "°", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textunderscore": "_", "ldots": "…", "dots": "…", "textellipsis": "…",
    "S": "§", "copyright": "©", "pounds": "£", "euro": "€", "LaTeX": "LaTeX", "TeX": "TeX",
    "percent": "%",
}  # fmt: skip
_OPERATORS = {
    "pm": "±", "times": "×", "cdot": "·", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "approx": "≈", "sim": "∼", "rightarrow": "→", "to": "→", "leftarrow": "←", "infty": "∞",
    "neq": "≠", "ll": "≪", "gg": "≫",
}  # fmt: skip
STYLES: dict[str, PieceKind] = {
    "em": "emphasis", "it": "emphasis", "sl": "emphasis", "bf": "strong", "tt": "code",
    "sc": "text", "rm": "text", "sf": "text",
    "emph": "emphasis", "textit": "emphasis", "textsl": "emphasis", "textbf": "strong",
    "texttt": "code", "textsc": "text", "textrm": "text", "textsf": "text", "textup": "text",
    "text": "text", "mbox": "text", "underline": "text",
}  # fmt: skip
_GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|"
    "pi|rho|varrho|sigma|varsigma|tau|upsilon|phi|varphi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_BARE_GREEK = re.compile(rf"(?<![\\A-Za-z])({_GREEK})(?![A-Za-z])")
_ESCAPED_QUOTE = re.compile(r"\\\"(?=[\s.,;:!?)\]]|$)")
_CONTRACTION = "(?:s|t|d|m|ll|re|ve)(?![A-Za-z])"

_ACCENTED = r"(?:\{\s*\\?[A-Za-z]\s*\}|\s*\\[ij](?![A-Za-z])|[A-Za-z])"
_ACCENT = (
    rf"(?:\\[\"'`^~=.]{_ACCENTED}"
    r"|\\[uvHcdbkr](?:\{\s*\\?[A-Za-z]\s*\}|\s+[A-Za-z](?![A-Za-z])))"
)
_INNER = r"(?:[^{}$]|\{[^{}$]*\})*?"
_MATH_LETTER = rf"\\math(?:cal|bb|bf|rm|it|sf|frak|scr)\{{[^{{}}]+\}}|\\(?:{_GREEK}|ell|nabla)"
_SCRIPT = rf"[_^](?:\{{[^{{}}]{{1,40}}\}}|\\(?:{_GREEK})(?![A-Za-z])|-?[0-9]+|[A-Za-z])"
_ALONE = r"(?<![\w\\{}^_$])"
"""Not within other TeX, where half a repair would be worse than none."""
_ARGUMENTS = r"\([A-Za-z](?:\s?[|,;]\s?[A-Za-z])*\)"

_DEBRIS = re.compile(
    rf"""
      (?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]+)
    | (?P<link>\\url\{{\s*https?://[^\s{{}}]+\s*\}})
    | (?P<url>(?<![A-Za-z0-9.+-])https?://)
    | (?P<math>\$\$[^$]+\$\$|\\\([^$]{{1,1000}}?\\\)|\\\[[^$]{{1,1000}}?\\\]
        |(?<![\\$])\$(?:[^$\\]|\\.)+\$(?!\$))
    | (?P<contraction>(?<=[A-Za-z])\\'(?={_CONTRACTION}))
    | (?P<accent>\{{{_ACCENT}\}}|{_ACCENT})
    | (?P<style>\{{\\?(?:em|it|sl|bf|tt|sc|rm|sf)(?:\s|(?=\\)){_INNER}\}}
        |\\(?:emph|text(?:it|sl|bf|tt|sc|rm|sf|up)?|mbox|underline)\{{{_INNER}\}})
    | (?P<fragment>{_ALONE}(?:{_MATH_LETTER}|\{{\\?(?:{_GREEK}|[A-Za-z])\}}|[A-Za-z]|[0-9]+)
        (?:{_SCRIPT})+(?:{_ARGUMENTS})?(?![\w\\{{}}^_]))
    | (?P<symbol>{_ALONE}(?:\{{\\?(?:{_GREEK})\}}|(?:{_MATH_LETTER})(?![A-Za-z]))(?![\w\\{{}}^_$]))
    | (?P<macro>\{{\\(?P<braced>[A-Za-z]+)\s*\}}|\\(?P<named>[A-Za-z]+)(?:\{{\}})?)
    | (?P<mark>\\")
    | (?P<escape>\\[%&\#_$])
    | (?P<quotes>``(?P<quoted>[^`]{{1,300}}?)'')
    | (?P<quote>(?<![^\s(\[])`(?P<word>[^`\s](?:[^`]{{0,98}}?[^`\s])?)'(?!\w))
    | (?P<tie>(?:(?<=[A-Za-z][A-Za-z])|(?<=[.,)])|(?<=\b[aAI]))~(?=[A-Za-z]{{2}}))
    | (?P<spread>(?<![\w.])(?P<mean>[0-9]+\.[0-9]+)\s?\\?pm\s?(?P<error>[0-9]+\.[0-9]+)(?![\w]))
    """,
    re.VERBOSE,
)


_TRIGGER = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\\${}_^`~\ufffe\uffff]|https?:|[0-9 ]pm"
)
"""What every alternative of `_DEBRIS` holds one of: most texts hold none, and are read at once."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: where it stood in the text, and what became of it."""

    offset: int
    before: str
    after: str


def read(text: str) -> tuple[tuple[Piece, ...], tuple[Repair, ...]]:
    """The text's pieces in order, and every repair that was made."""
    pieces: list[Piece] = []
    repairs: list[Repair] = []
    has_escaped_quotes = bool(_ESCAPED_QUOTE.search(text))
    at = 0
    trigger = _TRIGGER.search(text)
    match = _DEBRIS.search(text, _word_before(text, trigger.start())) if trigger else None
    while match:
        found = _repaired(match, has_escaped_quotes)
        start = match.start()
        if found is None:
            # What is no debris as a whole may still hold some.
            match = _DEBRIS.search(text, start + 1)
            continue
        pieces.append(Piece("text", text[at:start]))
        pieces.extend(found.pieces)
        if found.is_repair:
            repairs.append(Repair(start, found.before, _shown(found.pieces)))
        at = start + len(found.before)
        match = _DEBRIS.search(text, at)
    pieces.append(Piece("text", text[at:]))
    return _merged(pieces), tuple(repairs)


def _word_before(text: str, at: int) -> int:
    """Where to begin looking: a match that holds the sign may have begun a word or two earlier."""
    return max(0, text.rfind(" ", 0, max(0, at - 60)))


def plain(pieces: Iterable[Piece]) -> str:
    """The pieces' words without any mark-up, math as its TeX source."""
    return "".join(
        piece.text.strip("$") if piece.kind == "math" else piece.text for piece in pieces
    )


@dataclass(frozen=True, slots=True)
class _Found:
    before: str
    pieces: tuple[Piece, ...]
    is_repair: bool = True


def _repaired(match: re.Match[str], has_escaped_quotes: bool) -> _Found | None:
    """What a match of `_DEBRIS` becomes, or None where it is left as it stands."""
    kind = match.lastgroup or ""
    # Named groups inside an alternative close before it, so `lastgroup` is the alternative's own.
    if kind in ("accent", "mark") and match[0].startswith('\\"') and has_escaped_quotes:
        return _Found('\\"', (Piece("text", '"'),))
    pieces = _READERS[kind](match)
    if pieces is None:
        return None
    before = links.matched(match.string, match.start())[0] if kind == "url" else match[0]
    is_as_it_stood = kind in ("url", "math") and pieces[0].text == before
    return _Found(before, pieces, is_repair=not is_as_it_stood)


def _url(match: re.Match[str]) -> tuple[Piece, ...] | None:
    _, url = links.matched(match.string, match.start())
    return (Piece("url", url),) if url else None


def _link(match: re.Match[str]) -> tuple[Piece, ...]:
    return (Piece("url", match[0][5:-1].strip()),)


def _math(match: re.Match[str]) -> tuple[Piece, ...] | None:
    source, after = match[0], match.string[match.end() :][:1]
    if source.startswith("$$"):
        is_math = bool(source.strip("$ "))
    elif source.startswith("$"):
        is_math = math.is_dollar_math(source[1:-1], after)
    else:
        is_math = math.is_bracket_math(source[2:-2], is_block=source.startswith(r"\["))
    return (Piece("math", source),) if is_math else None


def _text(text: str) -> tuple[Piece, ...]:
    return (Piece("text", text),)


def _accent(match: re.Match[str]) -> tuple[Piece, ...] | None:
    accent, letter = re.sub(r"[{}\s]", "", match[0])[1:].replace("\\", "", 1), ""
    accent, letter = accent[0], accent[1:]
    composed = unicodedata.normalize("NFC", letter + _COMBINING[accent])
    return _text(composed) if len(composed) == 1 else None


def _style(match: re.Match[str]) -> tuple[Piece, ...] | None:
    name, inner = re.fullmatch(r"(?s)[{\\]+([a-z]+)\{?(.*)\}", match[0]).groups()  # type: ignore[union-attr]
    pieces, _ = read(inner.strip())
    if any(piece.kind != "text" for piece in pieces) or not pieces:
        return None
    return (Piece(STYLES[name], pieces[0].text),)


def _fragment(match: re.Match[str]) -> tuple[Piece, ...] | None:
    source = match[0]
    scripts = re.sub(r"\{[^{}]*\}", "", source)
    if scripts.count("_") > 1 or scripts.count("^") > 1:
        return None
    if source[0].isdigit() and "_" in scripts:
        return None
    return _as_math(source)


def _symbol(match: re.Match[str]) -> tuple[Piece, ...]:
    source = match[0]
    name = source.strip("{}") if source.startswith("{") else source
    return _as_math(name)


def _as_math(source: str) -> tuple[Piece, ...]:
    """TeX math of it, the Greek letters with the backslashes that they lost."""
    repaired = _BARE_GREEK.sub(r"\\\1", re.sub(r"^\{([A-Za-z])\}", r"\1", source))
    return (Piece("math", f"${repaired}$"),)


def _macro(match: re.Match[str]) -> tuple[Piece, ...] | None:
    name = match["braced"] or match["named"]
    sign = LETTERS.get(name) or SIGNS.get(name)
    if sign is None and not _is_within_tex(match):
        sign = _OPERATORS.get(name)
    return _text(sign) if sign else None


def _is_within_tex(match: re.Match[str]) -> bool:
    before = match.string[: match.start()][-1:]
    after = match.string[match.end() :][:1]
    return before in ("{", "}", "^", "_", "\\") or after in ("{", "}", "^", "_", "\\")


def _spread(match: re.Match[str]) -> tuple[Piece, ...]:
    return _text(f"{match['mean']} ± {match['error']}")


_READERS: dict[str, Callable[[re.Match[str]], tuple[Piece, ...] | None]] = {
    "control": lambda match: (),
    "link": _link,
    "url": _url,
    "math": _math,
    "contraction": lambda match: _text("'"),
    "accent": _accent,
    "style": _style,
    "fragment": _fragment,
    "symbol": _symbol,
    "macro": _macro,
    "mark": lambda match: None,
    "escape": lambda match: _text(match[0][1]),
    "quotes": lambda match: _text(f"“{match['quoted']}”"),
    "quote": lambda match: _text(f"‘{match['word']}’"),
    "tie": lambda match: _text(" "),
    "spread": _spread,
}


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring stretches of text as one; empty ones left out."""
    merged: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if merged and piece.kind == merged[-1].kind == "text":
            merged[-1] = Piece("text", merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)


def _shown(pieces: tuple[Piece, ...]) -> str:
    marks = {"emphasis": "*", "strong": "**", "code": "`"}
    return "".join(f"{marks.get(p.kind, '')}{p.text}{marks.get(p.kind, '')}" for p in pieces)
