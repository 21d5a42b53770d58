"""EndNote's tagged format (`%A`, `%T`, …) in; entries out, read as RIS by other names."""

from __future__ import annotations

import re

from conspectus.importers.entries import Reading
from conspectus.importers.formats import ris
from conspectus.importers.formats.gathering import Gathering
from conspectus.importers.formats.tagged import Record

_LINE = re.compile(r"%(\S)(?:[ \t]+(.*))?$")
_TAGS = {
    "0": "TY", "A": "AU", "T": "TI", "J": "JF", "B": "T2", "D": "PY", "X": "AB", "K": "KW",
    "R": "DO", "U": "UR", "V": "VL", "N": "IS", "P": "SP", "I": "PB", "C": "CY", "@": "SN",
    "G": "LA", "F": "ID", "E": "ED", "8": "DA", "7": "ET", ">": "L1", "S": "T3",
}  # fmt: skip
_TYPES = {
    "journal article": "JOUR", "conference paper": "CPAPER", "conference proceedings": "CPAPER",
    "book": "BOOK", "book section": "CHAP", "edited book": "BOOK", "thesis": "THES",
    "report": "RPRT", "web page": "ELEC", "electronic article": "JOUR", "dataset": "DATA",
    "magazine article": "MGZN", "newspaper article": "NEWS", "unpublished work": "UNPB",
}  # fmt: skip


def read(text: str, path: str) -> Reading:
    """Records begin at `%0`, or at `%T` or `%A` after an empty line."""
    gathering = Gathering(path)
    record: Record | None = None
    follows_blank = True
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.match(line.strip("\ufeff").rstrip())
        tag = _TAGS.get(match[1], f"%{match[1]}") if match else ""
        value = (match[2] or "") if match else ""
        if match and (tag == "TY" or (follows_blank and record is not None) or record is None):
            if record:
                gathering.take(ris.entry(record, gathering))
            record = Record(number)
        if record is not None:
            if match:
                record.add(tag, _TYPES.get(value.lower(), "GEN") if tag == "TY" else value, number)
            else:
                record.go_on(line.strip())
        follows_blank = not line.strip()
    if record:
        gathering.take(ris.entry(record, gathering))
    return gathering.reading()
