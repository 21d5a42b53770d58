"""A curator's wish in; the lines of topics.yaml that say it, and what they would change, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conspectus import pipeline
from conspectus.analysis.differences import Assignment, Differences, between
from conspectus.content import decisions
from conspectus.fields import table
from conspectus.importers import frontmatter
from conspectus.model.topics import Analysis, Decisions
from conspectus.problems import Problem, has_errors
from conspectus.publishing import topics_data

KINDS = {
    "rename": "topics",
    "merge": "merge",
    "split": "split",
    "pin": "pin",
    "ban": "banned",
    "retire": "retire",
}
"""Each kind of wish, and the key of topics.yaml below which it stands."""
_PAGE = re.compile(r"/(topics|papers)/(.+?)\.html")
_FOLLOWING = re.compile(r"-[0-9]+$")
_ID = re.compile(r"[a-z0-9][a-z0-9./-]*")
_TO_A_TOPIC = frozenset({"merge", "pin"})
_LONGEST = 1_000
_NAMED = 3
"""Papers that move one way, up to which each is named."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a curator wants to be otherwise."""

    kind: str
    """One of `KINDS`."""
    name: str
    """A topic's or a paper's id; the words to ban."""
    value: str = ""
    """The new label, the topic that joins, the number of parts, or the topic to stand in."""

    @property
    def is_whole(self) -> bool:
        """Whether a form of ours can have asked for it."""
        if self.kind not in KINDS or len(self.name) + len(self.value) > _LONGEST:
            return False
        names = [self.name] * (self.kind != "ban") + [self.value] * (self.kind in _TO_A_TOPIC)
        has_value = bool(self.value) == (self.kind not in {"ban", "retire"})
        return bool(self.name.strip()) and has_value and all(map(_ID.fullmatch, names))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a wish comes to."""

    lines: str
    """To be written into topics.yaml."""
    place: str
    """Where they go there."""
    changes: tuple[str, ...] = ()
    """What would be otherwise, a sentence each."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be carried out."""


def subject(site: Path, path: str) -> dict[str, object] | None:
    """What a page of the built site is about, for the form beside it; None for other pages."""
    match = _PAGE.fullmatch(path)
    if match is None:
        return None
    try:
        topics = topics_data.read(site / topics_data.NAME)
    except OSError:  # there is no site yet, or it is being exchanged
        return None
    known = {topic["id"]: topic for topic in topics}
    if match[1] == "papers":
        homes = [t["id"] for t in topics if match[2] in t["papers"] and not t["children"]]
        found = {"kind": "paper", "id": match[2], "topic": homes[0]} if homes else None
    else:
        topic = known.get(match[2]) or known.get(_FOLLOWING.sub("", match[2]))
        terms = topic["label"].removeprefix("Mixed: ").split(" · ") if topic else []
        found = {"kind": "topic", "id": topic["id"], "terms": terms} if topic else None
    labels = [{"id": topic["id"], "label": topic["label"]} for topic in topics]
    return found and {**found, "topics": sorted(labels, key=lambda one: one["label"].casefold())}


def effect(content: Path, wish: Wish) -> Effect:
    """What the wish would change in the survey as it stands on disk; nothing is written."""
    path = content / decisions.NAME
    text = path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""
    lines = written(wish)
    survey = pipeline.gather(content)
    wanted, problems = decisions.parse(lines, path.as_posix())
    joined = _joined(survey.content.decisions, wanted)
    found = Effect(*fitted(lines, wish, text, survey.content.decisions))
    problems = (
        *survey.problems,
        *problems,
        *decisions.contradictions(joined, path.as_posix()),
        *decisions.check(
            wanted,
            path.as_posix(),
            topics=survey.saved.topics_ever(),
            papers={paper.id for paper in survey.content.corpus.papers},
        ),
    )
    if has_errors(problems):
        return replace(found, problems=tuple(each for each in problems if each.is_error))
    changed = replace(survey, content=replace(survey.content, decisions=joined))
    before, after = (pipeline.find_topics(each, freeze=True) for each in (survey, changed))
    titles = {paper.id: paper.title_text for paper in survey.content.corpus.papers}
    return replace(found, changes=tuple(_changes(_assigned(before), _assigned(after), titles)))


def written(wish: Wish) -> str:
    """The wish as topics.yaml says it, with its key."""
    value = frontmatter.scalar(wish.value) if wish.value else ""
    body = {
        "rename": f"{wish.name}:\n    label: {value}",
        "merge": f"- [{wish.name}, {wish.value}]",
        "split": f"{wish.name}: {value}",
        "pin": f"{wish.name}: {value}",
        "ban": f"- {frontmatter.scalar(wish.name)}",
        "retire": f"- {wish.name}",
    }[wish.kind]
    return f"{KINDS[wish.kind]}:\n  {body}\n"


def fitted(lines: str, wish: Wish, text: str, old: Decisions) -> tuple[str, str]:
    """The lines as they fit a topics.yaml with this text, and where they go in it."""
    key = KINDS[wish.kind]
    body = lines.partition("\n")[2]
    found, _ = table(text, decisions.NAME)
    node = next((k for k, _ in found.nodes if k.text == key), None) if found else None
    if node is None:
        return lines, "at the end of topics.yaml"
    said = {("rename", each.topic): each.line for each in old.topics}
    said |= {("pin", each.paper): each.line for each in old.pins}
    line = said.get((wish.kind, wish.name))
    if line:
        return body, f"in place of {wish.name} in line {line} of topics.yaml"
    at = node.location.line
    shown = text.splitlines()
    if shown[at - 1].partition(":")[2].partition("#")[0].strip():
        inner = body.strip().removeprefix("- ")
        return f"{inner}\n", f"within the brackets of {key}: in line {at} of topics.yaml"
    indent = next((_indent(line) for line in shown[at:] if line.strip()), "  ")
    fits = re.sub(r"^  ", indent, body, flags=re.MULTILINE)
    return fits, f"below {key}: in line {at} of topics.yaml"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _joined(old: Decisions, new: Decisions) -> Decisions:
    """Both; of a topic's two labels and a paper's two pins, the new one."""
    kept = {decision.topic: decision for decision in old.topics}
    for decision in new.topics:
        before = kept.get(decision.topic, decision)
        kept[decision.topic] = replace(before, label=decision.label)
    pinned = {pin.paper for pin in new.pins}
    return replace(
        old,
        topics=tuple(kept.values()),
        banned=(*old.banned, *new.banned),
        merges=(*old.merges, *new.merges),
        splits=(*old.splits, *new.splits),
        pins=(*(pin for pin in old.pins if pin.paper not in pinned), *new.pins),
        retired=(*old.retired, *new.retired),
    )


def _assigned(found: Analysis) -> Assignment:
    """Topics that have sub-topics are named too: a curator may rename them."""
    labels = {topic.id: topic.label for topic in found.topics}
    return replace(Assignment.of_analysis(found), topics=labels)


def _changes(before: Assignment, after: Assignment, titles: Mapping[str, str]) -> Iterator[str]:
    found = between(before, after)
    names = dict(before.topics) | dict(after.topics)
    sizes = Counter(after.papers.values())
    for change in found.renamed:
        yield f"“{change.old}” is called “{change.new}”"
    for topic in found.born:
        yield f"“{names[topic]}” begins, with {_papers(sizes[topic])}"
    for end in found.ended:
        heir = f"; most of its papers join “{names[end.heir]}”" if end.heir else ""
        yield f"“{names[end.topic]}” ends{heir}"
    yield from _moves(found, names, titles)
    if found.is_empty:
        yield "nothing changes"


def _moves(
    found: Differences, names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[str]:
    """How many papers go from where to where, the most first; few are named one by one."""
    ways: dict[tuple[str, str], list[str]] = {}
    for move in found.moved:
        ways.setdefault((move.old, move.new), []).append(titles[move.paper])
    for (old, new), went in sorted(ways.items(), key=lambda way: (-len(way[1]), way[0])):
        way = f"from “{names[old]}” to “{names[new]}”"
        if len(went) > _NAMED:
            yield f"{_papers(len(went))} move {way}"
        else:
            yield from (f"“{title}” moves {way}" for title in went)


def _papers(count: int) -> str:
    return f"{count} paper{'' if count == 1 else 's'}"
