"""One catalogue holds all interface words."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from conspectus.model.papers import PartialDate
from conspectus.words import words

ROOT = Path(__file__).resolve().parents[3]
ENGLISH = words("en")


def test_a_number_decides_between_one_and_many() -> None:
    assert ENGLISH("papers.count", n=1) == "1 paper"
    assert ENGLISH("papers.count", n=10000) == "10,000 papers"


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (datetime.date(2025, 3, 17), "17 March 2025"),
        (PartialDate(2025, 2), "February 2025"),
        (PartialDate(2025), "2025"),
    ],
)
def test_a_date_is_written_at_the_precision_that_is_known(
    date: datetime.date | PartialDate, text: str
) -> None:
    assert ENGLISH.date(date) == text


def test_an_unknown_language_has_english_words() -> None:
    assert words("xx-YY").language == "en"


def test_every_word_that_the_templates_ask_for_is_in_the_catalogue() -> None:
    asked = {
        key
        for template in (ROOT / "templates").rglob("*.html")
        for key in re.findall(r'\bw\("([^"]+)"', template.read_text(encoding="utf-8"))
    }
    known = {re.sub(r"\.(one|other)$", "", key) for key in ENGLISH.messages}
    assert asked - known == set()
