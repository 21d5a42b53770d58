"""Papers in; those that entered last out, as a script that says what is new since a day."""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.compact_json import compact
from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.siteplan import urls
from conspectus.siteplan.lookup import paper_key

MOST = 150
PERMALINK = "data/entered.js"


def outputs(corpus: Corpus) -> Iterator[Output]:
    """The newest papers, newest first, one a line; no file where no paper has a day.

    Pages load it only for a reader who was here before papers came.
    """
    dated = [paper for paper in corpus.papers if paper.entered]
    if not dated:
        return
    newest = sorted(dated, key=_newest_first)[:MOST]
    lines = ",\n".join(compact(_line(paper)) for paper in newest)
    yield Output(PERMALINK, f"conspectus.entered([\n{lines}\n]);\n".encode())


def _newest_first(paper: Paper) -> tuple[int, int, str]:
    assert paper.entered
    return -paper.entered.toordinal(), paper.position or 0, paper.id


def _line(paper: Paper) -> list[str]:
    return [
        paper_key(paper.id),
        str(paper.entered),
        paper.title_text,
        urls.paper_permalink(paper.id),
    ]
