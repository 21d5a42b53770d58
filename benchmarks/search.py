"""Search quality, bytes, latency and cost beside MiniSearch, lunr and Pagefind, in Chromium.

    python benchmarks/search.py --data ../shared/data [--sizes 1000,10000] [--known 300]
                                [--others pagefind,minisearch,lunr]

The others are installed by npm into a temporary folder. Prints, for each engine: nDCG@10 on
Cranfield (whole queries, and their three rarest words); known items at 1 for exact, prefix and
mistyped half titles; milliseconds until the first result and until ten are there, of fresh and of
repeated queries, in a browser that nobody watches; the page's own work for a fresh one; the
scripts' heap; bytes before the first result and before ten; CPU seconds of the index; bytes on
disk; files that one more paper changes. MiniSearch and lunr, which load whole indices, are left out
above 10,000 papers.
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
from searching.asking import opened, unwatched
from searching.engines import Engine, changed_by_one, engines, installed, papers
from searching.queries import DEPTH, holds, ndcg, rarest, title_queries, words

ASKING = ("ask.html", "ask.js")
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
        executable = shutil.which("chromium") or playwright.chromium.executable_path
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        flags += ["--enable-precise-memory-info", "--js-flags=--expose-gc"]
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        if (arguments.data / "cranfield").is_dir() and not arguments.no_cranfield:
            cranfield(browser, arguments.data / "cranfield", folder, others)
        for size in arguments.sizes:
            known_items(browser, executable, arguments, size, folder, others)
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
                answers = page.evaluate("(texts) => window.askAll(texts)", texts)
                scores = [
                    ndcg(answer["ids"], grades.get(query["id"], {}))
                    for query, answer in zip(queries, answers, strict=True)
                ]
                mean = statistics.mean(scores)
                say(f"cranfield, {kind}, {engine.name}: nDCG@{DEPTH} {mean:.4f}")


def known_items(
    browser: Browser,
    executable: str,
    arguments: argparse.Namespace,
    size: int,
    folder: Path,
    others: list[str],
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
            typed = [one for one, _ in queries]
            fresh, again = unwatched(executable, engine, typed, typed[-REPEATED:])
            with opened(browser, engine) as page:
                page.evaluate("window.tolerant = true")
                session = watched(page)
                before = own_work(session)
                page.evaluate("async (texts) => { await window.askAll(texts); }", typed)
                work = (own_work(session) - before) / len(typed)
                heap = page.evaluate("window.gc?.(), performance.memory.usedJSHeapSize / 1e6")
            right = [
                bool(answer["ids"]) and holds(titles[answer["ids"][0]], meant)
                for (_, meant), answer in zip(queries, fresh, strict=True)
            ]
            say(
                f"{name}, {kind} half titles: success@1 {statistics.mean(right):.3f}; "
                f"first {spread(fresh, 'first')}, ten {spread(fresh, 'ms')}, "
                f"of which {work:.1f} ms the page's own; again {spread(again, 'ms')}; "
                f"heap {heap:.0f} MB"
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


def spread(answers: list[dict], until: str) -> str:
    times = sorted(answer[until] for answer in answers)
    return f"p50 {times[len(times) // 2]:.1f} p95 {times[int(len(times) * 0.95)]:.1f} ms"


def report_bytes(browser: Browser, engine: Engine, queries: list[str]) -> None:
    """Everything but the page itself that a fresh browser loads until the answer is there."""
    sizes: dict[str, list[tuple[int, int]]] = {"first": [], "ms": []}
    for query in queries:
        requests: list[Request] = []
        with opened(browser, engine, functools.partial(list.append, requests)) as page:
            [answer] = page.evaluate("(query) => window.askAll([query])", query)
            page.wait_for_timeout(100)
            for until, found in sizes.items():
                end = answer["begun"] + answer[until]
                bodies = [body_of(request) for request in requests if ended(request) <= end]
                packed = sum(min(len(gzip.compress(body, 6)), len(body)) for body in bodies)
                found.append((sum(map(len, bodies)), packed))
    first, ten = (
        [statistics.median(each) / 1024 for each in zip(*found, strict=True)]
        for found in sizes.values()
    )
    say(
        f"{engine.name}: KB before the first result, scripts included: median {first[0]:.1f} "
        f"({first[1]:.1f} compressed); before ten: {ten[0]:.1f} ({ten[1]:.1f} compressed)"
    )


def ended(request: Request) -> float:
    """When its answer was there, in milliseconds; an answer of workers' counts too."""
    return request.timing["startTime"] + max(request.timing["responseEnd"], 0)


def body_of(request: Request) -> bytes:
    response = request.response()
    return response.body() if response and not request.url.endswith(ASKING) else b""


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
