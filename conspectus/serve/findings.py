"""A health report in; the preview's page that shows it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from conspectus.health import Report
from conspectus.problems import Problem
from conspectus.siteplan.urls import Linker, paper_permalink

TITLE = "What is worth a look"
_SHOWN = 100
"""Findings of one check that the page shows."""
_link = Linker("/")


def body(report: Report) -> str:
    """The page's main part, as HTML."""
    parts = [f"<h1>{TITLE}</h1>", f"<p>{escape(_summary(report))}</p>"]
    if report.problems:
        parts += _section("content", [(problem, ()) for problem in report.problems])
    by_check = sorted(report.findings, key=lambda each: each.check)
    for check, group in groupby(by_check, key=lambda each: each.check):
        parts += _section(check, [(each.problem, each.papers) for each in group])
    return "\n".join(parts)


def _summary(report: Report) -> str:
    errors = sum(problem.is_error for problem in report.all)
    warnings = len(report.all) - errors
    if not report.all:
        return f"{report.counts.papers} papers, and nothing to say of them."
    return (
        f"{report.counts.papers} papers: {errors} errors, {warnings} warnings. "
        "This page is part of the preview only; `conspectus check` prints the same."
    )


def _section(check: str, found: list[tuple[Problem, tuple[str, ...]]]) -> Iterator[str]:
    yield f"<section><h2>{escape(check)} <small>{len(found)}</small></h2><ul>"
    for problem, papers in found[:_SHOWN]:
        yield (
            f"<li><code>{escape(str(problem.location))}</code> "
            f"<strong>{problem.severity}: {escape(problem.message)}</strong><br>"
            f"{escape(problem.remedy)}{''.join(_links(papers))}</li>"
        )
    if len(found) > _SHOWN:
        yield f"<li>{len(found) - _SHOWN} more: conspectus check --format json lists them</li>"
    yield "</ul></section>"


def _links(papers: Iterable[str]) -> Iterator[str]:
    for paper in tuple(papers)[:3]:
        yield f' <a href="{escape(_link(paper_permalink(paper)))}">{escape(paper)}</a>'
