"""What entered last, for readers who were here before."""

from __future__ import annotations

import datetime
import json

from conspectus.exports import entered
from tests.support.makers import paper, survey


def read(*papers: object) -> list[list[str]]:
    [output] = entered.outputs(survey(*papers).corpus)  # type: ignore[arg-type]
    text = output.body.decode().removeprefix("conspectus.entered(").removesuffix(");\n")
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_the_newest_come_first_by_the_day_they_entered() -> None:
    day = datetime.date(2025, 3, 17)
    found = read(
        paper("old", listed=day),
        paper("later", listed=day, added=datetime.date(2025, 4, 1)),
        paper("undated"),
    )
    assert [line[1:] for line in found] == [
        ["2025-04-01", "A paper", "papers/later.html"],
        ["2025-03-17", "A paper", "papers/old.html"],
    ]


def test_no_page_lists_more_than_150() -> None:
    papers = [paper(f"p{i}", listed=datetime.date(2025, 3, 17)) for i in range(200)]
    assert len(read(*papers)) == 150


def test_a_survey_without_days_has_no_such_file() -> None:
    assert list(entered.outputs(survey(paper("a")).corpus)) == []
