"""What the commands' arguments have in common."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])

BEGIN = "begin a survey with `conspectus init DIR`, or name its folder with --content"


class DefaultGroup(click.Group):
    """A group of commands in which arguments without a command belong to `build`."""

    default = "build"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before options that are not the group's own."""
        if not args and ctx.resilient_parsing:  # a shell asks which commands there are
            return super().parse_args(ctx, args)
        own = {name for option in self.get_params(ctx) for name in option.opts}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or propose the nearest one."""
        if args and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of their writing, which is that of a survey's life."""
        return list(self.commands)


def content_option(command: Command) -> Command:
    """`--content DIR`, which every command takes."""
    return click.option(
        "--content",
        default="content",
        show_default=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The survey's content folder.",
    )(command)


def format_option(*choices: str) -> Callable[[Command], Command]:
    """`--format`, of which the first choice is the default."""
    return click.option(
        "--format",
        "form",
        default=choices[0],
        show_default=True,
        type=click.Choice(choices),
        help="For people, or for programs.",
    )


def existing(content: Path) -> Path:
    """`content`, or a usage error that says how to begin."""
    if not content.is_dir():
        kind = "is not a folder" if content.exists() else "does not exist"
        raise click.UsageError(f"the content folder {content} {kind}: {BEGIN}")
    return content


def today() -> datetime.date:
    """The day where the user is."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
