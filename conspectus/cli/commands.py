"""The commands, in the order of a survey's life; each calls one room of the house."""

from __future__ import annotations

import time
from pathlib import Path

import click

from conspectus import __version__, publishing, rebuild
from conspectus.cli.checking import check
from conspectus.cli.digests import digest
from conspectus.cli.network import complete
from conspectus.cli.options import DefaultGroup, content_option, examples, existing
from conspectus.cli.papers import import_, init, new
from conspectus.cli.publishing import publish
from conspectus.cli.terminal import counted, progress, remark, say, show_problems, weighed
from conspectus.cli.topics import topics
from conspectus.model.builds import BuildOptions
from conspectus.workers import processors

# Stages are imported where they are used: numeric libraries cost a second, and `--help` none.


@click.group(
    cls=DefaultGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "conspectus                     the same as conspectus build",
        "conspectus init my-survey      begin a survey",
        "conspectus serve --open        see it while you edit",
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def conspectus() -> None:
    """Turn a folder of paper abstracts into a literature-survey website."""


@conspectus.command(
    epilog=examples(
        "conspectus build",
        "conspectus build --content ~/survey/content --output ~/public_html/survey",
        "conspectus build --frozen --strict      in a check of a proposed change",
    )
)
@content_option
@click.option(
    "--output",
    default="_site",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the site goes; replaced as a whole.",
)
@click.option("--frozen", is_flag=True, help="Write neither topics.lock nor permalinks.txt.")
@click.option("--strict", is_flag=True, help="Let warnings stop the build as errors do.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to work with; by default one for each processor.",
)
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Let the workers of a Dask cluster read the papers: tcp://host:8786.",
)
@click.option("--explain", is_flag=True, help="Name each rewritten file, and why it was.")
@click.option("--no-cache", is_flag=True, help="Compute everything anew.")
def build(
    content: Path,
    output: Path,
    *,
    frozen: bool,
    strict: bool,
    jobs: int | None,
    cluster: str,
    explain: bool,
    no_cache: bool,
) -> None:
    """Build the site; prints what was done in one line."""
    began = time.perf_counter()
    _refuse_overlap(existing(content), output)
    publishing.recover(output)
    with progress(f"Building {content} → {output}"):
        report = rebuild.build(
            BuildOptions(
                content,
                output,
                frozen,
                strict,
                jobs=jobs or processors(),
                cluster=cluster,
                explain=explain,
                use_cache=not no_cache,
            )
        )
    for note in report.notes:
        remark(f"note: {note}")
    show_problems(report.problems)
    for path, why in report.rewritten:
        remark(f"{path}: {why}")
    done = (
        f"{counted(report.papers, 'paper')}, {counted(report.topics, 'topic')}: "
        f"{counted(report.written, 'file')} written, {report.unchanged} unchanged, "
        f"{report.removed} removed, {time.perf_counter() - began:.1f} s"
    )
    say(f"{done} → {(output / 'index.html').as_posix()}")
    if report.sizes:
        remark(weighed(report.sizes))


@conspectus.command(
    epilog=examples(
        "conspectus serve --open",
        "conspectus serve --port 0      on any free port",
    )
)
@content_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 picks a free one.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
def serve(content: Path, host: str, port: int, *, opens: bool) -> None:
    """Preview the site while you edit.

    Builds, serves, watches, reloads the browser. The preview lives in .conspectus/preview beside
    the content folder and leaves _site, topics.lock and permalinks.txt as they are. Ctrl-C ends it.
    """
    from conspectus import serve as preview

    existing(content)
    try:
        console = preview.Console(say, remark, show_problems)
        preview.serve(content, host=host, port=port, opens_browser=opens, console=console)
    except preview.AddressError as wrong:
        raise click.UsageError(str(wrong)) from wrong


conspectus.add_command(import_)
conspectus.add_command(new)
conspectus.add_command(init)
conspectus.add_command(complete)
conspectus.add_command(check)
conspectus.add_command(topics)
conspectus.add_command(digest)
conspectus.add_command(publish)


def _refuse_overlap(content: Path, output: Path) -> None:
    """A site in its own content would be read as content by the next build, or replace it."""
    source, target = content.resolve(), output.resolve()
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise click.UsageError(
            f"the site cannot go to {output}: it would mix with the content in {content}"
        )
