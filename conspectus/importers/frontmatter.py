"""Fields and Markdown in; a content file's text out: short, stable YAML, quoted where needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

Field = str | Sequence["Field"] | Mapping[str, "Field"]
"""What a field may hold: text, or texts in lists and mappings."""

_ABSENT = ("null", "~")
_CERTAINLY_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ./()-]*[A-Za-z0-9.)])?")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def write(fields: Mapping[str, Field], body: str = "") -> str:
    """A file with front matter in the given order, then the body; empty fields are left out."""
    return (
        f"---\n{mapping(fields)}---\n{body}" if not body else f"---\n{mapping(fields)}---\n{body}\n"
    )


def mapping(fields: Mapping[str, Field]) -> str:
    """Lines of YAML, one a field."""
    return "".join(f"{key}: {_flow(value)}\n" for key, value in fields.items() if value)


def scalar(text: str, *, is_inside: bool = False) -> str:
    """A text as the shortest YAML that reads back as it; `is_inside` for a flow's brackets."""
    if _is_plain(text, is_inside=is_inside):
        return text
    if _UNPRINTABLE.search(text):
        return '"' + _UNPRINTABLE.sub(_escaped, text.replace("\\", r"\\").replace('"', r"\"")) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _flow(value: Field) -> str:
    if isinstance(value, str):
        return scalar(value)
    return _nested(value)


def _nested(value: Field) -> str:
    if isinstance(value, str):
        return scalar(value, is_inside=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_nested(v)}" for key, v in value.items() if v) + "}"
    return "[" + ", ".join(_nested(entry) for entry in value) + "]"


def _is_plain(text: str, *, is_inside: bool) -> bool:
    """Whether YAML reads the bare text back as a plain scalar: asked of YAML where in doubt."""
    if _CERTAINLY_PLAIN.fullmatch(text) and text not in _ABSENT:
        return True
    if not text or text in _ABSENT or text != text.strip() or _UNPRINTABLE.search(text):
        return False
    source = f"[{text}]" if is_inside else f"k: {text}"
    try:
        found: Any = yaml.load(source, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return bool(found == ([text] if is_inside else {"k": text})) and text[0] not in "\"'&*!"


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
