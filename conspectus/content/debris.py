"""Markdown in; warnings for TeX that no page can show out."""

from __future__ import annotations

import re
from itertools import islice

from conspectus.fields import shown
from conspectus.problems import Location, Problem, warning

_MATH_OR_CODE = re.compile(
    r"`[^`]*`|\$\$[^$]*\$\$|(?<!\\)\$[^$\n]*(?<!\\)\$|\\\((?:(?!\\\().){1,1000}?\\\)|\\\[(?:(?!\\\[).){1,1000}?\\\]"
    r"|https?://\S+",
    re.DOTALL,
)
_DEBRIS = re.compile(
    r"""
      (?P<accent>(?<!\\)\\["'`^~=.](?:\{\\?[A-Za-z]\}|\\[ij]\b|(?<=[A-Za-z]\\.)[A-Za-z]))
    | (?P<style>\{\\?(?:em|it|bf|tt|sc|sl)\s[^{}]*\}|(?<!\\)\\(?:emph|text[a-z]{2,4})\{[^{}]*\})
    | (?P<command>(?<!\\)\\(?:cite[pt]?|ref|label|url|href|footnote|begin|end|item)\{[^{}]*\})
    """,
    re.VERBOSE,
)
_MOST = 20
"""Pieces that are named in one text."""
_REMEDIES = {
    "accent": "write the letter itself, such as ü or é",
    "style": "write *emphasis* or **strong** as Markdown does",
    "command": "write in words or Markdown what it stood for",
}


def problems(source: str, path: str, line: int, column: int = 1) -> tuple[Problem, ...]:
    """A warning for each of the first pieces outside of math, code and links.

    Places count from `line` and, on the first line, `column`.
    """
    if "\\" not in source and "{" not in source:
        return ()
    hidden = _MATH_OR_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    matches = list(islice(_DEBRIS.finditer(hidden), _MOST))
    return tuple(_problem(match, hidden, path, line, column) for match in matches)


def _problem(match: re.Match[str], source: str, path: str, line: int, column: int) -> Problem:
    row = source.count("\n", 0, match.start())
    at = match.start() - (source.rfind("\n", 0, match.start()) + 1) + (1 if row else column)
    remedy = _REMEDIES[match.lastgroup or ""]
    return warning(Location(path, line + row, at), f'TeX debris "{shown(match[0])}"', remedy)
