"""What is said of the topics and papers of this repository's survey, as text: `make golden`.

Everything is computed from `topics.lock`, which covers all papers: so it is the same on every
machine, and a change of the analysis shows in review as what it does to a real survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from conspectus import pipeline
from conspectus.model.topics import Analysis, Lattice, PaperAnalysis, Similar, Topic
from tests.support.building import CONTENT

COPY = Path(__file__).parent / "copy" / "topics.txt"


def main() -> None:
    COPY.write_text(told(), encoding="utf-8", newline="\n")
    print(f"the topics of {CONTENT.name} in {COPY}")


def told() -> str:
    """The topics, the papers and the maps as they are found now."""
    found = pipeline.find_topics(pipeline.gather(CONTENT), freeze=True)
    return "\n".join([*_lines(found), ""])


def kept() -> str:
    """The same as the copy has it."""
    return COPY.read_text(encoding="utf-8")


def _lines(found: Analysis) -> Iterator[str]:
    for topic in found.topics:
        yield from _topic(topic)
    for paper in found.papers:
        yield from _paper(paper)
    for term in found.terms:
        yield f"term {term.term}: {len(term.papers)}"
    for name, lattice in (("wide", found.wide), ("narrow", found.narrow)):
        assert lattice is not None
        yield from _map(name, lattice)


def _topic(topic: Topic) -> Iterator[str]:
    yield f"topic {topic.id}: {topic.label}" + (" (mixed)" if topic.is_mixed else "")
    yield f"  cohesion {topic.cohesion}, coverage {topic.coverage}, slot {topic.slot}"
    yield "  terms " + _joined(f"{term.term} {term.weight}" for term in topic.terms)
    yield "  central " + _joined(topic.representative)
    yield "  said " + _joined(f"{quote.paper} {quote.sentence}" for quote in topic.summary)
    yield "  borderline " + _joined(f"{near.paper} > {near.other}" for near in topic.borderline)
    yield from (f"  near {near.topic}: {_joined(near.terms)}" for near in topic.nearby)


def _paper(paper: PaperAnalysis) -> Iterator[str]:
    yield f"paper {paper.paper}: {_joined(paper.terms)}"
    yield from _near("similar", paper.similar)
    yield from _near("bridge", paper.bridges)


def _near(kind: str, papers: Iterable[Similar]) -> Iterator[str]:
    return (f"  {kind} {each.paper} {each.score}: {_joined(each.terms)}" for each in papers)


def _map(name: str, lattice: Lattice) -> Iterator[str]:
    yield f"map {name}: {lattice.columns} x {lattice.rows}"
    for label in lattice.labels:
        yield f"  {label.text} at {label.column}, {label.row}, {label.width} wide"


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


if __name__ == "__main__":
    main()
