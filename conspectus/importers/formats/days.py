"""The day on which a listing stood, as its heading writes it: often without a year."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s*{_DAY}(?:\s*,?\s*{_YEAR})?",
        rf"{_DAY}\s*(?:of\s+)?{_MONTH}(?:\s*,?\s*{_YEAR})?",
        rf"{_YEAR}[-/.](?P<month>[0-9]{{1,2}})[-/.]{_DAY}",
        rf"{_YEAR}\s*年\s*(?P<month>[0-9]{{1,2}})\s*月\s*{_DAY}\s*日",
    )
)


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day whose year may be unknown."""

    month: int
    day: int
    year: int | None = None

    def in_year(self, year: int) -> datetime.date | None:
        """That day of a year, or None where the year has no such day."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return None

    def before(self, limit: datetime.date) -> datetime.date | None:
        """The latest such day that is not after `limit`; of its own year where it has one."""
        if self.year:
            return self.in_year(self.year)
        years = range(limit.year, limit.year - 9, -1)  # 29 February comes in eight years at least
        days = (self.in_year(year) for year in years)
        return next((day for day in days if day and day <= limit), None)


def read(line: str) -> ListedDay | None:
    """The day that a line consists of, or None where it is anything else."""
    for form in _FORMS:
        match = form.fullmatch(line.strip())
        if match is None:
            continue
        name = match["month"].lower()
        month = int(name) if name.isdigit() else _MONTHS.get(name, 0)
        year = int(match["year"]) if match["year"] else None
        found = ListedDay(month, int(match["day"]), year)
        # 2024 is a leap year: without a year, 29 February is a day.
        return found if 1 <= month <= 12 and found.in_year(year or 2024) else None
    return None
