"""Entries and reasons against some of them in; a `Reading` whose counts add up out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from conspectus.fields import shown
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats.located import BrokenJsonError, Json, Located
from conspectus.problems import Location, Problem, warning


@dataclass(slots=True)
class Gathering:
    """What gathers while a source is read."""

    path: str
    entries: list[Entry] = field(default_factory=list)
    reported: int = 0
    problems: list[Problem] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """An entry, which is reported where it has no title."""
        if entry.title.text.strip():
            self.entries.append(entry)
        else:
            hint = entry.citekey or entry.doi or entry.abstract.text
            said = f' ("{shown(hint)}")' if hint else ""
            self.report(entry.line, f"the entry has no title{said}", "give it a title")

    def report(self, line: int, reason: str, remedy: str) -> None:
        """An entry that cannot be imported."""
        self.reported += 1
        self.warn(line, f"not imported: {reason}", remedy)

    def warn(self, line: int, message: str, remedy: str) -> None:
        """Something that a curator should know of an entry that is imported."""
        self.problems.append(warning(Location(self.path, line, 1 if line else 0), message, remedy))

    def reading(self) -> Reading:
        """All of it."""
        return Reading(tuple(self.entries), self.reported, tuple(self.problems))


def read_objects(
    path: str, found: Iterable[Located], entry: Callable[[dict[str, object], int], Entry | str]
) -> Reading:
    """Objects of JSON, each an entry or the reason why it is none."""
    gathering = Gathering(path)
    try:
        for located in found:
            if not isinstance(located.value, dict):
                gathering.report(located.line, "it is no JSON object", "export the file again")
                continue
            made = entry(located.value, located.line)
            if isinstance(made, str):
                gathering.report(located.line, made, "look at the source, or leave the entry out")
            else:
                gathering.take(made)
    except BrokenJsonError as broken:
        gathering.reported += 1
        gathering.problems.append(broken.problem(path))
    return gathering.reading()


def objects(json: Json, *keys: str) -> Iterable[Located]:
    """A list's entries; of an object those of the list below the first of the keys; else itself."""
    if json.begins_with("["):
        yield from json.entries()
        return
    for key in keys:
        at: int | None = 0
        for part in key.split("."):
            at = json.member(part, at) if at is not None else None
        if at is None:
            continue
        if json.begins_with("[", at):
            yield from json.entries(at)
            return
        if json.begins_with("{", at):
            yield json.whole(at)
            return
    yield json.whole()
