"""Search quality, bytes and latency, measured in Chromium on the site's own scripts.

    python benchmarks/search.py --data ../shared/data [--sizes 1000,10000] [--known 200]

Prints nDCG@10 on Cranfield (whole queries, and their three rarest words), known-item success at
1 for exact, prefix and mistyped half titles, bytes before the first result, latency, build
seconds and bytes on disk.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import lzma
import math
import random
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

from conspectus.model.papers import Author, Corpus, Paper, PartialDate, Prose
from conspectus.model.topics import Analysis
from conspectus.search import outputs
from conspectus.search.tokens import STOP_WORDS
from conspectus.settings import Settings

STATIC = Path(__file__).resolve().parent.parent / "static" / "js"
SCRIPTS = ("stems", "tokens", "query", "postings", "nearest", "rank", "shards", "api")
DEPTH = 10

ASK_ALL = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const begun = performance.now();
    const found = await conspectus.search(query, {limit: 10});
    answers.push({ids: found.map(({id}) => id), ms: performance.now() - begun});
  }
  return answers;
}"""


@dataclass(frozen=True)
class Engine:
    """A search under test: a page that holds it and the script that asks all queries."""

    name: str
    folder: Path
    ask_all: str = ASK_ALL


def main() -> None:
    arguments = parsed()
    random.seed(1)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        executable = shutil.which("chromium")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        if (arguments.data / "cranfield").is_dir():
            cranfield(browser, arguments.data / "cranfield", Path(scratch) / "cranfield")
        for size in arguments.sizes:
            known_items(browser, arguments, size, Path(scratch) / str(size))
        browser.close()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=sizes, default=[1000, 10000])
    parser.add_argument("--known", type=int, default=200, help="queries of each kind")
    return parser.parse_args()


def sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


# quality on judged queries


def cranfield(browser: Browser, data: Path, folder: Path) -> None:
    documents = [json.loads(line) for line in (data / "docs.jsonl").open()]
    engine = built(documents, folder)
    queries = [json.loads(line) for line in (data / "queries.jsonl").open()]
    grades: dict[str, dict[str, int]] = {}
    for line in (data / "qrels.tsv").read_text().splitlines():
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    frequency = Counter(
        word
        for document in documents
        for word in set(words(f"{document['title']} {document['abstract']}"))
    )
    kinds = {
        "whole": [query["text"] for query in queries],
        "three words": [rarest(query["text"], frequency) for query in queries],
    }
    with served(folder) as url:
        page = browser.new_page()
        page.goto(f"{url}search.html")
        for kind, texts in kinds.items():
            answers = page.evaluate(engine.ask_all, texts)
            scores = [
                ndcg(answer["ids"], grades.get(query["id"], {}))
                for query, answer in zip(queries, answers, strict=True)
            ]
            print(f"cranfield, {kind}: nDCG@{DEPTH} {statistics.mean(scores):.4f}")
        page.close()


def ndcg(ids: list[str], grades: dict[str, int]) -> float:
    gains = [grades.get(id_, 0) for id_ in ids[:DEPTH]]
    ideal = sorted(grades.values(), reverse=True)[:DEPTH]
    best = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(ideal))
    return (
        sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains)) / best if best else 0.0
    )


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def rarest(text: str, frequency: Counter[str]) -> str:
    known = [
        word for word in dict.fromkeys(words(text)) if frequency[word] and word not in STOP_WORDS
    ]
    chosen = sorted(known, key=lambda word: (frequency[word], word))[:3]
    return " ".join(word for word in known if word in chosen)


# known items, bytes, latency


def known_items(browser: Browser, arguments: argparse.Namespace, size: int, folder: Path) -> None:
    documents = list(papers(arguments.data / "papers.jsonl.xz", size))
    engine = built(documents, folder)
    files = list((folder / "search").iterdir())
    total = sum(path.stat().st_size for path in files)
    print(f"{size} papers: {len(files)} files, {total / 1e6:.1f} MB")
    titles = {document["id"].lower(): document["title"] for document in documents}
    with served(folder) as url:
        for kind, queries in title_queries(documents, arguments.known).items():
            page = browser.new_page()
            page.goto(f"{url}search.html")
            answers = page.evaluate(engine.ask_all, [typed for typed, _ in queries])
            right = [
                bool(answer["ids"]) and holds(titles[answer["ids"][0]], meant)
                for (_, meant), answer in zip(queries, answers, strict=True)
            ]
            fresh = sorted(answer["ms"] for answer in answers)
            print(
                f"{size} papers, {kind} half titles: success@1 {statistics.mean(right):.3f}, "
                f"p50 {fresh[len(fresh) // 2]:.0f} ms, p95 {fresh[int(len(fresh) * 0.95)]:.0f} ms"
            )
            page.close()
        report_bytes(
            browser, url, [typed for typed, _ in title_queries(documents, 20)["exact"]], size
        )


def title_queries(documents: list[dict], count: int) -> dict[str, list[tuple[str, list[str]]]]:
    """Half titles as typed, with the words meant."""
    rng = random.Random(7)
    halves = []
    for document in rng.sample(documents, min(count, len(documents))):
        title = words(document["title"])
        half = title[: max(3, len(title) // 2)]
        if any(len(word) > 4 for word in half):
            halves.append(half)
    exact, prefix, mistyped = [], [], []
    for half in halves:
        exact.append((" ".join(half), half))
        last = half[-1]
        cut = last[: max(3, round(0.6 * len(last)))]
        prefix.append((" ".join([*half[:-1], cut]), [*half[:-1], cut]))
        mistyped.append((" ".join(one_slip(half, rng)), half))
    return {"exact": exact, "prefix": prefix, "mistyped": mistyped}


def one_slip(half: list[str], rng: random.Random) -> list[str]:
    """One letter lost, doubled, replaced or exchanged in one of the longer words."""
    place = rng.choice([i for i, word in enumerate(half) if len(word) > 4])
    word = half[place]
    at = rng.randrange(len(word) - 1)
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + rng.choice("aeinrst") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return [*half[:place], rng.choice(slips), *half[place + 1 :]]


def holds(title: str, meant: list[str]) -> bool:
    found = words(title)
    return all(any(word.startswith(part) for word in found) for part in meant)


def report_bytes(browser: Browser, url: str, queries: list[str], size: int) -> None:
    raw, latencies = [], []
    for query in queries:
        context = browser.new_context()
        page = context.new_page()
        bodies: list[int] = []
        page.on("response", functools.partial(count_bytes, bodies))
        page.goto(f"{url}search.html")
        latencies.append(page.evaluate(ASK_ALL, [query])[0]["ms"])
        page.wait_for_timeout(50)
        raw.append(sum(bodies))
        context.close()
    latencies.sort()
    print(
        f"{size} papers: bytes before the first result, scripts included, compressed: "
        f"median {statistics.median(raw) / 1024:.0f} KB, most {max(raw) / 1024:.0f} KB; "
        f"fresh page p50 {latencies[len(latencies) // 2]:.0f} ms"
    )


def count_bytes(bodies: list[int], response: Response) -> None:
    bodies.append(len(gzip.compress(response.body(), 6)))


# sites to ask


def papers(path: Path, size: int) -> Iterator[dict]:
    with lzma.open(path, "rt") as lines:
        for line, _ in zip(lines, range(size), strict=False):
            yield json.loads(line)


def built(documents: Iterable[dict], folder: Path) -> Engine:
    """Our own index of the documents and a page that loads it."""
    corpus = Corpus(tuple(sorted(map(paper, documents), key=lambda paper: paper.id)))
    begun = time.process_time()
    files = list(outputs(corpus, Analysis(), Settings()))
    print(
        f"{len(corpus.papers)} papers: index built in {time.process_time() - begun:.1f} CPU seconds"
    )
    (folder / "search").mkdir(parents=True)
    (folder / "assets").mkdir()
    for output in files:
        (folder / output.path).write_bytes(output.body)
    tags = []
    for name in SCRIPTS:
        shutil.copy(STATIC / "search" / f"{name}.js", folder / "assets" / f"search-{name}.js")
        tags.append(f'<script src="assets/search-{name}.js" defer></script>')
    page = f'<!doctype html><html lang="en"><meta charset="utf-8">{"".join(tags)}'
    (folder / "search.html").write_text(page)
    return Engine("conspectus", folder)


def paper(document: dict) -> Paper:
    sentences = tuple(re.split(r"(?<=[.!?]) +(?=[A-Z])", document["abstract"]))
    prose = Prose(document["abstract"], "", document["abstract"], sentences=sentences)
    names = (name.rpartition(" ") for name in document.get("authors", ()))
    year = document.get("year")
    return Paper(
        id=document["id"].lower(),
        path="",
        title=document["title"],
        title_text=document["title"],
        title_html="",
        abstract=prose,
        authors=tuple(Author(family, given) for given, _, family in names),
        published=PartialDate(int(year)) if year else None,
        venue=document.get("venue", ""),
        keywords=tuple(document.get("keywords", ())),
    )


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


if __name__ == "__main__":
    main()
