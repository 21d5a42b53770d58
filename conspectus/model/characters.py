"""Characters that may stand in no text of the site, and those that HTML must spell out."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What neither HTML nor XML may hold, and terminals obey."""

FOUND = "a control character stands in the text"
REMEDY = "delete it; the site shows � in its place"


def cleaned(text: str) -> str:
    """The text with a sign of replacement for each forbidden character."""
    return FORBIDDEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Text as HTML between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
