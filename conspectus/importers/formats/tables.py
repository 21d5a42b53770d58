"""CSV and TSV in, with a line of column names; entries out.

The separator is the one that makes the column of titles appear: comma, semicolon, tab or bar.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from conspectus.fields import shown
from conspectus.importers.entries import Reading
from conspectus.importers.formats.columns import COLUMNS, TITLES, Row, entry, name_of
from conspectus.importers.formats.gathering import Gathering

_SEPARATORS = ",;\t|"
_DECLARED = re.compile(r"\s*\"?sep=(.)\"?\s*\n", re.IGNORECASE)
_PREAMBLE = 12
"""Lines above the column names that an export may have."""


def read(text: str, path: str) -> Reading:
    """Every row that holds anything; those without a title are reported."""
    gathering = Gathering(path)
    found = _header(text)
    if found is None:
        gathering.report(
            1, "no line names a column of titles", "name the columns in the first line: title, …"
        )
        return gathering.reading()
    columns, separator, skipped = found
    try:
        for line, cells in _rows(text, separator):
            if line > skipped and any(cell.strip() for cell in cells):
                gathering.take(entry(_row(columns, cells, line)))
    except csv.Error as fault:
        gathering.report(
            text.count("\n", 0) + 1 if not gathering.entries else gathering.entries[-1].line + 1,
            f"the table breaks off ({shown(str(fault))})",
            "look for a quotation mark that is never closed",
        )
    return gathering.reading()


def is_table(text: str) -> bool:
    """Whether one of the first lines names a column of titles, and something besides."""
    return _header(text) is not None


def _header(text: str) -> tuple[list[str], str, int] | None:
    """The columns' names, the separator, and the line on which the names end."""
    declared = _DECLARED.match(text)
    separators = declared[1] if declared else _SEPARATORS
    sample = "\n".join(text.split("\n", 60)[:60])
    is_followed = bool("".join(sample.split("\n")[1:2]).strip())
    found: list[tuple[int, list[str], str, int]] = []
    for separator in separators:
        try:
            for number, (line, cells) in enumerate(_rows(sample, separator)):
                names = [name_of(cell) for cell in cells]
                if _are_columns(cells, names, is_first=not number and is_followed):
                    end = line + sum(cell.count("\n") for cell in cells)
                    found.append((len(names), names, separator, end))
                    break
                if number >= _PREAMBLE:
                    break
        except csv.Error:
            continue
    if not found:
        return None
    _, names, separator, end = max(found, key=lambda one: one[0])
    return names, separator, end


def _are_columns(cells: list[str], names: list[str], *, is_first: bool) -> bool:
    """A title's column and another one that is known; or that alone, in the first line."""
    if not any(name in names for name in TITLES) or any(len(cell) > 80 for cell in cells):
        return False
    return len(COLUMNS.intersection(names)) > 1 or (is_first and names == ["title"])


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _row(columns: list[str], cells: list[str], line: int) -> Row:
    """Of two columns of one name the first that holds anything."""
    found: dict[str, object] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and not found.get(name):
            found[name] = cell
    return Row(found, line)
