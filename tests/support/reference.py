"""The commands in; the part of docs/commands.md that tells their options out.

python -m tests.support.reference writes it anew, below the line that says so.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from conspectus.cli.commands import conspectus
from tests.support.building import ROOT

PAGE = ROOT / "docs" / "commands.md"
MARK = "<!-- From here on written by: python -m tests.support.reference -->\n"


def main() -> None:
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    PAGE.write_text(head + MARK + told(), encoding="utf-8")


def told() -> str:
    """A section for each command, in the order of `--help`."""
    return "".join(
        f"\n{part}\n" for name, command in commands() for part in _section(name, command)
    )


def commands(
    group: click.Command = conspectus, name: str = ""
) -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name, a group's own ones behind it."""
    if name:
        yield name, group
    if isinstance(group, click.Group):
        for each, command in group.commands.items():
            yield from commands(command, f"{name} {each}".strip())


def _section(name: str, command: click.Command) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(click.Context(command, info_name=name)))
    yield f"## {name}"
    yield f"`conspectus {name} {usage}`"
    yield inspect.cleandoc(command.help or "")
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        rows = "\n".join(_row(option) for option in options)
        yield f"| option | does | default |\n| --- | --- | --- |\n{rows}"
    _, _, examples = (command.epilog or "").partition("Examples:\n")
    yield "\n".join(f"  {line}" for line in examples.split("\n"))


def _row(option: click.Option) -> str:
    value = "" if option.is_flag else " " + option.make_metavar(click.Context(conspectus))
    default = f"`{option.default}`" if option.show_default else ""
    form = f"{', '.join(option.opts)}{value}".replace("|", "\\|")
    return f"| `{form}` | {option.help} | {default} |"


if __name__ == "__main__":
    main()
