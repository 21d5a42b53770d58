"""The preview's page of what is worth a look."""

from __future__ import annotations

from conspectus.checks import Counts, Finding
from conspectus.health import Report
from conspectus.problems import Location, Problem, error, warning
from conspectus.serve import findings

NOTHING = Counts(7, 0, 0, 0)


def a_warning(message: str = "odd") -> Problem:
    return warning(Location("papers/a.md", 2, 1), message, "look & see")


def test_a_survey_without_faults_is_said_to_have_none() -> None:
    assert "<p>7 papers, and nothing to say of them.</p>" in findings.body(Report((), (), NOTHING))


def test_problems_come_first_then_findings_by_check_each_as_text() -> None:
    wrong = error(Location("survey.yaml"), "<b>", "write it")
    found = (Finding(a_warning(), "texts", ("moss", "2024/reed", "tide", "fourth")),
             Finding(a_warning("gone"), "links"))  # fmt: skip
    html = findings.body(Report((wrong,), found, NOTHING))
    assert "7 papers: 1 errors, 2 warnings." in html
    heads = [
        html.index(f"<h2>{name} <small>1</small></h2>") for name in ("content", "links", "texts")
    ]
    assert heads == sorted(heads)
    assert "<code>survey.yaml</code> <strong>error: &lt;b&gt;</strong><br>write it" in html
    assert "<code>papers/a.md:2:1</code> <strong>warning: odd</strong><br>look &amp; see" in html
    assert '<a href="/papers/moss.html">moss</a> <a href="/papers/2024/reed.html">' in html
    assert "fourth" not in html


def test_of_very_many_findings_a_hundred_are_shown_and_the_rest_counted() -> None:
    html = findings.body(Report((), (Finding(a_warning(), "texts"),) * 103, NOTHING))
    assert html.count("<code>") == 100
    assert "<li>3 more: conspectus check --format json lists them</li>" in html
