"""Small makers of papers, topics and surveys: only what a test is about is written in it."""

from __future__ import annotations

from typing import Any

from conspectus import prose
from conspectus.content import Content
from conspectus.model.papers import Corpus, Paper
from conspectus.model.topics import Analysis, IndexedTerm, PaperAnalysis, Topic
from conspectus.settings import Settings


def paper(id: str = "a-paper", title: str = "A paper", abstract: str = "", **fields: Any) -> Paper:  # noqa: A002
    """A paper as the content reader would make it."""
    heading, _ = prose.inline(title)
    body, _ = prose.read(abstract)
    return Paper(
        id=id,
        path=f"papers/{id}.md",
        title=title,
        title_text=heading.text,
        title_html=heading.html,
        abstract=body,
        **fields,
    )


def topic(id: str, papers: list[str], **fields: Any) -> Topic:  # noqa: A002
    """A leaf topic named by its id."""
    given: dict[str, Any] = {
        "label": id.replace("-", " "),
        "label_terms": (id.replace("-", " "),),
        "parent": "",
        "children": (),
        "slot": 0,
        "terms": (),
        "representative": tuple(papers[:3]),
        "summary": (),
        "cohesion": 0.5,
        "coverage": 1.0,
        "borderline": (),
        "nearby": (),
    }
    return Topic(id=id, papers=tuple(papers), **(given | fields))


def analysis(*topics: Topic, terms: dict[str, list[str]] | None = None) -> Analysis:
    """An analysis of these topics, in which no paper is like another."""
    leaves = {paper: each.id for each in topics if not each.children for paper in each.papers}
    return Analysis(
        topics=tuple(sorted(topics, key=lambda each: each.id)),
        papers=tuple(
            PaperAnalysis(paper, leaf, (), (), (), (index, 0), (index, 0))
            for index, (paper, leaf) in enumerate(sorted(leaves.items()))
        ),
        terms=tuple(
            IndexedTerm(term, tuple(papers)) for term, papers in sorted((terms or {}).items())
        ),
    )


def survey(*papers: Paper, settings: Settings | None = None, **fields: Any) -> Content:
    """A survey of these papers."""
    return Content(
        settings=settings or Settings(id="survey"),
        corpus=Corpus(tuple(sorted(papers, key=lambda each: each.id))),
        **fields,
    )
