r"""A value of BibTeX, which is TeX, in; its pieces in Unicode out: math stays math.

Unlike `importers.tex`, which repairs what looks like TeX in plain text, everything here means what
TeX means: braces vanish, `~` is a space, `--` a dash. A macro that nobody knows leaves its
argument.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from latex2mathml.symbols_parser import convert_symbol

from conspectus.importers import tex
from conspectus.importers.entries import Piece, PieceKind
from conspectus.importers.formats import markup
from conspectus.prose import tex as math

_SPECIAL = re.compile(r"[\\{}$~`^_]|--|''")
_SPECIAL_OR_TAG = re.compile(r"[\\{}$~`^_<&]|--|''")
_TOKEN = re.compile(
    r"""\\begin\{(?P<environment>(?:equation|align|gather|displaymath|math|eqnarray)\*?)\}
        (?P<equation>.{0,4000}?)\\end\{(?P=environment)\}
    | \\\((?P<inline>.{0,4000}?)\\\) | \\\[(?P<display>.{0,4000}?)\\\]
    | \\(?P<name>[A-Za-z]+)\*? | \\(?P<sign>.)
    | \$\$(?P<dollars>[^$]+)\$\$ | \$(?P<dollar>(?:[^$\\]|\\.)+)\$
    | (?P<raised>[_^])\{(?P<script>[^{}]*)\}
    | (?P<other>[{}~$]|-{2,3}(?!-)|``|''|`)
    """,
    re.VERBOSE | re.DOTALL,
)
_ACCENTS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323",
    "b": "\u0331", "k": "\u0328", "r": "\u030a", "t": "\u0361", "G": "\u030f", "U": "\u030e",
    "h": "\u0309",
}  # fmt: skip
_LETTERS = {
    **tex.LETTERS, "DJ": "Đ", "dj": "đ", "NG": "Ŋ", "ng": "ŋ", "SS": "ẞ", "AA": "Å", "IJ": "Ĳ",
    "ij": "ĳ",
}  # fmt: skip
_SIGNS = {
    **tex.SIGNS, "textquotesingle": "'", "textless": "<", "textgreater": ">", "textbar": "|",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "textasteriskcentered": "*",
    "textbullet": "•", "textperiodcentered": "·", "textsection": "§", "textparagraph": "¶",
    "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª",
    "textordmasculine": "º", "textcopyright": "©", "textmu": "µ", "textpm": "±",
    "texttimes": "×", "textdiv": "÷", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "texteuro": "€", "textsterling": "£", "textyen": "¥",
    "textcent": "¢", "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„",
    "quotesinglbase": "‚", "textquotedbl": '"', "guilsinglleft": "‹", "guilsinglright": "›",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textsuperscriptone": "¹",
    "textvisiblespace": "␣", "textnumero": "№", "dag": "†", "ddag": "‡", "P": "¶",
    "textdagger": "†",
    "slash": "/", "newline": " ", "linebreak": " ", "quad": " ", "qquad": " ", "space": " ",
    "par": "\n\n", "item": "\n", "ohm": "Ω", "textohm": "Ω", "textohms": "Ω", "celsius": "°C",
    "textcelsius": "℃", "degree": "°", "micro": "µ", "permil": "‰", "textperthousand": "‰",
    "BibTeX": "BibTeX", "colon": ":", "lbrace": "{", "rbrace": "}", "textsurd": "√",
    "textrightarrow": "→", "textleftarrow": "←", "textminus": "−", "textemdash": "—",
    "nobreakspace": " ", "thinspace": " ", "hyphen": "-", "textcompwordmark": "", "backslash": "\\",
    "lbrack": "[", "rbrack": "]", "textasteriskcentred": "*", "prime": "′", "AM": "AM", "PM": "PM",
}  # fmt: skip
_STYLES: dict[str, PieceKind] = {
    **{name: kind for name, kind in tex.STYLES.items() if kind != "text"},
    "mkbibemph": "emphasis", "mkbibitalic": "emphasis", "mkbibbold": "strong",
    "itshape": "emphasis", "bfseries": "strong", "slshape": "emphasis", "ttfamily": "code",
}  # fmt: skip
_SWITCHES = frozenset(("em", "it", "sl", "bf", "tt", "itshape", "bfseries", "slshape", "ttfamily"))
_WITH_ARGUMENT = frozenset(
    str.split(
        "noopsort SortNoop sortnoop nocite label vspace hspace vskip hskip index phantom hphantom "
        "vphantom begin end color rule switchargs"
    )
)
"""What vanishes together with its argument."""
_EMPTY_SIGNS = "-/!@*"
_SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\t": " ", "\\": " ", ">": " "}
_PLAIN_MATH = {
    "<": "<",
    ">": ">",
    r"\%": "%",
    r"\&": "&",
    "|": "|",
    "=": "=",
    "+": "+",
    r"\sim": "~",
}
_FUNCTIONS = frozenset(
    str.split("log ln exp sin cos tan min max sup inf lim arg det dim ker Pr gcd tanh sinh cosh")
)
_SCRIPT = re.compile(r"(?:\{\})?([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\\{}]))")
_AMOUNT = re.compile(r"[0-9][0-9.,]*\s*(?:[kKmMbB]|[^\W\d_]{2,}.*|.*\s|)", re.DOTALL)
"""What stands between two dollars that are money: "$10 or $20"."""
_QUOTED = re.compile(r"‘([^‘’'`]{1,100})'(?!\w)")
_DEEPEST = 40
_MOST_SIGNS = 8000
"""Signs of TeX in one value; no value needs more, and one that has them stays as it stands."""


def read(text: str) -> list[Piece]:
    """The value's pieces; a tag of HTML in them is read as what it says."""
    if not 0 < len(_SPECIAL.findall(text)) <= _MOST_SIGNS:
        return markup.pieces([Piece("text", text)])
    reader = _Reader(text)
    reader.read("")
    return markup.pieces(_joined(reader.pieces))


def plain(text: str) -> str:
    """The value in one line without any mark-up, math as its TeX."""
    if not _SPECIAL_OR_TAG.search(text):
        return " ".join(text.split())
    found = markup.one_line(read(text))
    return "".join(p.text.strip("$") if p.kind == "math" else p.text for p in found)


def verbatim(text: str) -> str:
    """An address or an identifier: as it stands, without what was escaped for TeX."""
    if not _SPECIAL.search(text):
        return " ".join(text.split())
    text = re.sub(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}", r"\1", text)
    text = re.sub(r"\{?\$?\\(?:textasciitilde|sim)\$?(?:\{\})?\}?", "~", text)
    text = re.sub(r"\{?\\textunderscore(?:\{\})?\}?", "_", text)
    text = re.sub(
        r"\{?\\text(less|greater)(?:\{\})?\}?", lambda m: "<" if m[1] == "less" else ">", text
    )
    text = re.sub(r"\\([_%&#~$^{}-])(?:\{\})?", r"\1", text)
    return " ".join(text.replace("{", "").replace("}", "").split())


def split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The value parted at the separators that stand outside of all braces."""
    parts: list[str] = []
    depth = start = 0
    pattern = re.compile(rf"\\.|[{{}}]|(?P<separator>{separator.pattern})", re.I | re.S)
    for match in pattern.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif match["separator"] is not None and not depth:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def group_at(text: str, at: int) -> tuple[str, int]:
    """What stands between the brace at a place and its partner, and where it goes on."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return text[at + 1 : match.start()], match.end()
    return text[at + 1 :], len(text)


class _Reader:
    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.at = 0
        self.depth = depth
        self.pieces: list[Piece] = []

    def read(self, style: PieceKind | str) -> None:
        """Read to the end; `style` is that of the text around."""
        styles = [style]
        while match := _TOKEN.search(self.text, self.at):
            self._write(self.text[self.at : match.start()], styles[-1])
            self.at = match.end()
            if match["name"]:
                self._macro(match["name"], styles)
            elif match["sign"]:
                self._sign(match["sign"], styles[-1])
            elif match["raised"]:
                self._script(match["script"], is_raised=match["raised"] == "^")
            elif match["other"]:
                self._other(match["other"], match, styles)
            else:
                self._math(match, styles[-1])
        self._write(self.text[self.at :], styles[-1])

    def _write(self, text: str, style: str) -> None:
        if text:
            self.pieces.append(Piece(style or "text", text))  # type: ignore[arg-type]

    def _other(self, sign: str, match: re.Match[str], styles: list[str]) -> None:
        if sign == "{":
            styles.append(styles[-1])
        elif sign == "}":
            if len(styles) > 1:
                styles.pop()
        elif sign == "~":
            self._write("~" if self._is_about(match) else " ", styles[-1])
        else:
            dashes = {"--": "–", "---": "—", "``": "“", "''": "”", "`": "‘"}
            self._write(dashes.get(sign, sign), styles[-1])

    def _is_about(self, match: re.Match[str]) -> bool:
        """Whether a tilde says "about": before a number, after a space, where TeX needs none."""
        before, after = self.text[: match.start()][-1:], self.text[match.end() :][:1]
        return after.isdigit() and (not before or before in " (\n")

    def _sign(self, sign: str, style: str) -> None:
        if sign in _ACCENTS:
            self._accent(sign, style)
        elif sign in _SPACES:
            self._write(_SPACES[sign], style)
        elif sign not in _EMPTY_SIGNS:
            self._write(sign, style)

    def _accent(self, accent: str, style: str) -> None:
        argument = self._argument(takes_spaces=accent.isalpha())
        text = "".join(piece.text for piece in self._inner(argument))
        if not text.strip():
            # An accent over nothing: TeX's way to write the bare sign, or a letter's broken macro.
            self._write(accent, style)
            return
        first = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
        composed = unicodedata.normalize("NFC", first + _ACCENTS[accent])
        self._write(composed + text[1:], style)

    def _macro(self, name: str, styles: list[str]) -> None:
        style = styles[-1]
        if name in _SWITCHES and not self.text.startswith("{", self.at):
            self._skip_spaces()
            styles[-1] = _STYLES[name]
        elif name in _LETTERS or name in _SIGNS:
            self._skip_empty(name)
            self._write(_LETTERS.get(name) or _SIGNS.get(name, ""), style)
        elif name in _ACCENTS:
            self._accent(name, style) if self._has_letter() else self._write(name, style)
        elif name in _STYLES:
            self.pieces.extend(
                Piece(_STYLES[name], piece.text) if piece.kind == "text" else piece
                for piece in self._inner(self._argument())
            )
        elif name in _WITH_ARGUMENT:
            self._braced()
        elif name in _BY_NAME:
            _BY_NAME[name](self, style)
        else:
            self._unknown(name, style)

    def _unknown(self, name: str, style: str) -> None:
        code = convert_symbol(f"\\{name}")
        if code is not None:
            if self.text.startswith("{}", self.at):
                self.at += 2
            self._write(chr(int(code, 16)), style)
            return
        if name in _FUNCTIONS:
            self._write(name, style)
            return
        # The braces that follow vanish by themselves; what was in them stays.
        self._skip_spaces()

    def _math(self, match: re.Match[str], style: str) -> None:
        inner = match["dollar"] or match["inline"]
        display = match["dollars"] or match["display"] or match["equation"]
        tex_source = " ".join((inner or display or "").split())
        if not tex_source:
            return
        if tex_source in _PLAIN_MATH:
            self._write(_PLAIN_MATH[tex_source], style)
        elif script := _SCRIPT.fullmatch(tex_source):
            self._script(script[2] or script[3], is_raised=script[1] == "^")
        elif match["dollar"] and (_AMOUNT.fullmatch(inner) or math.is_prose(tex_source)):
            # Two amounts of money: the second may begin math of its own.
            self._write("$", style)
            self.at = match.start() + 1
        elif display:
            self.pieces.append(Piece("math", f"$${tex_source}$$"))
        elif math.is_dollar_math(tex_source, self.text[self.at :][:1]):
            self.pieces.append(Piece("math", f"${tex_source}$"))
        else:
            # What Markdown would take for dollars, TeX takes for math.
            self.pieces.append(Piece("math", rf"\({tex_source}\)"))

    def _script(self, tex_source: str, *, is_raised: bool) -> None:
        self.pieces.extend(markup.script(tex_source, is_raised=is_raised))

    def _raised(self, style: str) -> None:
        self._script("".join(p.text for p in self._inner(self._argument())), is_raised=True)

    def _lowered(self, style: str) -> None:
        self._script("".join(p.text for p in self._inner(self._argument())), is_raised=False)

    def _ensured(self, style: str) -> None:
        source = " ".join(self._argument().split()).strip("$")
        if source:
            self.pieces.append(Piece("math", f"${source}$"))

    def _quoted(self, style: str) -> None:
        self._write("“", style)
        self.pieces.extend(self._inner(self._argument()))
        self._write("”", style)

    def _url(self, style: str) -> None:
        self._write(verbatim(self._argument()), style)

    def _href(self, style: str) -> None:
        url, text = verbatim(self._argument()), self._inner(self._argument())
        self.pieces.extend(text)
        if not any(url in piece.text for piece in text):
            self._write(f" ({url})", style)

    def _noted(self, style: str) -> None:
        self._write(" (", style)
        self.pieces.extend(self._inner(self._argument()))
        self._write(")", style)

    def _inner(self, text: str) -> list[Piece]:
        if self.depth > _DEEPEST:
            return [Piece("text", text)]
        reader = _Reader(text, self.depth + 1)
        reader.read("")
        return reader.pieces

    def _argument(self, *, takes_spaces: bool = True, accents: int = 0) -> str:
        """A group's content, a macro, or one letter."""
        if takes_spaces or self.text[self.at : self.at + 2] in (" {", " \\"):
            self._skip_spaces()
        if self.text.startswith("{", self.at):
            inner, self.at = group_at(self.text, self.at)
            return inner
        match = re.compile(r"\\[A-Za-z]+[ \t]*|\\.|[^\s{}]", re.DOTALL).match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        is_accent = len(match[0]) == 2 and match[0][1] in _ACCENTS and not match[0][1].isalpha()
        if is_accent and accents < _DEEPEST:  # an accent upon an accent
            return match[0] + "{" + self._argument(accents=accents + 1) + "}"
        return match[0].strip()

    def _braced(self) -> None:
        if self.text.startswith("{", self.at):
            _, self.at = group_at(self.text, self.at)

    def _has_letter(self) -> bool:
        return bool(
            re.compile(r"\s*\{|\s+[A-Za-z]|\s*\\[ij](?![A-Za-z])").match(self.text, self.at)
        )

    def _skip_empty(self, name: str) -> None:
        if self.text.startswith("{}", self.at):
            self.at += 2
        else:
            self._skip_spaces()

    def _skip_spaces(self) -> None:
        match = re.compile(r"[ \t]*(?:\n[ \t]*(?!\n))?").match(self.text, self.at)
        if match:
            self.at = match.end()


_BY_NAME: dict[str, Callable[[_Reader, str], None]] = {
    "textsuperscript": _Reader._raised,
    "mkbibsuperscript": _Reader._raised,
    "textsubscript": _Reader._lowered,
    "mkbibsubscript": _Reader._lowered,
    "ensuremath": _Reader._ensured,
    "enquote": _Reader._quoted,
    "mkbibquote": _Reader._quoted,
    "mkbibparens": _Reader._noted,
    "footnote": _Reader._noted,
    "url": _Reader._url,
    "path": _Reader._url,
    "nolinkurl": _Reader._url,
    "href": _Reader._href,
}


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one, so that a tag or an entity is never cut in two."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind and piece.kind != "math":
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return [Piece(p.kind, _QUOTED.sub(r"‘\1’", p.text)) if "‘" in p.text else p for p in joined]
