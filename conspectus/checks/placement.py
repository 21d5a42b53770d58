"""Papers and topics in; papers that stand alone and topics that are hardly one out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from conspectus.checks.findings import Finding, about
from conspectus.model.papers import Corpus
from conspectus.model.topics import Analysis, Topic
from conspectus.problems import Location, warning

_FEW_PAPERS = 12
"""Below these, neither an outlier nor a thin topic says anything."""
_THIN = 2
_MANY = 3
_FAR = 0.4
"""Of the usual likeness to the nearest paper: a paper with less stands alone."""
_DECISIONS = Location("topics.yaml")


def find(corpus: Corpus, found: Analysis) -> Iterator[Finding]:
    """Outliers, thin topics and mixed ones."""
    if len(corpus.papers) < _FEW_PAPERS:
        return
    yield from _outliers(corpus, found)
    leaves = [topic for topic in found.topics if not topic.children]
    for topic in leaves:
        if len(leaves) > 1 and len(topic.papers) <= _THIN:
            yield _thin(topic)
    yield from _mixed([topic for topic in leaves if topic.is_mixed], len(leaves))


def _outliers(corpus: Corpus, found: Analysis) -> Iterator[Finding]:
    nearest = {each.paper: each.similar[0].score if each.similar else 0.0 for each in found.papers}
    usual = median(nearest.values()) if nearest else 0.0
    for paper in corpus.papers:
        likeness = nearest.get(paper.id, usual)
        if likeness < usual * _FAR:
            yield about(
                paper,
                "outlier",
                f"is hardly like any other paper (likeness {likeness:.2f}, usually {usual:.2f})",
                "see whether it belongs here; if so, pin it to a topic in topics.yaml",
            )


def _thin(topic: Topic) -> Finding:
    count = "one paper" if len(topic.papers) == 1 else f"{len(topic.papers)} papers"
    near = topic.nearby[0].topic if topic.nearby else ""
    remedy = (
        f"add to topics.yaml:  merge: [[{near}, {topic.id}]]"
        if near
        else f"add to topics.yaml:  retire: [{topic.id}]"
    )
    said = f'the topic "{topic.label}" has {count}'
    return Finding(warning(_DECISIONS, said, remedy), "thin-topic", topic.papers)


def _mixed(topics: Sequence[Topic], total: int) -> Iterator[Finding]:
    """A finding for each, or one for many: then it is their number that does not fit."""
    if len(topics) > _MANY:
        papers = tuple(sorted(paper for topic in topics for paper in topic.papers))
        said = f"{len(topics)} of {total} topics hardly hold together"
        remedy = "try another count in topics.yaml"
        yield Finding(warning(_DECISIONS, said, remedy), "mixed-topic", papers)
        return
    for topic in topics:
        said = f'the topic "{topic.label}" ({len(topic.papers)} papers) hardly holds together'
        remedy = f"try another count in topics.yaml, or add:  split: {{{topic.id}: 2}}"
        yield Finding(warning(_DECISIONS, said, remedy), "mixed-topic", topic.papers)
