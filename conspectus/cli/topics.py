"""`conspectus topics`: the hubs with their evidence, what moved, and clustering anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from conspectus.cli.options import content_option, examples, existing, format_option
from conspectus.cli.terminal import counted, progress, remark, say
from conspectus.model.topics import Analysis, Topic

if TYPE_CHECKING:
    from conspectus.health import Surveyed

_TERMS, _STARTS = 8, 3


@click.group(
    invoke_without_command=True,
    epilog=examples(
        "conspectus topics",
        "conspectus topics --format json | jq '.topics[].label'",
        "conspectus topics diff ../main/content",
        "conspectus topics refresh --dry-run",
    ),
)
@content_option
@format_option("text", "json")
@click.pass_context
def topics(context: click.Context, content: Path, form: str) -> None:
    """Show the topics with their evidence, what moved (`diff`), or `refresh` them."""
    if context.invoked_subcommand is not None:
        return
    survey = _computed(existing(content), refresh=False)
    if form == "json":
        click.echo(json.dumps(_as_json(survey.analysis), indent=2))
        return
    for line in _as_text(survey):
        say(line)


@topics.command(epilog=examples("conspectus topics refresh --dry-run"))
@content_option
@click.option("--dry-run", is_flag=True, help="Say what would move, and write nothing.")
def refresh(content: Path, *, dry_run: bool) -> None:
    """Cluster all papers anew and write topics.lock and permalinks.txt."""
    from conspectus import publishing, store

    with publishing.alone(existing(content)):
        survey = _computed(content, refresh=True)
        found = survey.analysis
        if not dry_run:
            store.write(content, found.lock, found.permalinks)
    for note in found.notes:
        remark(f"note: {note}")
    verb = "would move" if dry_run else "moved"
    say(
        f"{counted(len(survey.content.corpus.papers), 'paper')}, "
        f"{counted(len(_leaves(found)), 'topic')}: "
        f"{found.moved} {verb} to another topic"
    )


@topics.command(
    epilog=examples(
        "conspectus topics diff ../main/content        since the lock of another checkout",
        "conspectus topics diff _site --format json    since the site that was built last",
    )
)
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@content_option
@format_option("text", "json")
def diff(old: Path, content: Path, form: str) -> None:
    """Show what moved since OLD: a built site, its data/topics.json, or a topics.lock."""
    from conspectus.analysis.differences import Assignment, between
    from conspectus.cli import differences

    before = differences.read_old(old)
    now = Assignment.of_analysis(_computed(existing(content), refresh=False).analysis)
    found = between(before, now)
    if form == "json":
        click.echo(differences.as_json(found))
        return
    for line in differences.as_text(found, before, now):
        say(line)


def _computed(content: Path, *, refresh: bool) -> Surveyed:
    with progress("Finding topics"):
        from conspectus.health import with_topics

        return with_topics(content, refresh=refresh)


def _leaves(found: Analysis) -> list[Topic]:
    return [topic for topic in found.topics if not topic.children]


def _as_text(survey: Surveyed) -> Iterator[str]:
    found, titles = survey.analysis, survey.content.corpus.by_id()
    yield f"{counted(len(titles), 'paper')}, {counted(len(_leaves(found)), 'topic')}"
    by_id = found.topics_by_id()
    for topic in found.topmost():
        yield ""
        yield from _evidence(topic, survey, indent="")
        for child in topic.children:
            yield from _evidence(by_id[child], survey, indent="    ")


def _evidence(topic: Topic, survey: Surveyed, indent: str) -> Iterator[str]:
    labels = {other.id: other.label for other in survey.analysis.topics}
    papers = survey.content.corpus.by_id()
    yield f"{indent}{topic.label} [{topic.id}], {counted(len(topic.papers), 'paper')}"
    terms = (f"{term.term} {term.weight:.2f}" for term in topic.terms[:_TERMS])
    yield f"{indent}    terms: {', '.join(terms)}"
    yield f"{indent}    cohesion {topic.cohesion:.2f}, coverage {topic.coverage:.2f}"
    for paper in topic.representative[:_STARTS]:
        yield f"{indent}    start with: {papers[paper].title_text} ({paper})"
    for case in topic.borderline:
        yield f"{indent}    borderline: {case.paper}, also {labels.get(case.other, case.other)}"


def _as_json(found: Analysis) -> dict[str, object]:
    return {
        "count": len(found.topics),
        "topics": [
            {
                "id": topic.id,
                "label": topic.label,
                "parent": topic.parent or None,
                "children": topic.children,
                "papers": topic.papers,
                "terms": [{"term": term.term, "weight": term.weight} for term in topic.terms],
                "representative": topic.representative,
                "cohesion": topic.cohesion,
                "coverage": topic.coverage,
                "borderline": [
                    {"paper": case.paper, "other": case.other} for case in topic.borderline
                ],
                "nearby": [{"topic": near.topic, "terms": near.terms} for near in topic.nearby],
            }
            for topic in found.topics
        ],
    }
