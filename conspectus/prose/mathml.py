"""TeX in; MathML out, made only of elements and attributes that are known to be harmless.

The converter's own output is never trusted: its tree is walked, and what the lists below do not
name is left out. `\\href`, `\\style`, `\\class` and `\\unicode` are known ways in.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

MOST_CHARACTERS = 4000
MOST_NESTED = 24
MOST_IN_A_ROW = 30
"""Commands without anything between them: each may be the argument of the one before."""
MOST_SWITCHES = 8
"""Commands that take in all that follows them."""
MOST_LEVELS = 100
"""Of the resulting MathML."""

_ELEMENTS = frozenset(
    str.split(
        "math mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt"
        " mroot mtable mtr mtd mstyle mpadded mphantom"
    )
)
_TOKENS = frozenset(("mi", "mn", "mo", "mtext"))
_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
_BOOLEAN = re.compile(r"(?:true|false)\Z")
_LENGTH = re.compile(r"[-+]?(?:\d(?:\.\d+)?|\.\d+)(?:em|ex|pt|px|mu)?\Z")
_ALIGNMENT = re.compile(r"(?:left|right|center)(?: (?:left|right|center))*\Z")
_ATTRIBUTES = {
    "display": re.compile(r"block\Z"),
    "displaystyle": _BOOLEAN,
    "scriptlevel": re.compile(r"[+-]?\d\Z"),
    "stretchy": _BOOLEAN,
    "fence": _BOOLEAN,
    "separator": _BOOLEAN,
    "largeop": _BOOLEAN,
    "movablelimits": _BOOLEAN,
    "accent": _BOOLEAN,
    "accentunder": _BOOLEAN,
    "form": re.compile(r"(?:prefix|infix|postfix)\Z"),
    "linethickness": _LENGTH,
    "width": _LENGTH,
    "height": _LENGTH,
    "depth": _LENGTH,
    "lspace": _LENGTH,
    "rspace": _LENGTH,
    "minsize": _LENGTH,
    "maxsize": _LENGTH,
    "columnalign": _ALIGNMENT,
    "mathvariant": re.compile(r"normal\Z"),
}
"""No colour, background, link, class or style: what a paper says never decides how it looks."""

_CHANGES = re.compile(
    r"\\(?:def|gdef|edef|xdef|let|newcommand|renewcommand|providecommand|newenvironment"
    r"|DeclareMathOperator|require|input|include|csname|catcode)\b"
    r"|(?<!\\)(?:\\\\)*%"
)
"""What would change or hide the TeX that follows: definitions, files, and comments."""

_UNWANTED = re.compile(r"\\(?:label|nonumber|notag|xspace)\b\s*(?:\{[^{}]*\})?|\\(?:protect|!)")
_KNOWN_BY_OTHER_NAMES = (
    (re.compile(r"\\mathbbm(?:ss|tt)?\b"), r"\\mathbb"),
    (re.compile(r"\\mathds\b"), r"\\mathbb"),
    (re.compile(r"\\ensuremath\b"), ""),
    (re.compile(r"\\nicefrac\b"), r"\\frac"),
    (re.compile(r"\\(begin|end)\s*\{equation\*?\}"), ""),
)
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_COMMAND = re.compile(r"\\[A-Za-z]")
_NESTING = re.compile(r"\\(?:left|right|begin|end)\b|\\.|[{}]", re.DOTALL)
_STEPS = {"{": 1, "}": -1, r"\left": 1, r"\right": -1, r"\begin": 1, r"\end": -1}
_IN_A_ROW = re.compile(rf"(?:(?:\\[A-Za-z]+\*?|[\^_'])\s*){{{MOST_IN_A_ROW},}}")
_SWITCHES = re.compile(
    r"\\(?:color|(?:display|text|script|scriptscript)style|over|atop|above|choose|brace|brack"
    r"|genfrac|(?:over|atop|above)withdelims)(?![A-Za-z])"
)
_VARIANTS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "monospace": "MONOSPACE",
}
_LETTER = re.compile(r"(?:LATIN|GREEK) (CAPITAL|SMALL) LETTER (\w+)\Z")


def convert(tex: str, *, is_block: bool = False) -> str:
    """The MathML of a formula, or empty where it cannot be converted with certainty."""
    for pattern, name in _KNOWN_BY_OTHER_NAMES:
        tex = pattern.sub(name, tex)
    tex = _UNWANTED.sub("", tex).strip()
    if not tex or _is_beyond(tex):
        return ""
    try:
        tree = Converter(display="block" if is_block else "inline").convert_to_element(tex)
    except Exception:
        # The converter raises a dozen exceptions of its own and whatever Python raises where it
        # stumbles (IndexError, StopIteration, …): to us each means that this is not its TeX.
        return ""
    if _has_unknown(tree) or _is_too_deep(tree) or _lacks_parts(tree):
        return ""
    return _written(tree)


def _is_beyond(tex: str) -> bool:
    """Whether a formula is too large or too deep, or defines macros that could grow without end.

    The bounds keep the converter far from Python's own recursion limit, which would be met
    earlier or later by who calls: the same formula always gives the same answer.
    """
    if len(tex) > MOST_CHARACTERS or _CHANGES.search(tex) or _IN_A_ROW.search(tex):
        return True
    if len(_SWITCHES.findall(tex)) > MOST_SWITCHES:
        return True
    depth = braces = 0
    for match in _NESTING.finditer(tex):
        step = _STEPS.get(match[0], 0)
        depth += step
        braces += step if match[0] in "{}" else 0
        if depth > MOST_NESTED or braces < 0:
            return True
    return braces != 0


def _is_too_deep(tree: Element) -> bool:
    level = [tree]
    for _ in range(MOST_LEVELS):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _has_unknown(tree: Element) -> bool:
    """Whether the converter left a command as it stood."""
    return any(
        element.text and element.tag != "mtext" and _COMMAND.match(element.text)
        for element in tree.iter()
    )


def _lacks_parts(tree: Element) -> bool:
    """Whether a fraction, root or script misses one of its parts, such as a denominator."""
    return any(len(element) != _PARTS.get(element.tag, len(element)) for element in tree.iter())


def _written(element: Element) -> str:
    tag = element.tag if element.tag in _ELEMENTS else "mrow"
    text = _text(element.text or "")
    variant = element.get("mathvariant", "")
    if variant in _VARIANTS:
        text = "".join(_styled(character, _VARIANTS[variant]) for character in text)
    inner = escape(text, quote=False) + "".join(_written(child) for child in element)
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _ATTRIBUTES[name].match(value)
    )
    if tag == "mi" and len(text) == 1 and _is_upright(element, text):
        attributes = ' mathvariant="normal"'
    return f"<{tag}{attributes}>{inner}</{tag}>"


def _is_upright(element: Element, text: str) -> bool:
    """Whether a single letter stands upright, which MathML must be told."""
    return element.get("mathvariant") == "normal" or (
        text.isascii() and text.isalpha() and bool(_REFERENCE.match(element.text or ""))
    )


def _text(text: str) -> str:
    """With the converter's character references resolved, and only characters that HTML allows."""
    resolved = _REFERENCE.sub(_referred, text)
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in resolved)


def _referred(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _styled(character: str, style: str) -> str:
    """The mathematical letter of a style; browsers no longer make it from `mathvariant`."""
    name = _LETTER.sub(r"\1 \2", unicodedata.name(character, ""))
    holes = ("BLACK-LETTER",) if style == "FRAKTUR" else (style,)
    for full in (f"MATHEMATICAL {style} {name}", *(f"{hole} {name}" for hole in holes)):
        try:
            return unicodedata.lookup(full)
        except KeyError:
            continue
    return "ℎ" if (style, character) == ("ITALIC", "h") else character
