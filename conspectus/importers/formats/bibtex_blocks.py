"""BibTeX text in; its entries as they stand, macros put in, and what could not be read, out.

Written here because real libraries hold what bibtexparser loses: entries in parentheses, `@` inside
a value, text after a backslash and a brace, a field without its comma. Brackets are counted as
BibTeX counts them; an entry that breaks off ends where the next one begins.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conspectus.fields import shown

_BEGIN = re.compile(r"@[ \t]*([A-Za-z][\w+.-]*)\s*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w+.-]*\s*[{(][^\n=]*(?:,|$)", re.MULTILINE)
"""Where an entry is taken to begin although another one is still open."""
_KEY = re.compile(r"\s*([^,={}()\"]*?(?:\([^,={}()\"]*\)[^,={}()\"]*?)*)\s*(?=[,})])")
_NAME = re.compile(r"[\s,;]*([^\s,={}()\"#%']+)\s*=")
_GAP = re.compile(r"[\s,;]*")
_SPACE = re.compile(r"\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]+")
_BRACES = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Value:
    """A field's value: its text, without the outer delimiters, and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """An entry, or what is left of one."""

    kind: str
    """`article`, in lower case."""
    key: str
    line: int
    fields: Mapping[str, Value] = field(default_factory=dict)
    """By name in lower case; of two of one name the first that holds anything."""
    fault: str = ""
    """Why it could not be read; empty for a whole entry."""
    fault_line: int = 0
    undefined: tuple[str, ...] = ()
    """Macros that nothing defines; their names stand in their places."""


class _BrokenError(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def blocks(text: str) -> list[Block]:
    """The entries in their order; comments, preambles and free text are passed over."""
    return _Scanner(text).blocks()


_Part = tuple[str, bool]
"""A part of a value, and whether it is a macro's name."""
_Raw = list[tuple[str, list[_Part], int]]


_LONGEST_MACRO = 5_000
"""Characters; macros that double each other would grow without end."""
_LONGEST_VALUE = 50_000
"""Characters that macros may bring to one value."""


@dataclass(slots=True)
class _Scanner:
    text: str
    macros: dict[str, str] = field(default_factory=lambda: {month: month for month in _MONTHS})
    lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = [match.start() for match in re.finditer("\n", self.text)]

    def blocks(self) -> list[Block]:
        raw: list[tuple[Block, _Raw]] = []
        at = 0
        while match := _BEGIN.search(self.text, at):
            kind = match[1].lower()
            if kind == "comment":
                at = self._end_of_comment(match)
                continue
            line = self._line(match.start())
            try:
                at = self._block(match, kind, line, raw)
            except _BrokenError as broken:
                fault_line = self._line(min(broken.at, len(self.text)))
                if kind not in ("string", "preamble"):
                    key = _KEY.match(self.text, match.end())
                    name = key[1] if key else ""
                    raw.append((Block(kind, name, line, {}, str(broken), fault_line), []))
                at = self._resume(match.end())
        return [self._made(block, found) for block, found in raw]

    def _block(
        self, match: re.Match[str], kind: str, line: int, raw: list[tuple[Block, _Raw]]
    ) -> int:
        close = "}" if match[2] == "{" else ")"
        if kind == "preamble":
            return self._past(self._value(match.end(), close)[1], close)
        if kind == "string":
            found, at = self._fields(match.end(), close)
            for name, parts, _ in found:
                text, left = self._joined(parts)
                if not left and len(text) <= _LONGEST_MACRO:
                    self.macros[name] = text
            return at
        key, at = self._key(match.end())
        found, at = self._fields(at, close)
        raw.append((Block(kind, key, line), found))
        return at

    def _made(self, block: Block, raw: _Raw) -> Block:
        fields: dict[str, Value] = {}
        undefined = []
        for name, parts, line in raw:
            text, left = self._joined(parts)
            value = Value(text, line)
            undefined += left
            if name not in fields or not fields[name].text.strip():
                fields[name] = value
        return Block(
            block.kind, block.key, block.line, fields, block.fault, block.fault_line,
            tuple(dict.fromkeys(undefined)),
        )  # fmt: skip

    def _joined(self, parts: list[_Part]) -> tuple[str, list[str]]:
        """The value, and the macros whose names stand in it: unknown ones, and too many."""
        texts: list[str] = []
        left: list[str] = []
        room = _LONGEST_VALUE
        for text, is_macro in parts:
            meant = self.macros.get(text.lower()) if is_macro else text
            room -= len(meant or "") if is_macro else 0
            if meant is None or room < 0:
                meant = text
                left += [] if text.isdigit() else [text]
            texts.append(meant)
        return "".join(texts), left

    def _key(self, at: int) -> tuple[str, int]:
        """The key, which may be empty or left out altogether."""
        match = _KEY.match(self.text, at)
        if match is None:
            if _NAME.match(self.text, at):
                return "", at
            raise _BrokenError("the entry has no key that ends in a comma", at)
        return " ".join(match[1].split()), match.end()

    def _fields(self, at: int, close: str) -> tuple[_Raw, int]:
        found: _Raw = []
        while True:
            gap = _GAP.match(self.text, at)
            at = gap.end() if gap else at
            if at >= len(self.text):
                raise _BrokenError("the entry is not closed", at)
            if self.text[at] == close:
                return found, at + 1
            match = _NAME.match(self.text, at)
            if match is None:
                said = shown(self.text[at : at + 30].split("\n")[0])
                raise _BrokenError(f'expected a field and "=", found "{said}"', at)
            line = self._line(match.start(1))
            parts, at = self._value(match.end(), close)
            found.append((match[1].lower(), parts, line))

    def _value(self, at: int, close: str) -> tuple[list[_Part], int]:
        """Parts joined by `#`."""
        parts: list[_Part] = []
        while True:
            at = self._space(at)
            sign = self.text[at : at + 1]
            if sign == "{":
                end = self._closing(at)
                parts.append((self.text[at + 1 : end], False))
                at = end + 1
            elif sign == '"':
                end = self._closing_quote(at)
                parts.append((self.text[at + 1 : end], False))
                at = end + 1
            elif match := _BARE.match(self.text, at):
                parts.append((match[0], True))
                at = match.end()
            elif sign in (",", close):
                return parts, at
            else:
                raise _BrokenError("expected a value in braces or quotes", at)
            at = self._space(at)
            if not self.text.startswith("#", at):
                return parts, at
            at += 1

    def _closing(self, start: int) -> int:
        depth = 0
        for match in _BRACES.finditer(self.text, start):
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return self._checked(start, match.start())
        raise _BrokenError("a brace is never closed", start)

    def _closing_quote(self, start: int) -> int:
        depth = 0
        for match in _QUOTE.finditer(self.text, start + 1):
            if match[0] == '"':
                if depth <= 0:
                    return self._checked(start, match.start())
            else:
                depth += 1 if match[0] == "{" else -1
        raise _BrokenError("a quotation mark is never closed", start)

    def _checked(self, start: int, end: int) -> int:
        """The end of a value, unless entries begin within it: then a bracket is missing."""
        if self.text.find("@", start, end) < 0:
            return end
        for match in _NEXT.finditer(self.text, start, end):
            after = self.text[match.end() : end].lstrip()
            if _NAME.match(after):
                raise _BrokenError("the value is not closed before the next entry", start)
        return end

    def _past(self, at: int, close: str) -> int:
        at = self._space(at)
        return at + 1 if self.text.startswith(close, at) else at

    def _space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _end_of_comment(self, match: re.Match[str]) -> int:
        if match[2] == "{":
            try:
                return self._closing(match.end() - 1) + 1
            except _BrokenError:
                pass
        end = self.text.find("\n", match.end())
        return end if end >= 0 else len(self.text)

    def _resume(self, at: int) -> int:
        following = _NEXT.search(self.text, at)
        return following.start() if following else len(self.text)

    def _line(self, at: int) -> int:
        return bisect.bisect_left(self.lines, at) + 1


def inherited(found: list[Block]) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Each whole entry with what it inherits by `xdata` and `crossref`, and keys that lead nowhere.

    A key that two entries share leads to the first; circles end where they close.
    """
    by_key: dict[str, Block] = {}
    for block in found:
        if not block.fault and block.key:
            by_key.setdefault(block.key.lower(), block)
    for block in found:
        if not block.fault:
            missing: list[str] = []
            yield _with_parents(block, by_key, frozenset(), missing), tuple(missing)


_NEVER = frozenset(
    str.split(
        "title subtitle titleaddon shorttitle abstract annote annotation comment keywords doi url "
        "urldate eprint eprinttype archiveprefix primaryclass pages file pdf note ids crossref "
        "xref xdata label options related groups timestamp owner sortname author booktitle "
        "booksubtitle journaltitle journal citation-key biburl"
    )
)
"""What belongs to one work alone: a chapter does not have its book's address."""
_WHOLE_BOOK = frozenset(("inbook", "bookinbook", "suppbook"))
_IN_PERIODICAL = frozenset(("article", "suppperiodical", "review"))


def _with_parents(
    block: Block, by_key: Mapping[str, Block], seen: frozenset[str], missing: list[str]
) -> Block:
    fields = dict(block.fields)
    seen |= {block.key.lower()}
    for name in ("xdata", "crossref"):
        keys = fields[name].text.split(",") if name in fields else []
        for key in (key.strip() for key in keys):
            parent = by_key.get(key.lower())
            if parent is None and key:
                missing.append(key)
            if parent is None or parent.key.lower() in seen:
                continue
            whole = _with_parents(parent, by_key, seen, missing)
            taken = whole.fields if name == "xdata" else _handed_down(whole, block.kind)
            for inherited_name, value in taken.items():
                fields.setdefault(inherited_name, value)
    return Block(block.kind, block.key, block.line, fields, undefined=block.undefined)


def _handed_down(parent: Block, kind: str) -> dict[str, Value]:
    taken = {name: value for name, value in parent.fields.items() if name not in _NEVER}
    is_article = kind in _IN_PERIODICAL
    title = parent.fields.get("title")
    if title:
        taken["journaltitle" if is_article else "booktitle"] = title
    elif "booktitle" in parent.fields:
        taken["booktitle"] = parent.fields["booktitle"]
    if "subtitle" in parent.fields and not is_article:
        taken["booksubtitle"] = parent.fields["subtitle"]
    if kind in _WHOLE_BOOK and "author" in parent.fields:
        taken["author"] = parent.fields["author"]
    return taken
