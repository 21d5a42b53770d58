"""A source's bytes in; its text, and which encoding it turned out to have, out.

A byte order mark decides; without one, UTF-8 where the bytes are that, UTF-16 where every other
byte is zero, else Windows-1252, which any bytes can be.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252", "latin-1": "Latin-1",
}  # fmt: skip
_DECLARED = re.compile(
    rb"(?:encoding|charset)\s*[=:]\s*[\"']?([A-Za-z0-9_.:-]{3,30})", re.IGNORECASE
)
_SAMPLE = 4_000
_BINARY = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"SQLite",
)
_CONTROLS = "".join(map(chr, (*range(1, 9), *range(14, 27), *range(28, 32))))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with even line ends."""

    text: str
    encoding: str = ""
    """The encoding's name where it is worth a word: empty for UTF-8."""
    lost: int = 0
    """Bytes that no encoding explains."""
    is_guessed: bool = False
    """Whether nothing in the bytes names the encoding."""


def decode(content: bytes) -> Decoded | None:
    """None where this is no text; a byte that cannot be read becomes U+FFFD and is counted."""
    if content.startswith(_BINARY):
        return None
    found = _decode(content)
    controls = sum(found.text.count(sign) for sign in _CONTROLS)
    return None if "\0" in found.text or controls > 0.02 * len(found.text) + 2 else found


def _decode(content: bytes) -> Decoded:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], codec)
    if codec := _told_by_zeros(content[:_SAMPLE]):
        return _decoded(content, codec)
    try:
        return Decoded(_even(content.decode("utf-8")))
    except UnicodeDecodeError as fault:
        # A few broken bytes amid good letters beyond ASCII: a UTF-8 file that was cut or glued.
        good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", content))
        if good > 20 * max(1, content.decode("utf-8", "replace").count("\ufffd")):
            del fault
            return _decoded(content, "utf-8")
    if codec := _declared(content[:_SAMPLE]):
        return _decoded(content, codec)
    return replace(_decoded(content, _single_byte(content)), is_guessed=True)


def _told_by_zeros(sample: bytes) -> str:
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.1 * half else ""


def _declared(sample: bytes) -> str:
    match = _DECLARED.search(sample)
    if match is None:
        return ""
    try:
        codec = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
    is_text = codec not in ("utf-8", "ascii") and not codec.startswith(("utf-16", "utf-32"))
    return codec if is_text and getattr(codecs.lookup(codec), "_is_text_encoding", True) else ""


def _single_byte(content: bytes) -> str:
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _decoded(content: bytes, codec: str) -> Decoded:
    text = content.decode(codec, "replace")
    lost = text.count("\ufffd") - (content.count("\ufffd".encode()) if codec == "utf-8" else 0)
    # What Latin-1 declares is Windows-1252 in practice, as browsers know.
    if codec in ("iso8859-1", "latin-1"):
        text = content.decode("cp1252", "replace") if _single_byte(content) == "cp1252" else text
    name = _NAMES.get(codec, "" if codec == "utf-8" else codec)
    return Decoded(_even(text), name, max(0, lost))


def _even(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
