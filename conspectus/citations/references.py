"""Papers in; formatted references out, by the style that the survey names."""

from __future__ import annotations

from conspectus.citations import csl, facts
from conspectus.model.papers import Author, Paper
from conspectus.styles import CitationStyle
from conspectus.styles.formatting import Formatter

_OURS = ("type", "title", "issued")
_TEXTS = (
    "container-title", "DOI", "URL", "collection-title", "edition", "event-place", "genre", "ISBN",
    "ISSN", "issue", "number", "page", "publisher", "publisher-place", "volume",
)  # fmt: skip
"""The variables that are handed on beside ours, where they are text or a number."""


class References:
    """Formats references by one style; gives none where there is no style."""

    def __init__(self, style: CitationStyle, language: str) -> None:
        self._formatter = Formatter(style.source, language) if style.source else None
        self.style = style.title()

    def of(self, paper: Paper, url: str) -> str:
        """The reference as plain text; empty where authors or year are not known."""
        if self._formatter is None or not facts.is_citable(paper):
            return ""
        variables = csl.csl_variables(paper, url)
        texts = {name: facts.text_of(variables.get(name)) for name in _TEXTS}
        record = {"id": "paper", **{name: variables[name] for name in _OURS}}
        record["author"] = [_name(author) for author in paper.authors]
        return self._formatter.format(record | {name: text for name, text in texts.items() if text})


def _name(author: Author) -> dict[str, str]:
    """Names of scripts without capitals stay whole, since styles would cut them to initials."""
    if author.given and author.name.lower() != author.name.upper():
        return {"family": author.family, "given": author.given}
    return {"literal": author.name}
