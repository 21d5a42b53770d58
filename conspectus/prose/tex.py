"""TeX in running text: where math is meant, and how it reads as plain text."""

from __future__ import annotations

import re

from latex2mathml.symbols_parser import convert_symbol

_GROUPS = re.compile(r"\\(?:text|mathrm|operatorname|mbox|hbox)\w*\*?\s*\{[^{}]*\}|\\[A-Za-z]+")
_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,},?\s+[A-Za-z]{2,}(?![A-Za-z])")
_PRICE = re.compile(r"[\d.,]+\s*[kKmMbB]?(?:illion)?[\s/-]+[A-Za-z]{2,}")
_SHELL = re.compile(r"\{?[A-Z_][A-Z0-9_]+\b|\{[A-Za-z_]\w+\}")
_NOTE = re.compile(r"\d[\d\s,;–-]*\Z")

_SPACING = re.compile(r"\\(?:[,;:! ]|quad\b|qquad\b|left\b|right\b|displaystyle\b)|~")
_WRAPPED = re.compile(
    r"\\(?:text(?:bf|it|rm|tt|sf|sc)?|math(?:rm|bf|it|cal|bb|sf|tt|frak|scr|bbm)|operatorname\*?|bm"
    r"|boldsymbol|mbox|emph)\s*\{([^{}\\]*)\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{(\w+)\}\s*\{(\w+)\}")
_SINGLE = re.compile(r"([_^])\{(\w)\}")
_NAMES = frozenset(
    str.split("log ln exp sin cos tan min max sup inf lim arg det dim ker Pr gcd tanh sinh cosh")
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\([%$&#_{}|])")


def is_dollar_math(tex: str, after: str) -> bool:
    """Whether text between single dollars is math, seeing the character after the closing one.

    Pandoc's rule (no space inside, no digit after), and against prices and shell variables: no
    running prose between, no amount followed by a word, no variable's name before more of a path.
    """
    if not tex or tex[0].isspace() or tex[-1].isspace() or after.isdigit():
        return False
    if _PRICE.match(tex) or is_prose(tex):
        return False
    return not (_SHELL.match(tex) and (after.isalpha() or (after and after in "{_(")))


def is_bracket_math(tex: str, *, is_block: bool) -> bool:
    r"""Whether text between `\(` and `\)` (or `\[` and `\]`) is math, not an escaped bracket."""
    if not tex.strip() or is_prose(tex):
        return False
    return not (is_block and _NOTE.match(tex.strip()))


def is_prose(tex: str) -> bool:
    """Whether words of running text stand outside of `\\text{}`."""
    return bool(_PROSE.search(_GROUPS.sub(" ", tex)))


def plain(tex: str) -> str:
    """A formula as people would type it: Unicode letters where all is simple, else its TeX."""
    source = " ".join(tex.split())
    text = _SPACING.sub(" ", source)
    text = _WRAPPED.sub(r"\1", text)
    text = _FRACTION.sub(r"\1/\2", text)
    text = _COMMAND.sub(_symbol, text)
    if "\\" in text:
        return source
    return " ".join(_SINGLE.sub(r"\1\2", text).split())


def _symbol(match: re.Match[str]) -> str:
    name, character = match.groups()
    if character:
        return str(character)
    if name in _NAMES:
        return f"{name} " if match[0] != match[0].rstrip() else str(name)
    code = convert_symbol(f"\\{name}")
    if code is None:
        return match[0]
    letter = chr(int(code, 16))
    # An operator keeps the space that TeX ignores, so that "n \times m" still reads well.
    is_spaced = match[0][-1].isspace() and not letter.isalpha()
    return f"{letter} " if is_spaced else letter
