"""`conspectus check`: the curator's health report, as text, JSON or annotations."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conspectus.cli import network
from conspectus.cli.options import content_option, examples, existing, format_option
from conspectus.cli.terminal import counted, progress, remark, safe, say, show_problems, tally
from conspectus.problems import Location, Problem, ProblemsError, error, has_errors

if TYPE_CHECKING:
    from conspectus.health import Report

_SHOWN = 10
"""Findings of one check that the text report names."""


@click.command(
    "check",
    epilog=examples(
        "conspectus check",
        "conspectus check --fix",
        "conspectus check --online --format json | jq .problems",
    ),
)
@content_option
@format_option("text", "json", "github")
@click.option("--online", is_flag=True, help="Ask every link whether it still leads somewhere.")
@click.option("--fix", is_flag=True, help="Put right what is certain, and show what changed.")
def check(content: Path, form: str, *, online: bool, fix: bool) -> int:
    """Report what is wrong, and what is worth a look.

    Exits with 1 where there are errors; everything else is shown while the site is published.
    """
    folder = existing(content)
    if fix:
        _fix(folder, is_shown=form == "text")
    with progress(f"Checking {content}"):
        from conspectus import health

        report = health.report(folder)
    if online:
        report = _asked(report, folder)
    _SHOW[form](report)
    return 1 if has_errors(report.problems) else 0


def _asked(report: Report, folder: Path) -> Report:
    from conspectus import content as reading
    from conspectus import health
    from conspectus.checks import links
    from conspectus.importers.network import asking

    papers = reading.read(folder).corpus.papers
    wanted = (url for paper in papers for url in links.urls(paper))
    answers = asking.ask(wanted, network.client(folder), lambda url: remark(f"asking {url}"))
    if answers.offline:
        raise ProblemsError([_offline(answers.offline, folder)])
    if answers.unasked:
        minutes = f"{asking.SECONDS / 60:.0f} minutes"
        remark(f"{counted(answers.unasked, 'link')} not asked: no time was left of {minutes}")
    judged = links.judge(papers, answers.by_link)
    # What a host answers counts for more than what an address looks like.
    dead = {(each.papers, each.needle) for each in judged.findings}
    kept = [
        each
        for each in report.findings
        if each.check != "dead-link"
        or (each.needle not in judged.alive and (each.papers, each.needle) not in dead)
    ]
    findings = tuple(sorted((*kept, *health.placed(judged.findings, folder))))
    return replace(report, findings=findings, silent=judged.silent)


def _offline(reason: str, folder: Path) -> Problem:
    """That this machine, and not the links, is to blame."""
    return error(
        Location(folder.as_posix()),
        f"no link could be asked: {reason}",
        "see whether this machine is online",
    )


def _fix(folder: Path, *, is_shown: bool) -> None:
    from conspectus.checks import fixing
    from conspectus.fields import decode
    from conspectus.importers import files

    fixed = 0
    for file in sorted((folder / "papers").rglob("*.md")):
        path = file.relative_to(folder).as_posix()
        before = decode(file.read_bytes(), path)[0] if file.is_file() else None
        after = fixing.fixed(before, path) if before is not None else None
        if before is None or after is None or after == before:
            continue
        files.replace(file, after)
        fixed += 1
        if is_shown:
            network.show_diff(file.as_posix(), before, after)
    remark(f"fixed: {counted(fixed, 'file')}")


def _as_text(report: Report) -> None:
    shown: list[Problem] = list(report.problems)
    more: list[str] = []
    by_check = sorted(report.findings, key=lambda each: each.check)
    for name, group in groupby(by_check, key=lambda each: each.check):
        found = [each.problem for each in group]
        shown += found[:_SHOWN]
        if len(found) > _SHOWN:
            more.append(f"{len(found) - _SHOWN} more of {name}: --format json lists them")
    show_problems(shown)
    for line in more:
        remark(line)
    if report.silent:
        remark(f"{counted(report.silent, 'link')} gave no answer that says whether they are alive")
    say(_summary(report))


def _summary(report: Report) -> str:
    counts = report.counts
    papers = counted(counts.papers, "paper")
    said = f"{papers}: {tally(report.all)}"
    lacking = (
        (counts.without_text, "a way to their text"),
        (counts.without_abstract, "an abstract"),
    )
    notes = [f"{number} without {what}" for number, what in lacking if number]
    return "; ".join((said, *notes))


def _as_json(report: Report) -> None:
    counts = report.counts
    problems = [
        *(_problem(problem, "content", ()) for problem in report.problems),
        *(_problem(each.problem, each.check, each.papers) for each in report.findings),
    ]
    errors = sum(problem.is_error for problem in report.all)
    found = {
        "papers": counts.papers,
        "without_text": counts.without_text,
        "without_date": counts.without_date,
        "without_abstract": counts.without_abstract,
        "errors": errors,
        "warnings": len(problems) - errors,
        "problems": problems,
    }
    click.echo(json.dumps(found, indent=2))


def _problem(problem: Problem, check: str, papers: tuple[str, ...]) -> dict[str, object]:
    return {
        "check": check,
        "path": problem.location.path,
        "line": problem.location.line or None,
        "column": problem.location.column or None,
        "severity": problem.severity,
        "message": problem.message,
        "remedy": problem.remedy,
        "papers": list(papers),
    }


def _as_annotations(report: Report) -> None:
    """GitHub's workflow commands, which show each problem at its line of a pull request."""
    for problem in report.all:
        place = problem.location
        properties = [f"file={_property(place.path)}"]
        if place.line:
            properties += (f"line={place.line}", f"col={place.column or 1}")
        properties.append("title=Conspectus")
        said = safe(f"{problem.message}. {problem.remedy}").replace("%", "%25")
        click.echo(f"::{problem.severity} {','.join(properties)}::{said}")
    click.echo(safe(_summary(report)))


def _property(text: str) -> str:
    escaped = safe(text).replace("%", "%25")
    return escaped.replace(":", "%3A").replace(",", "%2C")


_SHOW = {"text": _as_text, "json": _as_json, "github": _as_annotations}
