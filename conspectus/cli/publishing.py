"""`conspectus publish`: the built site, pushed to a branch from which a host serves it."""

from __future__ import annotations

from pathlib import Path

import click

from conspectus.cli.options import content_option, examples, existing
from conspectus.cli.terminal import counted, progress, say


@click.command(
    epilog=examples(
        "conspectus build && conspectus publish",
        "conspectus publish --branch pages --remote mirror",
    )
)
@content_option
@click.option(
    "--output",
    default="_site",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The built site.",
)
@click.option(
    "--branch", default="gh-pages", show_default=True, help="The branch that the host serves."
)
@click.option("--remote", default="origin", show_default=True, help="The repository to push to.")
def publish(content: Path, output: Path, branch: str, remote: str) -> None:
    """Push the built site to a Pages branch.

    The branch holds the site and nothing else; each run adds one commit, or none where nothing
    changed. Your own branches and files stay as they are. A branch with other files is refused.
    """
    from conspectus.publishing import branch as pages

    with progress(f"Pushing {output} → {remote}/{branch}"):
        pushed = pages.push(output, existing(content), remote=remote, branch=branch)
    verb = "published" if pushed.is_new else "unchanged"
    say(f"{counted(pushed.files, 'file')} {verb} → {remote}/{branch} ({pushed.commit})")
