"""The one home of all interface words: a language in; a catalogue that answers by key."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from conspectus.model.papers import PartialDate
from conspectus.words import de, en

CATALOGUES: Mapping[str, Mapping[str, str]] = {"de": de.WORDS, "en": en.WORDS}
"""By the first part of the language tag."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left."""


@dataclass(frozen=True, slots=True)
class Words:
    """The interface words of one language."""

    language: str
    """The language of the words themselves, which may differ from the survey's."""
    messages: Mapping[str, str]

    def __call__(self, key: str, **fields: object) -> str:
        """The words for `key` with `{name}` replaced by `fields`; raises KeyError if unknown.

        Where a field `n` is given and the catalogue has `key.one` and `key.other`, the number
        decides; numbers are written with the language's separator.
        """
        if "n" in fields and f"{key}.other" in self.messages:
            key = f"{key}.{'one' if fields['n'] == 1 else 'other'}"
        written = {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in fields.items()
        }
        return self.messages[key].format(**written)

    def number(self, value: int) -> str:
        """A whole number as figures: 10,000."""
        return f"{value:,}".replace(",", self.messages["number.separator"])

    def date(self, day: datetime.date | PartialDate) -> str:
        """A date in words and figures, at the precision that is known: 17 March 2025."""
        if day.month is None:
            return str(day.year)
        month = self.messages[f"month.{day.month}"]
        if day.day is None:
            return self.messages["date.month"].format(month=month, year=day.year)
        return self.messages["date.day"].format(day=day.day, month=month, year=day.year)

    def day_and_month(self, day: datetime.date) -> str:
        """A date without its year: 17 March."""
        return self.messages["date.short"].format(day=day.day, month=self(f"month.{day.month}"))


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way a language's lines run; a script named in the tag wins over the usual one."""
    base, *rest = language.lower().split("-")
    if any(part in {"latn", "cyrl"} for part in rest):
        return "ltr"
    if any(part in {"arab", "hebr"} for part in rest):
        return "rtl"
    return "rtl" if base in RIGHT_TO_LEFT else "ltr"


def words(language: str) -> Words:
    """The words for a survey's language; English where there is no catalogue for it."""
    base = language.lower().split("-")[0]
    known = base if base in CATALOGUES else "en"
    return Words(known, CATALOGUES[known])
