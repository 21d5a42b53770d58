"""How good, how stable and how fast topics are: `python benchmarks/topics.py PAPERS.jsonl…`

Each file holds one JSON object a line with `id`, `title`, `abstract` and, for the agreement
figures, a class in `gold`. Options: `--first N` (papers), `--no-churn`, `--growth N` (in so many
random orders, from 300 papers on in steps of a quarter), `--vectors FOLDER` (keeps the vectors of
a neural model between runs). Seconds are of this process, not of the clock.

Where BERTopic is installed (benchmarks/modelling/neural.py) it runs beside.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.modelling import example, neural
from conspectus import analysis
from conspectus.analysis import (
    analyse,
    documents,
    keyterms,
    neighbours,
    phrases,
    tfidf,
    topics,
    vocabulary,
)
from conspectus.analysis.termsets import overlaps
from conspectus.model.papers import Corpus, Paper, Prose
from conspectus.model.topics import Analysis, Decisions, Topic

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_CHURN = (("+1 %", 1 / 1.01, 1.0), ("+10 %", 1 / 1.1, 1.0), ("-1 %", 1.0, 0.99))


@dataclass(frozen=True, slots=True)
class Collection:
    """A file's papers and their classes."""

    name: str
    corpus: Corpus
    gold: dict[str, str]


def main() -> None:
    """Print every figure for every file, then the means."""
    options = _options()
    ratios: dict[str, list[float]] = {}
    for path in options.files:
        collection = read(path, options.first)
        for rival, ratio in report(collection, options).items():
            ratios.setdefault(rival, []).append(ratio)
        for order in range(options.growth):
            grown(collection, order)
    for rival, found in ratios.items():
        mean = sum(found) / len(found)
        print(f"mean AMI beside {rival}: {mean:.2f} times; lowest {min(found):.2f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--first", type=int, default=None, help="only the first N papers")
    parser.add_argument("--no-churn", action="store_true")
    parser.add_argument("--growth", type=int, default=0, metavar="N", help="in N orders")
    parser.add_argument("--vectors", type=Path, default=None, metavar="FOLDER")
    return parser.parse_args()


def read(path: Path, first: int | None = None) -> Collection:
    """The papers of a file; ids are made fit for a path."""
    papers: list[Paper] = []
    gold: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == first:
                break
            entry = json.loads(line)
            name = re.sub(r"[^a-z0-9-]", "-", entry["id"].lower())
            papers.append(_paper(name, entry["title"], entry["abstract"] or ""))
            if entry.get("gold"):
                gold[name] = entry["gold"]
    return Collection(path.stem, Corpus(tuple(sorted(papers, key=lambda p: p.id))), gold)


def _paper(name: str, title: str, abstract: str) -> Paper:
    sentences = tuple(part for part in _SENTENCE_END.split(abstract) if part)
    prose = Prose(source=abstract, html="", text=abstract, apart=sentences)
    return Paper(name, f"papers/{name}.md", title, title, title, prose)


def report(collection: Collection, options: argparse.Namespace) -> dict[str, float]:
    """Print one collection's figures; its AMI beside each rival's, if it has classes."""
    papers = collection.corpus.papers
    print(f"{collection.name}: {len(papers)} papers")
    with stages() as spent:
        found, seconds = _timed(collection.corpus)
    print(f"  {seconds:.1f} CPU seconds; peak {_peak():.0f} MB")
    for stage, (own, peak) in spent.items():
        print(f"    {own:6.2f} s, peak {peak:5.0f} MB after {stage}")
    _labels(found, collection.corpus)
    ratios = _agreement(collection, found, options.vectors) if collection.gold else {}
    if not options.no_churn:
        for name, before, after in _CHURN:
            moved, refreshed = churn(collection.corpus, before, after)
            print(f"  churn {name}: {moved:.1%} of the others; at a forced refresh {refreshed:.1%}")
    return ratios


def _timed(
    corpus: Corpus, count: int | None = None, rows: neural.Vectors | None = None
) -> tuple[Analysis, float]:
    start = time.process_time()
    found = analyse(corpus, Decisions(count=count), None, embeddings=rows)
    return found, time.process_time() - start


_STAGES = (
    (documents, "read"),
    (vocabulary, "build"),
    (phrases, "judge"),
    (tfidf, "weigh"),
    (neighbours, "find"),
    (analysis, "_arrange"),
    (topics, "assemble"),
    (keyterms, "key_terms"),
    (analysis, "_drawn"),
    (neighbours, "all_similar"),
)


@contextmanager
def stages() -> Iterator[dict[str, tuple[float, float]]]:
    """CPU seconds of each stage, and the peak memory of the process when it ended."""
    spent: dict[str, tuple[float, float]] = {}
    with ExitStack() as patches:
        for module, name in _STAGES:
            stage = f"{module.__name__.rsplit('.', 1)[-1]}.{name}"
            patches.enter_context(
                patch.object(module, name, _measured(getattr(module, name), stage, spent))
            )
        yield spent


def _measured(
    run: Callable[..., Any], stage: str, spent: dict[str, tuple[float, float]]
) -> Callable[..., Any]:
    def measured(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return run(*args, **options)
        finally:
            before = spent.get(stage, (0.0, 0.0))[0]
            spent[stage] = (before + time.process_time() - start, _peak())

    return measured


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def lowest_ratio(topic: Topic, corpus: Corpus) -> float:
    """How much more often a label's papers inside its topic use its terms than those outside.

    Of the label's terms the lowest figure, by the plain text: words that begin as the term does.
    """
    texts = {p.id: f"{p.title_text} {p.abstract.text}".casefold() for p in corpus.papers}
    inside = set(topic.papers)
    found = []
    for term in topic.label_terms:
        begins = re.compile(rf"(?<!\w){re.escape(term.casefold())}")  # "research" is no "search"
        users = {name for name, text in texts.items() if begins.search(text)}
        within = len(users & inside) / max(1, len(inside))
        without = len(users - inside) / max(1, len(texts) - len(inside))
        found.append(within / without if without else 99.0)
    return min(found, default=0.0)


def _labels(found: Analysis, corpus: Corpus) -> None:
    topics = found.topics
    labels = [topic.label for topic in topics]
    clashes = sum(
        overlaps(tuple(left.casefold().split()), tuple(right.casefold().split()))
        for one, other in combinations(topics, 2)
        for left in one.label_terms
        for right in other.label_terms
    )
    times = [lowest_ratio(topic, corpus) for topic in found.topmost() if not topic.is_mixed]
    mixed = sum(len(topic.papers) for topic in found.topmost() if topic.is_mixed)
    kept = [topic.coverage for topic in topics if not topic.is_mixed]
    print(
        f"  {len(found.topmost())} topics, {len(topics)} with sub-topics; labels: "
        f"{len(labels) - len(set(labels))} repeated, {clashes} contained; "
        f"lowest coverage {min(kept, default=0):.2f}; "
        f"mixed {mixed / max(1, len(corpus.papers)):.1%}; "
        f"lowest times as frequent {min(times, default=0):.1f}"
    )
    for topic in found.topmost():
        print(f"    {len(topic.papers):5}  {topic.coverage:.2f}  {topic.label}")


def _agreement(collection: Collection, found: Analysis, kept: Path | None) -> dict[str, float]:
    papers = collection.corpus.papers
    gold = [collection.gold[paper.id] for paper in papers]
    texts = [f"{paper.title}. {paper.abstract.text}" for paper in papers]
    own, count = _score(found, collection), len(found.topmost())
    theirs = example.agreement(texts, gold, count)
    ratios = {"scikit-learn's example": own / theirs}
    print(f"  AMI at the automatic count ({count}): {own:.3f}; scikit-learn's {theirs:.3f}")
    true = len(set(gold))
    asked = _score(_timed(collection.corpus, true)[0], collection)
    theirs = example.agreement(texts, gold, true)
    print(f"  AMI at the true count ({true}): {asked:.3f}; scikit-learn's {theirs:.3f}")
    if neural.is_installed():
        rows = neural.vectors(texts, kept / f"{collection.name}.npy" if kept else None)
        theirs, counts = neural.agreement(texts, gold, rows)
        given = _score(_timed(collection.corpus, rows=rows)[0], collection)
        print(f"  AMI of BERTopic {counts}: {theirs:.3f}; ours with the same vectors {given:.3f}")
        ratios |= {"BERTopic": own / theirs, "BERTopic, its vectors given": given / theirs}
    return ratios


def _score(found: Analysis, collection: Collection) -> float:
    """AMI of the topmost topics with the classes."""
    from sklearn.metrics import adjusted_mutual_info_score

    top = {name: topic.id for topic in found.topmost() for name in topic.papers}
    gold = collection.gold
    return float(adjusted_mutual_info_score([gold[name] for name in top], list(top.values())))


def grown(collection: Collection, seed: int, first: int = 300, step: float = 1.25) -> None:
    """Print the AMI of a survey that grew from its first papers on beside a cold build's."""
    order = list(collection.corpus.papers)
    random.Random(seed).shuffle(order)
    old: Analysis | None = None
    size = min(first, len(order))
    while True:
        now = _corpus(order[:size])
        old = analyse(now, Decisions(), old.lock if old else None, old.permalinks if old else ())
        if size == len(order):
            break
        size = min(len(order), int(size * step) + 1)
    if collection.gold:
        cold = analyse(now, Decisions(), None)
        scores = _score(old, collection), _score(cold, collection)
        print(f"  grown from {first}: AMI {scores[0]:.3f}; cold {scores[1]:.3f}")


def churn(corpus: Corpus, before: float, after: float) -> tuple[float, float]:
    """Shares of the papers in both that change topic: in a plain build, in a forced refresh."""
    order = list(corpus.papers)
    random.Random(0).shuffle(order)
    start = _corpus(order[: round(before * len(order))])
    end = _corpus(order[: round(after * len(order))])
    old = analyse(start, Decisions(), None)
    both = len({p.id for p in start.papers} & {p.id for p in end.papers})
    plain = analyse(end, Decisions(), old.lock, old.permalinks)
    forced = analyse(end, Decisions(), old.lock, old.permalinks, refresh=True)
    return _moved(old, plain) / both, _moved(old, forced) / both


def _moved(old: Analysis, new: Analysis) -> int:
    """Papers in another topmost topic than before."""
    before = {name: topic.id for topic in old.topmost() for name in topic.papers}
    after = {name: topic.id for topic in new.topmost() for name in topic.papers}
    return sum(before[name] != after[name] for name in before.keys() & after.keys())


def _corpus(papers: Iterable[Paper]) -> Corpus:
    return Corpus(tuple(sorted(papers, key=lambda paper: paper.id)))


if __name__ == "__main__":
    main()
