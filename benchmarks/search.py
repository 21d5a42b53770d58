"""Search quality, bytes, latency and cost beside MiniSearch, lunr and Pagefind, in Chromium.

    python benchmarks/search.py --data ../shared/data [--sizes 1000,10000] [--known 300]
                                [--others pagefind,minisearch,lunr]

The others are installed by npm into a temporary folder. Prints, for each engine: nDCG@10 on
Cranfield (whole queries, and their three rarest words); known items at 1 for exact, prefix and
mistyped half titles; bytes before the first result; latency of fresh and repeated queries; the
scripts' heap; CPU seconds of the index; bytes on disk. MiniSearch and lunr, which load whole
indices, are left out above 10,000 papers.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import html
import http.server
import json
import lzma
import math
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conspectus import assets
from conspectus.model.papers import Author, Corpus, Paper, PartialDate, Prose
from conspectus.model.topics import Analysis
from conspectus.rendering.scripts import scripts_of
from conspectus.rendering.wordscript import words_script
from conspectus.search import outputs
from conspectus.search.tokens import STOP_WORDS
from conspectus.settings import Settings
from conspectus.words import words as catalogue

DEPTH = 10
REPEATED = 60
"""Of each kind, so many queries are asked once more."""
MOST_WHOLE = 10_000
"""Above this many papers, engines that load a whole index are left out."""

ASK_ALL = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const begun = performance.now();
    const ids = await window.ask(query);
    answers.push({ids, ms: performance.now() - begun});
  }
  return answers;
}"""

ASK = {
    "conspectus": """window.ask = async (query) =>
  (await conspectus.search(query, {limit: 10})).map(({id}) => id);""",
    "pagefind": """window.ask = async (query) => {
  window.pagefind ??= await import("./pagefind/pagefind.js");
  const {results} = await window.pagefind.search(query);
  const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return data.map(({url}) => url.split("/").pop().replace(".html", ""));
};""",
    "minisearch": """window.ask = async (query) => {
  const options = {fields: ["title", "abstract"], searchOptions: {
    boost: {title: 3}, ...(window.tolerant ? {prefix: true, fuzzy: 0.2} : {})}};
  window.index ??= MiniSearch.loadJSON(await (await fetch("index.json")).text(), options);
  return window.index.search(query).slice(0, 10).map(({id}) => id);
};""",
    "lunr": """window.ask = async (query) => {
  window.index ??= lunr.Index.load(await (await fetch("index.json")).json());
  const tokens = lunr.tokenizer(query);
  return window.index.query((asked) => {
    asked.term(tokens, {boost: 10});
    if (!window.tolerant || tokens.length === 0) return;
    asked.term(tokens.slice(-1), {wildcard: lunr.Query.wildcard.TRAILING});
    asked.term(tokens.filter((token) => String(token).length > 4), {editDistance: 1});
  }).slice(0, 10).map(({ref}) => ref);
};""",
}
"""What each page is asked by. Whole-index engines are `tolerant` where titles are mistyped."""

BUILD = {
    "minisearch": """const MiniSearch = require("minisearch");
const index = new MiniSearch({fields: ["title", "abstract"]});
index.addAll(documents);
const made = JSON.stringify(index);""",
    "lunr": """const lunr = require("lunr");
const made = JSON.stringify(lunr(function () {
  this.ref("id"); this.field("title", {boost: 3}); this.field("abstract");
  documents.forEach((each) => this.add(each));
}));""",
}
LIBRARIES = {"minisearch": "minisearch/dist/umd/index.js", "lunr": "lunr/lunr.js"}
NOT_NEEDED = tuple(f"pagefind-{part}" for part in ("component", "highlight", "modular", "ui"))
"""Files of Pagefind's that belong to other interfaces than the one asked here."""


@dataclass(frozen=True)
class Engine:
    """A search under test: a page that holds it, and what making its index took."""

    name: str
    folder: Path
    cpu: float
    disk: int
    files: int


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


def installed(names: list[str], folder: Path) -> None:
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, *names], check=True, stdout=subprocess.DEVNULL)


def engines(documents: list[dict], folder: Path, name: str, others: list[str]) -> Iterator[Engine]:
    """Ours first, then those of the others that take so many papers."""
    chosen = [one for one in others if one == "pagefind" or len(documents) <= MOST_WHOLE]
    yield ours(documents, folder / f"conspectus-{name}")
    for other in chosen:
        place = folder / f"{other}-{name}"
        build: Callable[..., Engine] = pagefind if other == "pagefind" else whole_index
        yield build(documents, place, folder / "node_modules", other)


# quality on judged queries


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
    for engine in engines(documents, folder, "cranfield", others):
        with opened(browser, engine) as page:
            for kind, texts in kinds.items():
                answers = page.evaluate(ASK_ALL, texts)
                scores = [
                    ndcg(answer["ids"], grades.get(query["id"], {}))
                    for query, answer in zip(queries, answers, strict=True)
                ]
                mean = statistics.mean(scores)
                say(f"cranfield, {kind}, {engine.name}: nDCG@{DEPTH} {mean:.4f}")


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


# known items, bytes, latency, cost


def known_items(
    browser: Browser, arguments: argparse.Namespace, size: int, folder: Path, others: list[str]
) -> None:
    documents = list(papers(arguments.data / "papers.jsonl.xz", size))
    titles = {document["id"].lower(): document["title"] for document in documents}
    for engine in engines(documents, folder, str(size), others):
        name = f"{size} papers, {engine.name}"
        say(f"{name}: {engine.cpu:.1f} CPU-s, {engine.disk / 1e6:.1f} MB in {engine.files} files")
        for kind, queries in title_queries(documents, arguments.known).items():
            with opened(browser, engine) as page:
                page.evaluate("window.tolerant = true")
                typed = [one for one, _ in queries]
                fresh = page.evaluate(ASK_ALL, typed)
                again = page.evaluate(ASK_ALL, typed[-REPEATED:])
                heap = page.evaluate("window.gc?.(), performance.memory.usedJSHeapSize / 1e6")
            right = [
                bool(answer["ids"]) and holds(titles[answer["ids"][0]], meant)
                for (_, meant), answer in zip(queries, fresh, strict=True)
            ]
            say(
                f"{name}, {kind} half titles: success@1 {statistics.mean(right):.3f}; "
                f"fresh {spread(fresh)}, again {spread(again)}; heap {heap:.0f} MB"
            )
        report_bytes(browser, engine, [one for one, _ in title_queries(documents, 20)["exact"]])
        shutil.rmtree(engine.folder)


def spread(answers: list[dict]) -> str:
    times = sorted(answer["ms"] for answer in answers)
    return f"p50 {times[len(times) // 2]:.1f} p95 {times[int(len(times) * 0.95)]:.1f} ms"


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


@contextmanager
def opened(
    browser: Browser, engine: Engine, listener: Callable[[Request], None] | None = None
) -> Iterator[Page]:
    """A new page of the engine's site in an empty browser."""
    with served(engine.folder) as url:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(600_000)
        if listener:
            page.on("requestfinished", listener)
        page.goto(f"{url}ask.html")
        page.evaluate(f"() => {{ {ASK[engine.name]} }}")
        yield page
        context.close()


def say(line: str) -> None:
    print(line, flush=True)


# sites to ask


def papers(path: Path, size: int) -> Iterator[dict]:
    with lzma.open(path, "rt") as lines:
        for line, _ in zip(lines, range(size), strict=False):
            yield json.loads(line)


def ours(documents: Iterable[dict], folder: Path) -> Engine:
    """Our own index, and a page with every script of the search page."""
    corpus = Corpus(tuple(sorted(map(paper, documents), key=lambda paper: paper.id)))
    begun = time.process_time()
    (folder / "search").mkdir(parents=True)
    for output in outputs(corpus, Analysis(), Settings()):
        (folder / output.path).write_bytes(output.body)
    cpu = time.process_time() - begun
    files = {file.name: file for file in assets.load(folder).files}
    loaded = [words_script(catalogue("en")).body, *(files[n].body for n in scripts_of("search"))]
    (folder / "assets").mkdir()
    for place, body in enumerate(loaded):
        (folder / "assets" / f"{place}.js").write_bytes(body)
    write_page(folder, [f"assets/{place}.js" for place in range(len(loaded))])
    return Engine("conspectus", folder, cpu, *measured(folder / "search"))


def pagefind(documents: Iterable[dict], folder: Path, modules: Path, name: str) -> Engine:
    folder.mkdir()
    for document in documents:
        title, abstract = html.escape(document["title"]), html.escape(document["abstract"])
        body = f"<main><h1>{title}</h1><p>{abstract}</p></main>"
        page = f'<!doctype html><html lang="en"><title>{title}</title>{body}</html>'
        (folder / f"{document['id'].lower()}.html").write_text(page)
    cpu = timed([str(modules / ".bin" / "pagefind"), "--site", str(folder)])
    for path in (folder / "pagefind").iterdir():
        if path.name.startswith(NOT_NEEDED):
            path.unlink()
    write_page(folder, [])
    return Engine(name, folder, cpu, *measured(folder / "pagefind"))


def whole_index(documents: Iterable[dict], folder: Path, modules: Path, name: str) -> Engine:
    folder.mkdir()
    rows = [
        {"id": d["id"].lower(), "title": d["title"], "abstract": d["abstract"]} for d in documents
    ]
    (folder / "documents.json").write_text(json.dumps(rows))
    script = f"""const fs = require("fs");
const documents = JSON.parse(fs.readFileSync({json.dumps(str(folder / "documents.json"))}));
{BUILD[name]}
fs.writeFileSync({json.dumps(str(folder / "index.json"))}, made);"""
    (modules / "build.js").write_text(script)
    cpu = timed(["node", "--max-old-space-size=4096", str(modules / "build.js")])
    (folder / "documents.json").unlink()
    disk, files = measured(folder)
    shutil.copy(modules / LIBRARIES[name], folder / "library.js")
    write_page(folder, ["library.js"])
    return Engine(name, folder, cpu, disk, files)


def timed(command: list[str]) -> float:
    """CPU seconds of a program, of all its threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measured(folder: Path) -> tuple[int, int]:
    found = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(found), len(found)


def write_page(folder: Path, scripts: list[str]) -> None:
    tags = "".join(f'<script src="{name}" defer></script>' for name in scripts)
    icon = '<link rel="icon" href="data:,">'
    page = f'<!doctype html><html lang="en" data-root=""><meta charset="utf-8">{icon}{tags}'
    (folder / "ask.html").write_text(page)


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
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


if __name__ == "__main__":
    main()
