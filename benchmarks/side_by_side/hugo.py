"""Our built site in; the same survey as a Hugo site out, its topics handed over ready-made.

The theme lies in theme/. Wherever Hugo would have to work for what our build computes (similar
papers, terms, topics and their evidence, titles of linked papers, drawings), the result stands in
the front matter or in a data file, as JSON, which Hugo parses fastest. Links are absolute paths,
math stays as its source, and one export holds all papers: each of these is less work for Hugo.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

THEME = Path(__file__).with_name("theme")
ENTRIES_A_PAGE = 150
MOST_WHOLE = 5000
"""Above so many papers the theme leaves out the copies that we leave out (docs/scale.md)."""
CONFIG = {
    "baseURL": "https://survey.example/",
    "title": "Benchmark",
    "uglyURLs": True,
    "disableKinds": ["rss"],
    "enableRobotsTXT": True,
    "pagination": {"pagerSize": 150},
    "taxonomies": {"topic": "topics"},
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    "mediaTypes": {
        "application/atom+xml": {"suffixes": ["atom"]},
        "application/feed+json": {"suffixes": ["json"]},
        "application/vnd.citationstyles.csl+json": {"suffixes": ["csl"]},
        "application/x-bibtex": {"suffixes": ["bib"]},
        "application/x-research-info-systems": {"suffixes": ["ris"]},
    },
    "outputFormats": {
        name: {"mediaType": kind, "baseName": base, "isPlainText": True}
        for name, kind, base in (
            ("atom", "application/atom+xml", "feed"),
            ("feed", "application/feed+json", "feed"),
            ("bib", "application/x-bibtex", "all"),
            ("ris", "application/x-research-info-systems", "all"),
            ("csl", "application/vnd.citationstyles.csl+json", "all"),
            ("papers", "application/json", "papers"),
        )
    },
    "outputs": {
        "home": ["html", "atom", "feed", "bib", "ris", "csl", "papers"],
        "term": ["html", "atom", "feed", "bib", "ris", "csl"],
        "page": ["html"],
        "section": ["html"],
        "taxonomy": ["html"],
    },
}  # fmt: skip

Record = dict[str, Any]


def write(site: Path, papers: Path, folder: Path) -> None:
    """Make `folder` a Hugo site of what `site`, built from the files in `papers`, shows."""
    shutil.copytree(THEME / "layouts", folder / "layouts")
    survey = _Survey(site, papers)
    is_large = len(survey.papers) > MOST_WHOLE
    _write(folder / "hugo.json", json.dumps(CONFIG | {"params": {"large": is_large}}, indent=1))
    home = (site / "index.html").read_text("utf-8")
    _write(
        folder / "layouts/_partials/map.html",
        "".join(re.findall(r"<svg class=\"map .*?</svg>", home, re.S)),
    )
    shutil.copytree(site / "assets", folder / "static/assets")
    assets = {
        "styles": re.findall(r'href="(assets/[^"]+\.css)"', home),
        "scripts": re.findall(r'src="(assets/[^"]+\.js)"', home),
    }
    _write(folder / "data/assets.json", json.dumps(assets))
    _write(folder / "data/topics.json", json.dumps({"tops": survey.tops()}))
    for paper in survey.papers.values():
        _page(folder / f"content/papers/{paper['id']}.md", survey.front(paper), survey.body(paper))
    for topic in survey.topics.values():
        _page(folder / f"content/topics/{topic['id']}/_index.md", survey.hub(topic))
    _page(folder / "content/papers/_index.md", {"title": "Papers"})
    _page(folder / "content/terms/_index.md", {"title": "Terms", "build": {"render": "never"}})
    for number, entries in enumerate(survey.index(), start=1):
        front = {"title": f"Terms {number}", "layout": "terms", "entries": entries}
        _page(folder / f"content/terms/{number}.md", front)
    for name, layout in (("map", "drawing"), ("timeline", "free"), ("about", "free"),
                         ("search", "free"), ("reading-list", "free")):  # fmt: skip
        _page(folder / f"content/{name}.md", {"title": name.title(), "layout": layout})


class _Survey:
    """What our data files say, as the theme wants it."""

    def __init__(self, site: Path, papers: Path) -> None:
        self._papers = papers
        self.topics = {each["id"]: each for each in _records(site, "topics")}
        self.papers = {each["id"]: each for each in _records(site, "papers")}
        self._marks = {topic: self._mark(topic) for topic in self.topics}

    @cached_property
    def _terms(self) -> dict[str, str]:
        """The address of each indexed term."""
        return {
            entry["term"]: f"/terms/{number}.html#{entry['anchor']}"
            for number, entries in enumerate(self.index(), start=1)
            for entry in entries
        }

    def index(self) -> list[list[Record]]:
        """The terms of two papers or more, A to Z, a page at a time."""
        by_term: dict[str, list[str]] = defaultdict(list)
        for paper in self.papers.values():
            for term in paper["terms"]:
                by_term[term].append(paper["id"])
        entries = [
            {
                "term": term,
                "anchor": "t-" + re.sub(r"\W+", "-", term.lower()),
                "papers": self._titles(by_term[term]),
            }
            for term in sorted(by_term, key=str.casefold)
            if len(by_term[term]) > 1
        ]
        starts = range(0, len(entries), ENTRIES_A_PAGE)
        return [entries[start : start + ENTRIES_A_PAGE] for start in starts]

    def tops(self) -> list[Record]:
        """The contents, with summaries and sub-topics."""
        return [
            self._contents(topic)
            | {
                "summary": topic["summary"],
                "children": [self._contents(self.topics[child]) for child in topic["children"]],
            }
            for topic in self.topics.values()
            if not topic["parent"]
        ]

    def hub(self, topic: Record) -> Record:
        return {
            "title": topic["label"],
            "path": [self._marks[topic["parent"]]] if topic["parent"] else [],
            "strokes": self._contents(topic),
            "quotes": topic["summary"],
            "start": self._titles(topic["representative"][:3]),
            "children": [self._contents(self.topics[child]) for child in topic["children"]],
            "weights": topic["terms"],
            "borderline": self._titles(each["paper"] for each in topic["borderline"]),
            "nearby": [self._marks[each["topic"]] for each in topic["nearby"]],
        }

    def front(self, paper: Record) -> Record:
        topic = self.topics[paper["topic"]]
        path = [topic["parent"], topic["id"]] if topic["parent"] else [topic["id"]]
        members = topic["papers"]
        place = members.index(paper["id"])
        year = (paper["published"] or "0")[:4]
        authors = paper.get("authors", [])
        return {
            "title": paper["title"],
            "date": f"{int(year) or 1970:04}-01-01",
            "key": paper["id"],
            "year": int(year),
            "venue": paper.get("venue", ""),
            "authors": authors,
            "first": authors[0]["family"] if authors else "",
            "added": paper.get("added", ""),
            "citekey": paper.get("citekey", ""),
            "sentence": paper.get("contribution", ""),
            "topics": path,
            "path": [self._marks[each] for each in path],
            "mark": self._marks[topic["id"]],
            "strokes": self._contents(topic),
            "position": place + 1,
            "of": len(members),
            "previous": next(iter(self._titles(members[max(place - 1, 0) : place])), None),
            "next": next(iter(self._titles(members[place + 1 : place + 2])), None),
            "similar": self._similar(paper["similar"]),
            "bridges": self._similar(paper["bridges"]),
            "terms": [{"term": term, "url": self._terms.get(term, "")} for term in paper["terms"]],
            "coins": _coins(paper),
        }

    def body(self, paper: Record) -> str:
        text = (self._papers / f"{paper['id']}.md").read_text("utf-8")
        return text.split("\n---\n", 1)[1]

    def _titles(self, papers: Iterable[str]) -> list[Record]:
        return [{"id": each, "title": self.papers[each]["title"]} for each in papers]

    def _similar(self, similar: Iterable[Record]) -> list[Record]:
        return [
            self._marks[self.papers[each["id"]]["topic"]]
            | {"id": each["id"], "title": self.papers[each["id"]]["title"], "terms": each["terms"]}
            for each in similar
        ]

    def _mark(self, topic: str) -> Record:
        place = list(self.topics).index(topic)
        label = self.topics[topic]["label"]
        return {"id": topic, "label": label, "colour": place % 12 + 1, "shape": place % 8 + 1}

    def _contents(self, topic: Record) -> Record:
        count = len(topic["papers"])
        drawn = count if count <= 60 else -(-count // 10)
        return self._marks[topic["id"]] | {
            "count": count,
            "width": drawn * 6,
            "path": "".join(f"M{1 + stroke * 6} 2v12" for stroke in range(drawn)),
            "terms": [term["term"] for term in topic["terms"][:3]],
        }


def _records(site: Path, name: str) -> Iterable[Record]:
    whole = json.loads((site / f"data/{name}.json").read_text("utf-8"))
    if name in whole:
        yield from whole[name]
    for part in whole.get("parts", ()):
        yield from json.loads((site / "data" / part).read_text("utf-8"))[name]


def _coins(paper: Record) -> list[str]:
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.atitle", paper["title"]),
        ("rft.btitle", paper.get("venue", "")),
        *(("rft.au", f"{a.get('given', '')} {a['family']}") for a in paper.get("authors", ())),
        ("rft.date", paper["published"] or ""),
    ]
    return [part for field in fields for part in field]


def _page(file: Path, front: Mapping[str, Any], body: str = "") -> None:
    _write(file, json.dumps(front, ensure_ascii=False) + "\n\n" + body)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
