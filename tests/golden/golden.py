"""A copy of one page of each kind, in which a change of template shows: `make golden`.

The pages are rendered from a stored analysis, so that other numeric libraries do not change them;
it is computed anew where the survey has other papers. Hashes in names of files are left out.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from conspectus import assets, pipeline, rendering, siteplan
from conspectus.content import Content
from conspectus.model.topics import Analysis
from tests.support import values
from tests.support.building import FIXTURES

SURVEY = FIXTURES / "survey"
COPY = Path(__file__).parent / "copy"
ANALYSIS = COPY / "analysis.json"
PAGES = (
    "404.html",
    "about.html",
    "contribute.html",
    "days/2024-05-06.html",
    "index.html",
    "lists/first-evening.html",
    "lists/index.html",
    "map.html",
    "papers/index.html",
    "papers/lamp-rotation-timing.html",
    "papers/pigeon-title-only.html",
    "reading-list.html",
    "search.html",
    "terms.html",
    "timeline.html",
    "topics/index.html",
)
_HASH = re.compile(r"(assets/[\w-]+)\.[0-9a-f]{8}\.")


def main() -> None:
    rendered = pages()
    shutil.rmtree(COPY / "site", ignore_errors=True)
    for permalink, text in rendered.items():
        path = COPY / "site" / permalink
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    print(f"{len(rendered)} pages in {COPY}")


def pages() -> dict[str, str]:
    """The pages as they are rendered now, by permalink: one of each kind, and the largest hub."""
    survey = pipeline.gather(SURVEY)
    found = _analysis(survey)
    look = assets.load(SURVEY)
    site = siteplan.plan(survey.content, found)
    permalinks = {file.name: file.permalink for file in look.files}
    hub = max(found.topics, key=lambda topic: (len(topic.papers), topic.id)).id
    wanted = {*PAGES, f"topics/{hub}.html"}
    outputs = rendering.outputs(site, look.templates, permalinks)
    return {
        output.path: _HASH.sub(r"\1.", output.body.decode())
        for output in outputs
        if output.path in wanted
    }


def kept() -> dict[str, str]:
    """The pages of the copy, by permalink."""
    folder = COPY / "site"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode()
        for path in sorted(folder.rglob("*.html"))
    }


def _analysis(survey: pipeline.Gathered) -> Analysis:
    if ANALYSIS.exists():
        stored: Analysis = values.read(Analysis, json.loads(ANALYSIS.read_text(encoding="utf-8")))
        if _has_the_papers_of(survey.content, stored):
            return stored
    found = pipeline.find_topics(survey)
    ANALYSIS.parent.mkdir(exist_ok=True)
    text = json.dumps(values.written(found), ensure_ascii=False, indent=0)
    ANALYSIS.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return found


def _has_the_papers_of(content: Content, stored: Analysis) -> bool:
    return [each.paper for each in stored.papers] == [paper.id for paper in content.corpus.papers]


if __name__ == "__main__":
    main()
