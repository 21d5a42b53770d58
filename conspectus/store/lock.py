"""topics.lock: machine state that keeps topics where they are, as plain sorted lines.

    format 1
    refreshed 101 automatic
    topic continual-learning - 3
    named continual-learning continual learning, catastrophic forgetting
    paper 2025/some-paper continual-learning 0123456789abcdef 4,7 2,9

One line a topic (id, parent or -, colour slot) and one with the terms of its name, one a paper (id,
leaf topic, fingerprint of its text, cells in the wide and the narrow map, or -). A lock without
names is read as well. The union of two branches' lines is valid:
where two lines speak of one paper or topic, the first in sorted order counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conspectus.model.topics import NO_CELL, Cell, Lock, LockedPaper, LockedTopic
from conspectus.problems import Location, Problem, error
from conspectus.store import lines

NAME = "topics.lock"
FORMAT = 1
_BETWEEN = ", "
_HEADER = (
    "# Written by conspectus: it keeps topics and the map where they are. Commit it.\n"
    "# After a merge keep the lines of both sides; the next build puts them in order.\n"
)
_BEGIN_AGAIN = "restore it with `git checkout -- {path}`, or delete it and run `conspectus build`"
_MERGED = "delete the marker lines, keep the lines of both sides, then run `conspectus build`"
_NEWER = "update conspectus, or delete the file and run `conspectus build`"

_ID = r"[a-z0-9][a-z0-9./-]*"
_CELL = r"(?:\d{1,4},\d{1,4}|-)"
_TOPIC = re.compile(rf"topic ({_ID}) ({_ID}|-) (\d{{1,5}})")
_PAPER = re.compile(rf"paper ({_ID}) ({_ID}) ([0-9a-f]{{16}}) ({_CELL}) ({_CELL})")
_NAMED = re.compile(rf"named ({_ID}) (\S+(?: \S+)*)")
_REFRESHED = re.compile(r"refreshed (\d{1,9}) (automatic|\d{1,5})")
_FORMAT = re.compile(r"format (\d{1,5})")


def read(folder: Path) -> tuple[Lock | None, tuple[Problem, ...]]:
    """The lock of a content folder; None where there is none, or none that can be read."""
    name = (folder / NAME).as_posix()
    text, problems = lines.read_text(folder, NAME, _BEGIN_AGAIN.format(path=name))
    if problems:
        return None, problems
    if not text.strip():
        return None, ()
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Lock | None, tuple[Problem, ...]]:
    """The lock that these lines are; None where any line is wrong."""
    found = _Found(name)
    for number, line in sorted(lines.numbered(text), key=lambda entry: (entry[1], entry[0])):
        found.add(number, line)
        if len(found.problems) == lines.MOST_PROBLEMS:
            break
    if found.problems:
        return None, tuple(sorted(found.problems))
    refreshed, asked = max(found.refreshed, default=(0, 0))
    return (
        Lock(
            tuple(
                replace(found.topics[topic], name=found.names.get(topic, ()))
                for topic in sorted(found.topics)
            ),
            tuple(found.papers[paper] for paper in sorted(found.papers)),
            refreshed,
            asked,
        ),
        (),
    )


@dataclass(slots=True)
class _Found:
    """What the lines hold so far."""

    name: str
    topics: dict[str, LockedTopic] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    papers: dict[str, LockedPaper] = field(default_factory=dict)
    refreshed: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        if match := _PAPER.fullmatch(line):
            paper, topic, text, wide, narrow = match.groups()
            self.papers.setdefault(
                paper, LockedPaper(paper, topic, text, _cell(wide), _cell(narrow))
            )
        elif match := _TOPIC.fullmatch(line):
            topic, parent, slot = match.groups()
            above = "" if parent == "-" else parent
            self.topics.setdefault(topic, LockedTopic(topic, above, int(slot)))
        elif match := _NAMED.fullmatch(line):
            self.names.setdefault(match[1], tuple(match[2].split(_BETWEEN)))
        elif match := _REFRESHED.fullmatch(line):
            asked = 0 if match[2] == "automatic" else int(match[2])
            self.refreshed.append((int(match[1]), asked))
        elif (match := _FORMAT.fullmatch(line)) and int(match[1]) == FORMAT:
            pass
        else:
            self._refuse(number, line)

    def _refuse(self, number: int, line: str) -> None:
        place = Location(self.name, number, 1)
        if lines.is_marker(line):
            self.problems.append(error(place, "an unfinished merge left its marker", _MERGED))
        elif _FORMAT.fullmatch(line):
            message = f"{line} is newer than this program, which reads format {FORMAT}"
            self.problems.append(error(place, message, _NEWER))
        else:
            shown = line if len(line) <= 60 else line[:57] + "…"
            message = f"cannot read the line {shown!r}"
            remedy = _BEGIN_AGAIN.format(path=self.name)
            self.problems.append(error(place, message, remedy))


def _cell(text: str) -> Cell:
    if text == "-":
        return NO_CELL
    column, row = text.split(",")
    return int(column), int(row)


def to_text(lock: Lock) -> str:
    """The file's text: the same lock, the same bytes."""
    asked = lock.asked_count or "automatic"
    body = [f"format {FORMAT}", f"refreshed {lock.refreshed_at} {asked}"]
    body += sorted(f"topic {t.id} {t.parent or '-'} {t.slot}" for t in lock.topics)
    body += sorted(f"named {t.id} {_BETWEEN.join(t.name)}" for t in lock.topics if t.name)
    body += sorted(
        f"paper {p.id} {p.topic} {p.fingerprint} {_spelled(p.cell)} {_spelled(p.narrow_cell)}"
        for p in lock.papers
    )
    return _HEADER + "".join(f"{line}\n" for line in body)


def _spelled(cell: Sequence[int]) -> str:
    return "-" if min(cell) < 0 else f"{cell[0]},{cell[1]}"


def write(folder: Path, lock: Lock) -> bool:
    """Replace the lock in one step, only when it has changed; whether it was written."""
    return lines.write_text(folder / NAME, to_text(lock))
