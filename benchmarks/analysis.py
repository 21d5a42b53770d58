"""What each stage of the analysis costs: `python benchmarks/analysis.py PAPERS.jsonl 1000 10000…`

The file holds one JSON object a line with `id`, `title` and `abstract`. Each number of papers,
counted from the first, is analysed in a process of its own, and again from the lock that it
gave. Seconds are of that process, not of the clock; memory is what it peaked at.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import topics
from conspectus.analysis import analyse
from conspectus.model.topics import Decisions

Costs = list[tuple[str, float]]
"""What for, and how many CPU seconds or megabytes."""


def main() -> None:
    """Print a table: a row for each stage, a column for each number of papers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("papers", type=int, nargs="+")
    parser.add_argument("--alone", action="store_true", help="the first number, here, as JSON")
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(costs(options.file, options.papers[0])))
        return
    columns = [_apart(options.file, papers) for papers in options.papers]
    print("| | " + " | ".join(f"{papers:,}" for papers in options.papers) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for row in zip(*columns, strict=True):
        print(f"| {row[0][0]} | " + " | ".join(f"{amount:,.2f}" for _, amount in row) + " |")


def _apart(file: Path, papers: int) -> Costs:
    """The costs as a process of its own finds them: memory is not given back to the system."""
    command = [sys.executable, __file__, str(file), str(papers), "--alone"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [(what, amount) for what, amount in json.loads(done.stdout)]


def costs(file: Path, papers: int) -> Costs:
    """Analyse so many papers from scratch, stage by stage, then from their own lock."""
    corpus = topics.read(file, papers).corpus
    read = _peak()
    start = time.process_time()
    with topics.stages() as spent:
        found = analyse(corpus, Decisions(), None)
    whole, peak = time.process_time() - start, _peak()
    start = time.process_time()
    analyse(corpus, Decisions(), found.lock, found.permalinks)
    again = time.process_time() - start
    stages = [(stage, seconds) for stage, (seconds, _) in spent.items()]
    return [
        *stages,
        ("the rest", whole - sum(seconds for _, seconds in stages)),
        ("from scratch, s", whole),
        ("from its lock, s", again),
        ("papers read, MB", read),
        ("peak, MB", peak),
    ]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
