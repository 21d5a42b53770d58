"""Search quality, bytes, latency and cost beside MiniSearch, lunr and Pagefind, in Chromium.

    python benchmarks/search.py --data ../shared/data [--sizes 1000,10000] [--known 300]
                                [--others pagefind,minisearch,lunr]

The others are installed by npm into a temporary folder. Prints, for each engine: nDCG@10 on
Cranfield (whole queries, and their three rarest words); known items at 1 for exact, prefix and
mistyped half titles; bytes before the first result; latency of fresh and repeated queries, and the
page's own work for a fresh one; the scripts' heap; CPU seconds of the index; bytes on disk; files
that one more paper changes. MiniSearch and lunr, which load whole indices, are left out above
10,000 papers.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import random
import shutil
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright
from searching.asking import ASK_ALL, opened
from searching.engines import Engine, changed_by_one, engines, installed, papers
from searching.queries import DEPTH, holds, ndcg, rarest, title_queries, words

REPEATED = 60
"""Of each kind, so many queries are asked once more."""


def main() -> None:
    arguments = parsed()
    random.seed(1)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        others = [name for name in arguments.others.split(",") if name]
        if others:
            installed(others, folder)
        executable = shutil.which("chromium")
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        flags += ["--enable-precise-memory-info", "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        if (arguments.data / "cranfield").is_dir() and not arguments.no_cranfield:
            cranfield(browser, arguments.data / "cranfield", folder, others)
        for size in arguments.sizes:
            known_items(browser, arguments, size, folder, others)
        browser.close()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sizes", type=sizes, default=[1000, 10000])
    parser.add_argument("--known", type=int, default=300, help="queries of each kind")
    parser.add_argument("--others", default="pagefind,minisearch,lunr", help="may be empty")
    parser.add_argument("--no-cranfield", action="store_true")
    return parser.parse_args()


def sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def cranfield(browser: Browser, data: Path, folder: Path, others: list[str]) -> None:
    documents = [json.loads(line) for line in (data / "docs.jsonl").open()]
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
    for engine in engines(documents, folder, "cranfield", others, is_analysed=True):
        with opened(browser, engine) as page:
            for kind, texts in kinds.items():
                answers = page.evaluate(ASK_ALL, texts)
                scores = [
                    ndcg(answer["ids"], grades.get(query["id"], {}))
                    for query, answer in zip(queries, answers, strict=True)
                ]
                mean = statistics.mean(scores)
                say(f"cranfield, {kind}, {engine.name}: nDCG@{DEPTH} {mean:.4f}")


def known_items(
    browser: Browser, arguments: argparse.Namespace, size: int, folder: Path, others: list[str]
) -> None:
    documents = list(papers(arguments.data / "papers.jsonl.xz", size))
    titles = {document["id"].lower(): document["title"] for document in documents}
    for engine in engines(documents, folder, str(size), others):
        name = f"{size} papers, {engine.name}"
        say(f"{name}: {engine.cpu:.1f} CPU-s, {engine.disk / 1e6:.1f} MB in {engine.files} files")
        if engine.name == "conspectus":
            say(
                "{}: one paper more changes {} of {} files".format(name, *changed_by_one(documents))
            )
        for kind, queries in title_queries(documents, arguments.known).items():
            with opened(browser, engine) as page:
                page.evaluate("window.tolerant = true")
                typed = [one for one, _ in queries]
                session = watched(page)
                before = own_work(session)
                fresh = page.evaluate(ASK_ALL, typed)
                work = (own_work(session) - before) / len(typed)
                again = page.evaluate(ASK_ALL, typed[-REPEATED:])
                heap = page.evaluate("window.gc?.(), performance.memory.usedJSHeapSize / 1e6")
            right = [
                bool(answer["ids"]) and holds(titles[answer["ids"][0]], meant)
                for (_, meant), answer in zip(queries, fresh, strict=True)
            ]
            say(
                f"{name}, {kind} half titles: success@1 {statistics.mean(right):.3f}; "
                f"fresh {spread(fresh)}, of which {work:.1f} ms the page's own; "
                f"again {spread(again)}; heap {heap:.0f} MB"
            )
        report_bytes(browser, engine, [one for one, _ in title_queries(documents, 20)["exact"]])
        shutil.rmtree(engine.folder)


def watched(page: Page) -> CDPSession:
    """Asks the browser how long the page's main thread was at work."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def own_work(session: CDPSession) -> float:
    """Milliseconds of it so far; other programs do not lengthen them."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def spread(answers: list[dict]) -> str:
    times = sorted(answer["ms"] for answer in answers)
    return f"p50 {times[len(times) // 2]:.1f} p95 {times[int(len(times) * 0.95)]:.1f} ms"


def report_bytes(browser: Browser, engine: Engine, queries: list[str]) -> None:
    """Everything but the page itself that a fresh browser loads until the answer is there."""
    plain, packed = [], []
    for query in queries:
        requests: list[Request] = []
        with opened(browser, engine, functools.partial(list.append, requests)) as page:
            page.evaluate("async (query) => { await window.ask(query); }", query)
            page.wait_for_timeout(100)
            bodies = [body_of(request) for request in requests]
        plain.append(sum(map(len, bodies)) / 1024)
        packed.append(sum(min(len(gzip.compress(body, 6)), len(body)) for body in bodies) / 1024)
    say(
        f"{engine.name}: KB before the first ten results, scripts included: "
        f"median {statistics.median(plain):.0f} ({statistics.median(packed):.0f} compressed)"
    )


def body_of(request: Request) -> bytes:
    response = request.response()
    return response.body() if response and not request.url.endswith("ask.html") else b""


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
