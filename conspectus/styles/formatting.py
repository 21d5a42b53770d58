"""A record of CSL-JSON and a style's source in; the formatted reference out, by citeproc-py.

citeproc-py reads its locales from its own package. It costs some milliseconds a reference, and is
loaded only where a survey names a style.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

LOCALES = {
    "ar": "ar", "ca": "ca-AD", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR",
    "en": "en-US", "es": "es-ES", "fa": "fa-IR", "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL",
    "hu": "hu-HU", "it": "it-IT", "ja": "ja-JP", "ko": "ko-KR", "nb": "nb-NO", "nl": "nl-NL",
    "no": "nb-NO", "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sv": "sv-SE",
    "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip
"""By the first part of a language tag; American English for what is not among them."""
_NUMBER = re.compile(r"(?:\[1\]|\(1\)|1\.?)\s*")
_STOP_AFTER_STOP = re.compile(r"(?<=[?!…])([”’»\"']?)\.|(?<=[^.]\.)()\.(?!\.)")


class Formatter:
    """One style in one language."""

    def __init__(self, source: str, language: str) -> None:
        from citeproc import CitationStylesStyle

        locale = LOCALES.get(language.lower().split("-")[0], "en-US")
        file = io.BytesIO(source.encode())
        self._style: Any = CitationStylesStyle(file, locale=locale, validate=False)
        self._is_numbered = "citation-number" in source

    def format(self, record: Mapping[str, object]) -> str:
        """One line of plain text. It has no number, since in a list of one that says nothing."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON([record])
        bibliography = CitationStylesBibliography(self._style, source, formatter.plain)
        bibliography.register(Citation([CitationItem(str(record["id"]))]))
        line = " ".join(str(bibliography.bibliography()[0]).split())
        number = _NUMBER.match(line) if self._is_numbered else None
        return _STOP_AFTER_STOP.sub(r"\1\2", line[number.end() :] if number else line)
