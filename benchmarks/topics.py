"""How good, how stable and how fast topics are: `python benchmarks/topics.py PAPERS.jsonl…`

Each file holds one JSON object a line with `id`, `title`, `abstract` and, for the agreement
figures, a class in `gold`. Options: `--first N` (papers), `--no-churn`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conspectus.analysis import analyse
from conspectus.analysis.labels import overlaps
from conspectus.model.papers import Corpus, Paper, Prose
from conspectus.model.topics import Analysis, Decisions

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_STARTS = 3
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
    ratios = []
    for path in options.files:
        collection = read(path, options.first)
        ratio = report(collection, with_churn=not options.no_churn)
        ratios += [] if ratio is None else [ratio]
    if ratios:
        print(f"mean AMI ratio over {len(ratios)} collections: {sum(ratios) / len(ratios):.2f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--first", type=int, default=None, help="only the first N papers")
    parser.add_argument("--no-churn", action="store_true")
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
    prose = Prose(source=abstract, html="", text=abstract, sentences=sentences)
    return Paper(name, f"papers/{name}.md", title, title, title, prose)


def report(collection: Collection, *, with_churn: bool) -> float | None:
    """Print one collection's figures; its AMI ratio at the automatic count, if it has classes."""
    papers = collection.corpus.papers
    print(f"{collection.name}: {len(papers)} papers")
    found, seconds = _timed(collection.corpus)
    print(f"  {seconds:.1f} CPU seconds; peak {_peak():.0f} MB")
    _labels(found, len(papers))
    ratio = _agreement(collection, found) if collection.gold else None
    if with_churn:
        for name, before, after in _CHURN:
            moved, refreshed = churn(collection.corpus, before, after)
            print(f"  churn {name}: {moved:.1%} of the others; at a forced refresh {refreshed:.1%}")
    return ratio


def _timed(corpus: Corpus, count: int | None = None) -> tuple[Analysis, float]:
    start = time.process_time()
    found = analyse(corpus, Decisions(count=count), None)
    return found, time.process_time() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _labels(found: Analysis, papers: int) -> None:
    topics = found.topics
    labels = [topic.label for topic in topics]
    clashes = sum(
        overlaps(tuple(left.casefold().split()), tuple(right.casefold().split()))
        for one, other in combinations(topics, 2)
        for left in one.label_terms
        for right in other.label_terms
    )
    mixed = sum(len(topic.papers) for topic in found.topmost() if topic.is_mixed)
    kept = [topic.coverage for topic in topics if not topic.is_mixed]
    print(
        f"  {len(found.topmost())} topics, {len(topics)} with sub-topics; labels: "
        f"{len(labels) - len(set(labels))} repeated, {clashes} contained; "
        f"lowest coverage {min(kept, default=0):.2f}; mixed {mixed / max(1, papers):.1%}"
    )
    for topic in found.topmost():
        print(f"    {len(topic.papers):5}  {topic.coverage:.2f}  {topic.label}")


def _agreement(collection: Collection, found: Analysis) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    names = [paper.id for paper in collection.corpus.papers]
    gold = [collection.gold[name] for name in names]
    ratios = []
    for kind, count in (("automatic", len(found.topmost())), ("true", len(set(gold)))):
        ours = found if kind == "automatic" else _timed(collection.corpus, count)[0]
        top = {name: topic.id for topic in ours.topmost() for name in topic.papers}
        own = adjusted_mutual_info_score(gold, [top[name] for name in names])
        theirs = example(collection.corpus.papers, gold, count)
        ratios.append(own / theirs)
        print(
            f"  AMI at the {kind} count ({count}): {own:.3f}; scikit-learn's example {theirs:.3f}"
        )
    return ratios[0]


def example(papers: Sequence[Paper], gold: Sequence[str], count: int) -> float:
    """scikit-learn's "Clustering text documents using k-means", mean of three starts."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.preprocessing import normalize

    texts = [f"{paper.title}. {paper.abstract.text}" for paper in papers]
    matrix = TfidfVectorizer(max_df=0.5, min_df=5, stop_words="english").fit_transform(texts)
    width = min(100, min(matrix.shape) - 1)
    rows = normalize(TruncatedSVD(width, random_state=0).fit_transform(matrix))
    scores = []
    for seed in range(_STARTS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            means = KMeans(count, n_init=1, max_iter=100, random_state=seed)
            scores.append(adjusted_mutual_info_score(gold, means.fit_predict(rows)))
    return sum(scores) / len(scores)


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
