"""topics.yaml in; the curator's decisions about topics out, each with its place.

count: 8
banned: [approach]
topics:
  continual-learning: {label: Continual learning, description: Learning without forgetting.}
merge:
  - [continual-learning, lifelong-learning]      # the second joins the first
split:
  robots: 3
pin:
  2025/some-paper: robots
must-link:
  - [2025/one-paper, 2025/another]
cannot-link:
  - [2025/one-paper, 2025/a-third]
retire: [games]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from conspectus import files
from conspectus.fields import (
    Fields,
    Items,
    Node,
    Scalar,
    Table,
    decode,
    moved,
    nearest,
    shown,
    table,
)  # fmt: skip
from conspectus.model.topics import (
    Decisions,
    Linked,
    Merge,
    Pin,
    Retirement,
    Split,
    TopicDecision,
)
from conspectus.problems import Location, Problem, error

NAME = "topics.yaml"
_KEYS = (
    "count",
    "banned",
    "topics",
    "merge",
    "split",
    "pin",
    "must-link",
    "cannot-link",
    "retire",
)
_OTHER_NAMES = {
    "labels": "topics",
    "descriptions": "topics",
    "ban": "banned",
    "pins": "pin",
    "must_link": "must-link",
    "cannot_link": "cannot-link",
    "retired": "retire",
    "merges": "merge",
    "splits": "split",
}
_MOST_TOPICS = 96
_MOST_PARTS = 12


def read(folder: Path) -> tuple[Decisions, tuple[Problem, ...]]:
    """The decisions of a content folder; none where there is no file, or where it is wrong."""
    name = (folder / NAME).as_posix()
    content, unread = files.read(folder, NAME)
    if content is None:
        return Decisions(), tuple(moved(problem, folder.as_posix()) for problem in unread)
    text, problems = decode(content, name)
    return (Decisions(), problems) if text is None else parse(text, name)


def parse(text: str, path: str) -> tuple[Decisions, tuple[Problem, ...]]:
    """The decisions that this text states, and everything wrong with it."""
    found, yaml_problems = table(text, path)
    problems = list(yaml_problems)
    if found is None:
        return Decisions(), tuple(problems)
    fields = Fields(found, problems)
    fields.only(_KEYS, _OTHER_NAMES)
    decisions = Decisions(
        count=_count(fields),
        topics=tuple(_topics(fields)),
        banned=fields.texts("banned"),
        merges=tuple(_merges(fields)),
        splits=tuple(_splits(fields)),
        pins=tuple(_pins(fields)),
        must_links=tuple(_links(fields, "must-link")),
        cannot_links=tuple(_links(fields, "cannot-link")),
        retired=tuple(
            Retirement(topic.text, *_place(topic))
            for topic in _names(fields.items("retire"), "topic", problems)
        ),
    )
    problems.extend(contradictions(decisions, path))
    if any(problem.is_error for problem in problems):
        return Decisions(), tuple(sorted(problems))
    return decisions, tuple(sorted(problems))


def check(
    decisions: Decisions, path: str, *, topics: Collection[str], papers: Collection[str]
) -> tuple[Problem, ...]:
    """An error for each topic or paper that a decision names and that does not exist.

    `topics` holds the ids that live or ever lived: a decision that has been carried out, such
    as a merge, still names the topic that it ended.
    """
    problems: list[Problem] = []
    for name, kind, line, column in _mentions(decisions):
        known = topics if kind == "topic" else papers
        if name not in known:
            place = Location(path, line, column)
            problems.append(
                error(place, f'there is no {kind} "{shown(name)}"', _meant(name, known))
            )
    return tuple(sorted(dict.fromkeys(problems)))


def contradictions(decisions: Decisions, path: str) -> Iterator[Problem]:
    """Decisions that cannot both be carried out; the later one is the error, and names both."""
    yield from _ended_twice(decisions, path)
    yield from _linked_and_parted(decisions, path)
    pinned = {pin.paper: pin for pin in decisions.pins}
    for link in decisions.must_links:
        pins = [pinned[paper] for paper in link.papers if paper in pinned]
        for pin in pins[1:]:
            if pin.topic != pins[0].topic:
                yield _clash(
                    path,
                    link.line,
                    link.column,
                    f"must-link of {pins[0].paper} and {pin.paper}",
                    f"their pins to {pins[0].topic} and {pin.topic}",
                    pin.line,
                )
    for link in decisions.cannot_links:
        pins = [pinned[paper] for paper in link.papers if paper in pinned]
        for i, one in enumerate(pins):
            for other in pins[i + 1 :]:
                if one.topic == other.topic:
                    yield _clash(
                        path,
                        link.line,
                        link.column,
                        f"cannot-link of {one.paper} and {other.paper}",
                        f"their pins to {one.topic}",
                        other.line,
                    )


def _meant(name: str, known: Collection[str]) -> str:
    close = nearest(name, known)
    if close:
        return f"did you mean {close}?"
    return "`conspectus topics` lists what there is" if known else "there is none yet: build first"


def _mentions(decisions: Decisions) -> Iterator[tuple[str, str, int, int]]:
    """Every name with what it names and its place."""
    for decision in decisions.topics:
        yield decision.topic, "topic", decision.line, decision.column
    for merge in decisions.merges:
        for topic in (merge.topic, *merge.others):
            yield topic, "topic", merge.line, merge.column
    for split in decisions.splits:
        yield split.topic, "topic", split.line, split.column
    for pin in decisions.pins:
        yield pin.paper, "paper", pin.line, pin.column
        yield pin.topic, "topic", pin.line, pin.column
    for link in (*decisions.must_links, *decisions.cannot_links):
        for paper in link.papers:
            yield paper, "paper", link.line, link.column
    for retirement in decisions.retired:
        yield retirement.topic, "topic", retirement.line, retirement.column


def _place(node: Node) -> tuple[int, int]:
    return node.location.line, node.location.column


def _count(fields: Fields) -> int | None:
    count = fields.whole("count", least=1)
    if count is not None and count > _MOST_TOPICS:
        fields.refuse(
            "count", f"{count} topics are more than can be told apart", "write 96 or less"
        )
        return None
    return count


def _topics(fields: Fields) -> Iterator[TopicDecision]:
    for name, node in _entries(fields, "topics", "a topic's id and its label"):
        if isinstance(node, Scalar):
            # `continual-learning: Continual learning` is the label alone.
            yield TopicDecision(name.text, " ".join(node.text.split()), "", *_place(name))
        elif isinstance(node, Table):
            inner = Fields(node, fields.problems)
            inner.only(("label", "description"), {"name": "label", "note": "description"})
            label, description = inner.text("label"), inner.lines("description")
            yield TopicDecision(name.text, label, description, *_place(name))
        else:
            fields.problems.append(
                error(node.location, "a topic holds a list", "write label: and description:")
            )


def _entries(fields: Fields, key: str, what: str) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a mapping; an error where it is something else."""
    node = fields.node(key)
    if node is None:
        return
    if not isinstance(node, Table):
        fields.refuse(key, f"{key} is no mapping", f"write {what} as lines below it: name: value")
        return
    for name, value in node.nodes:
        if not (isinstance(value, Scalar) and value.is_absent):
            yield name, value


def _merges(fields: Fields) -> Iterator[Merge]:
    for names in _groups(fields, "merge", "topic"):
        topic, *others = names
        yield Merge(topic.text, tuple(other.text for other in others), *_place(topic))


def _links(fields: Fields, key: str) -> Iterator[Linked]:
    for names in _groups(fields, key, "paper"):
        yield Linked(tuple(name.text for name in names), *_place(names[0]))


def _groups(fields: Fields, key: str, kind: str) -> Iterator[list[Scalar]]:
    """Lists of at least two names; one flat list of names is one such group."""
    entries = fields.items(key)
    if entries and all(isinstance(entry, Scalar) for entry in entries):
        entries = (Items(entries, entries[0].location),)
    for entry in entries:
        if not isinstance(entry, Items):
            remedy = f"write {key}: [[one-{kind}, another]]"
            fields.problems.append(error(entry.location, f"{key} holds no list of {kind}s", remedy))
            continue
        names = list(_names(entry.nodes, kind, fields.problems))
        if len({name.text for name in names}) < 2:
            remedy = f"name two different {kind}s"
            fields.problems.append(
                error(entry.location, f"{key} needs at least two {kind}s", remedy)
            )
            continue
        yield names


def _names(nodes: Iterable[Node], kind: str, problems: list[Problem]) -> Iterator[Scalar]:
    for node in nodes:
        if isinstance(node, Scalar) and not node.is_absent:
            yield node
        else:
            problems.append(error(node.location, f"no {kind}'s id", f"write the {kind}'s id alone"))


def _splits(fields: Fields) -> Iterator[Split]:
    node = fields.node("split")
    if node is not None and not isinstance(node, Table):
        for topic in _names(fields.items("split"), "topic", fields.problems):
            yield Split(topic.text, 2, *_place(topic))
        return
    for name, value in _entries(fields, "split", "a topic and the number of its parts"):
        text = value.text if isinstance(value, Scalar) else ""
        if not (text.isascii() and text.isdigit() and 2 <= int(text[:9]) <= _MOST_PARTS):
            fields.problems.append(
                error(
                    value.location,
                    f'"{shown(text)}" is not a number of parts from 2 to {_MOST_PARTS}',
                    f"write {name.text}: 2",
                )
            )
            continue
        yield Split(name.text, int(text), *_place(name))


def _pins(fields: Fields) -> Iterator[Pin]:
    for name, value in _entries(fields, "pin", "a paper's id and its topic's"):
        if isinstance(value, Scalar):
            yield Pin(name.text, value.text.strip(), *_place(name))
        else:
            fields.problems.append(
                error(value.location, "a pin names one topic", f"write {name.text}: the-topic")
            )


def _ended_twice(decisions: Decisions, path: str) -> Iterator[Problem]:
    """A topic ends once, and nothing leads to a topic that ends."""
    ends: dict[str, tuple[str, int]] = {}
    wishes: list[tuple[str, str, Merge | Split | Retirement]] = [
        *(
            (other, f"merge of {other} into {m.topic}", m)
            for m in decisions.merges
            for other in m.others
        ),
        *((s.topic, f"split of {s.topic}", s) for s in decisions.splits),
        *((r.topic, f"retire of {r.topic}", r) for r in decisions.retired),
    ]
    for topic, wish, decision in wishes:
        if topic in ends:
            first, line = ends[topic]
            yield _clash(path, decision.line, decision.column, wish, first, line)
        ends.setdefault(topic, (wish, decision.line))
    for merge in decisions.merges:
        if merge.topic in ends:
            wish, line = ends[merge.topic]
            own = f"merge into {merge.topic}"
            yield _clash(path, merge.line, merge.column, own, wish, line)
    for pin in decisions.pins:
        if pin.topic in ends:
            wish, line = ends[pin.topic]
            yield _clash(
                path, pin.line, pin.column, f"pin of {pin.paper} to {pin.topic}", wish, line
            )


def _linked_and_parted(decisions: Decisions, path: str) -> Iterator[Problem]:
    """Papers that must stand together, through others too, and must not."""
    group: dict[str, str] = {}

    def root(paper: str) -> str:
        while group.setdefault(paper, paper) != paper:
            paper = group[paper]
        return paper

    for link in decisions.must_links:
        for paper in link.papers[1:]:
            group[root(paper)] = root(link.papers[0])
    for link in decisions.cannot_links:
        for i, one in enumerate(link.papers):
            for other in link.papers[i + 1 :]:
                if root(one) == root(other):
                    line = next(
                        (m.line for m in decisions.must_links if {one, other} & {*m.papers}), 0
                    )
                    wish = f"cannot-link of {one} and {other}"
                    first = f"must-link of {one} and {other}"
                    yield _clash(path, link.line, link.column, wish, first, line)


def _clash(path: str, line: int, column: int, wish: str, other: str, at: int) -> Problem:
    message = f"{shown(wish)} contradicts {shown(other)} (line {at})"
    return error(Location(path, line, column), message, "remove one of the two")
