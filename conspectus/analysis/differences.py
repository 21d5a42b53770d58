"""Two assignments of papers to topics in; what changed between them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from conspectus.model.topics import Analysis, Lock


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which topic each paper is in, and what the topics are called."""

    topics: Mapping[str, str]
    """The label of each leaf topic by its id; the id itself where no label is known."""
    papers: Mapping[str, str]
    """The leaf topic's id of each paper."""

    @classmethod
    def of_analysis(cls, found: Analysis) -> Assignment:
        """The assignment that an analysis found."""
        return cls(
            {topic.id: topic.label for topic in found.topics if not topic.children},
            {paper.paper: paper.topic for paper in found.papers},
        )

    @classmethod
    def of_lock(cls, lock: Lock) -> Assignment:
        """The assignment that a lock keeps, which knows no labels."""
        papers = {paper.id: paper.topic for paper in lock.papers}
        return cls({topic: topic for topic in papers.values()}, papers)


@dataclass(frozen=True, slots=True)
class Move:
    """A paper that is in another topic now."""

    paper: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A topic that is no more, and where most of its papers went."""

    topic: str
    heir: str
    """Empty where none of its papers is left."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A topic that is called otherwise now."""

    topic: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed, each part sorted by id."""

    added: tuple[str, ...]
    """Papers that only the new assignment has."""
    removed: tuple[str, ...]
    moved: tuple[Move, ...]
    born: tuple[str, ...]
    """Topics that only the new assignment has."""
    ended: tuple[Ended, ...]
    renamed: tuple[Renamed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any((self.added, self.removed, self.moved, self.born, self.ended, self.renamed))


def between(old: Assignment, new: Assignment) -> Differences:
    """What changed from the old assignment to the new one.

    A paper of an ended topic counts as moved, too: the topic's page leads elsewhere for it.
    """
    shared = sorted(old.papers.keys() & new.papers.keys())
    return Differences(
        added=tuple(sorted(new.papers.keys() - old.papers.keys())),
        removed=tuple(sorted(old.papers.keys() - new.papers.keys())),
        moved=tuple(
            Move(paper, old.papers[paper], new.papers[paper])
            for paper in shared
            if old.papers[paper] != new.papers[paper]
        ),
        born=tuple(sorted(new.topics.keys() - old.topics.keys())),
        ended=tuple(
            Ended(topic, _heir(topic, old, new))
            for topic in sorted(old.topics.keys() - new.topics.keys())
        ),
        renamed=tuple(
            Renamed(topic, old.topics[topic], new.topics[topic])
            for topic in sorted(old.topics.keys() & new.topics.keys())
            if _is_known(topic, old) and _is_known(topic, new)
            if old.topics[topic] != new.topics[topic]
        ),
    )


def _is_known(topic: str, assignment: Assignment) -> bool:
    return assignment.topics[topic] != topic


def _heir(topic: str, old: Assignment, new: Assignment) -> str:
    went = Counter(
        new.papers[paper]
        for paper, home in old.papers.items()
        if home == topic and paper in new.papers
    )
    return min(went, key=lambda heir: (-went[heir], heir)) if went else ""
