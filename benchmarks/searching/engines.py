"""Papers in; a folder with a page that searches them, for each engine, out."""

from __future__ import annotations

import html
import json
import lzma
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from conspectus import assets
from conspectus.analysis import analyse
from conspectus.model.papers import Author, Corpus, Paper, PartialDate, Prose
from conspectus.model.topics import Analysis, Decisions
from conspectus.rendering.scripts import scripts_of
from conspectus.rendering.wordscript import search_words_script
from conspectus.search import outputs
from conspectus.settings import Settings
from conspectus.words import words as catalogue

MOST_WHOLE = 10_000
"""Above this many papers, engines that load a whole index are left out."""

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


def installed(names: list[str], folder: Path) -> None:
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, *names], check=True, stdout=subprocess.DEVNULL)


def engines(
    documents: list[dict], folder: Path, name: str, others: list[str], *, is_analysed: bool = False
) -> Iterator[Engine]:
    """Ours first, then those of the others that take so many papers.

    Where ours `is_analysed`, it knows similar papers, as in a build; its time is the index's alone.
    """
    chosen = [one for one in others if one == "pagefind" or len(documents) <= MOST_WHOLE]
    yield ours(documents, folder / f"conspectus-{name}", is_analysed=is_analysed)
    for other in chosen:
        place = folder / f"{other}-{name}"
        build: Callable[..., Engine] = pagefind if other == "pagefind" else whole_index
        yield build(documents, place, folder / "node_modules", other)


def changed_by_one(documents: list[dict]) -> tuple[int, int]:
    """How many files of our index differ, and of how many, when the last document comes."""
    before = {output.path for output in outputs(corpus_of(documents[:-1]), Analysis(), Settings())}
    after = {output.path for output in outputs(corpus_of(documents), Analysis(), Settings())}
    return len(after - before) + 1, len(after)  # names tell of contents, but for the entry file


def papers(path: Path, size: int) -> Iterator[dict]:
    with lzma.open(path, "rt") as lines:
        for line, _ in zip(lines, range(size), strict=False):
            yield json.loads(line)


def ours(documents: Iterable[dict], folder: Path, *, is_analysed: bool = False) -> Engine:
    """Our own index, and a page with every script of the search page."""
    corpus = corpus_of(documents)
    found = analyse(corpus, Decisions(), None) if is_analysed else Analysis()
    begun = time.process_time()
    (folder / "search").mkdir(parents=True)
    for output in outputs(corpus, found, Settings()):
        (folder / output.path).write_bytes(output.body)
    cpu = time.process_time() - begun
    files = {file.name: file for file in assets.load(folder).files}
    loaded = [
        search_words_script(catalogue("en")).body,
        *(files[n].body for n in scripts_of("search")),
    ]
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
    """The page that is asked: with the parts that our search page's script looks for."""
    tags = "".join(f'<script src="{name}" defer></script>' for name in [*scripts, "ask.js"])
    icon = '<link rel="icon" href="data:,">'
    page = f"""<!doctype html><html lang="en" data-root=""><meta charset="utf-8">{icon}{tags}
<form data-search-form><input data-search-input></form><p data-search-status></p>
<ol data-search-results></ol>"""
    (folder / "ask.html").write_text(page)


def corpus_of(documents: Iterable[dict]) -> Corpus:
    return Corpus(tuple(sorted(map(paper, documents), key=lambda paper: paper.id)))


def paper(document: dict) -> Paper:
    sentences = tuple(re.split(r"(?<=[.!?]) +(?=[A-Z])", document["abstract"]))
    prose = Prose(document["abstract"], "", document["abstract"], apart=sentences)
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
