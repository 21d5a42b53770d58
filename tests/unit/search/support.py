"""Small papers, and small sites that hold nothing but a search."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterable
from pathlib import Path

from conspectus.assets import lean
from conspectus.model.papers import Author, Corpus, Link, Paper, PartialDate, Prose
from conspectus.model.topics import Analysis, PaperAnalysis, Similar, Topic
from conspectus.rendering.scripts import later_scripts, scripts_of
from conspectus.rendering.wordscript import search_words_script, words_script
from conspectus.search import outputs
from conspectus.settings import Settings
from conspectus.words import words

STATIC = Path(__file__).resolve().parents[3] / "static"
NOTHING = Analysis()
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def paper(
    id_: str,
    title: str = "",
    abstract: str = "",
    *,
    authors: Iterable[str] = (),
    year: int | None = None,
    venue: str = "",
    notes: str = "",
    keywords: Iterable[str] = (),
    has_code: bool = False,
    listed: str = "",
    doi: str = "",
    arxiv: str = "",
) -> Paper:
    """A paper whose abstract has a sentence a line."""
    names = (name.rpartition(" ") for name in authors)
    title = title or id_
    return Paper(
        id=id_,
        path=f"papers/{id_}.md",
        title=title,
        title_text=title,
        title_html=title,
        abstract=Prose(abstract, "", abstract, apart=tuple(abstract.split("\n"))),
        notes=Prose(notes, "", notes),
        authors=tuple(Author(family, given) for given, _, family in names),
        published=PartialDate(year) if year else None,
        listed=datetime.date.fromisoformat(listed) if listed else None,
        venue=venue,
        keywords=tuple(keywords),
        links=(Link("code", "https://example.org/code"),) if has_code else (),
        doi=doi,
        arxiv=arxiv,
    )


def corpus(*papers: Paper) -> Corpus:
    return Corpus(tuple(sorted(papers, key=lambda one: one.id)))


def topic(id_: str, papers: Iterable[str], slot: int = 0, parent: str = "") -> Topic:
    members = tuple(sorted(papers))
    return Topic(
        id=id_, label=id_.replace("-", ", "), label_terms=(), parent=parent, children=(), slot=slot,
        papers=members, terms=(), representative=(), summary=(), cohesion=0.5, coverage=1.0,
        borderline=(), nearby=(),
    )  # fmt: skip


def analysis(topics: Iterable[Topic] = (), similar: dict[str, list[str]] | None = None) -> Analysis:
    """Topics' papers, and for each paper those like it."""
    tops = tuple(topics)
    topic_of = {id_: top.id for top in tops for id_ in top.papers}
    likeness = similar or {}
    found = tuple(
        PaperAnalysis(
            paper=id_,
            topic=topic_of.get(id_, ""),
            terms=(),
            similar=tuple(Similar(other, 0.5, ()) for other in likeness.get(id_, [])),
            bridges=(),
            cell=(0, 0),
            narrow_cell=(0, 0),
        )
        for id_ in sorted({*topic_of, *likeness})
    )
    return Analysis(topics=tops, papers=found)


def index_files(
    papers: Corpus, found: Analysis = NOTHING, language: str = "en"
) -> dict[str, bytes]:
    return {o.path: o.body for o in outputs(papers, found, Settings(language=language))}


def site(folder: Path, papers: Corpus, found: Analysis = NOTHING, language: str = "en") -> Path:
    """Write a site of the index and a search page; any older index there is removed."""
    shutil.rmtree(folder / "search", ignore_errors=True)
    for path, body in index_files(papers, found, language).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    assets = folder / "assets"
    assets.mkdir(exist_ok=True)
    first, whole = search_words_script(words("en")), words_script(words("en"))
    (folder / first.path).write_bytes(first.body)
    (folder / whole.path).write_bytes(whole.body)
    names = [first.path, *(_copied(name, assets) for name in scripts_of("search"))]
    tags = [f'<script src="{name}" defer></script>' for name in names]
    later = " ".join([whole.path, *(_copied(name, assets) for name in later_scripts())])
    (folder / "search.html").write_text(_page("\n".join(tags), later), encoding="utf-8")
    return folder


def _copied(name: str, assets: Path) -> str:
    file = f"{name.removesuffix('.js').removeprefix('js/').replace('/', '-')}.0a1b2c3d.js"
    (assets / file).write_bytes(lean((STATIC / name).read_bytes()))
    return f"assets/{file}"


def _page(tags: str, later: str) -> str:
    return f"""<!doctype html>
<html lang="en" data-root="" data-survey="made-up"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Search</title>
<link rel="icon" href="data:,">
{tags}
</head><body><main><div data-search-facets></div><h1>Search</h1>
<form data-search-form action="search.html" method="get" role="search">
<input type="search" name="q" aria-label="Search" data-search-input></form>
<p data-search-status role="status" aria-live="polite"></p>
<div hidden data-search-later="{later}"></div>
<ol data-search-results class="rows"></ol><div data-search-topics></div>
<div data-search-before>Begin here</div></main></body></html>
"""


def named(text: str) -> str:
    """A text as a test's id: without backslashes, which pytest would double when it collects again
    in one process, as mutmut lets it."""
    return ascii(text).replace("\\", "/")[:40]
