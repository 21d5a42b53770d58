"""Papers and topics in; data/papers.json and data/topics.json out, as docs/schemas describes them.

What the number in `schema` means never changes: a field that changes its meaning takes a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from conspectus.compact_json import compact
from conspectus.exports.parts import Naming, coarse, fine, parts
from conspectus.model.papers import Author, Corpus, Link, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis, PaperAnalysis, Similar, Topic
from conspectus.settings import Settings
from conspectus.settings.sizes import Size, size_of
from conspectus.siteplan import urls

SCHEMA = 1

Record = dict[str, object]
Item = TypeVar("Item", Paper, Topic)


def outputs(corpus: Corpus, analysis: Analysis, settings: Settings) -> Iterator[Output]:
    """The files, with one paper or topic a line; what there is no room for is left empty."""
    size = size_of(settings, len(corpus.papers))
    found = analysis.papers_by_id()
    by_id = corpus.by_id()

    def paper(each: Paper) -> Record:
        return _paper(each, _fitted(found.get(each.id), size), size)

    def topic(each: Topic) -> Record:
        return _topic(each, by_id)

    yield from _files("papers", corpus.papers, paper, fine if size.is_parted else None)
    yield from _files("topics", analysis.topics, topic, coarse if size.is_parted else None)


def _fitted(found: PaperAnalysis | None, size: Size) -> PaperAnalysis | None:
    if found and not size.has_similar_in_data:
        found = replace(found, similar=(), bridges=())
    return found if size.has_extras_in_data or not found else replace(found, terms=())


def _files(
    name: str, items: Sequence[Item], record: Callable[[Item], Record], naming: Naming | None
) -> Iterator[Output]:
    """The items' records in one file; by a naming in its parts, and one that lists them."""
    head = f'"schema":{SCHEMA},"count":{len(items)}'
    if naming is None:
        yield _file(f"data/{name}.json", f'{{{head},"{name}":{_lines(map(record, items))}}}\n')
        return
    split = parts(items, naming)
    names = compact([f"{name}/{part}.json" for part, _ in split])
    yield _file(f"data/{name}.json", f'{{{head},"parts":{names}}}\n')
    for part, members in split:
        lines = _lines(map(record, members))
        yield _file(f"data/{name}/{part}.json", f'{{"{name}":{lines}}}\n')


def _file(path: str, text: str) -> Output:
    return Output(path, text.encode("utf-8", "replace"))


def _lines(records: Iterable[Record]) -> str:
    lines = [compact(record) for record in records]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def _paper(paper: Paper, found: PaperAnalysis | None, size: Size) -> Record:
    """What is always there, then what is known; absent is what is not known."""
    record: Record = {
        "id": paper.id,
        "title": paper.title_text,
        "topic": found.topic if found and found.topic else None,
        "listed": str(paper.listed) if paper.listed else None,
        "published": str(paper.published) if paper.published else None,
        "links": [_link(link) for link in paper.links],
        "similar": [_similar(each) for each in found.similar] if found else [],
        "bridges": [_similar(each) for each in found.bridges] if found else [],
        "terms": list(found.terms) if found else [],
    }
    extras: Record = {
        "added": str(paper.added) if paper.added else None,
        "permalink": urls.paper_permalink(paper.id),
        "authors": [_author(author) for author in paper.authors],
        "contribution": paper.abstract.stating_text,
        "citekey": paper.citekey,
    }
    known: Record = {
        "position": paper.position,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
        "pdf": paper.pdf,
        "keywords": list(paper.keywords),
        "language": paper.language,
        "upvotes": paper.upvotes,
        "attributes": dict(paper.attributes),
    }
    known |= extras if size.has_extras_in_data else {}
    return record | {name: value for name, value in known.items() if value or value == 0}


def _link(link: Link) -> Record:
    return {"kind": link.kind, "url": link.url}


def _author(author: Author) -> Record:
    fields = {
        "family": author.family,
        "given": author.given,
        "orcid": author.orcid,
        "affiliation": author.affiliation,
    }
    return {name: value for name, value in fields.items() if value}


def _similar(similar: Similar) -> Record:
    return {"id": similar.paper, "score": similar.score, "terms": list(similar.terms)}


def _topic(topic: Topic, papers: dict[str, Paper]) -> Record:
    return {
        "id": topic.id,
        "slug": topic.id,
        "label": topic.label,
        "parent": topic.parent or None,
        "children": list(topic.children),
        "permalink": urls.topic_permalink(topic.id),
        "description": topic.description,
        "mixed": topic.is_mixed,
        "terms": [{"term": term.term, "weight": term.weight} for term in topic.terms],
        "papers": list(topic.papers),
        "representative": list(topic.representative),
        "summary": [
            {
                "paper": quote.paper,
                "sentence": papers[quote.paper].abstract.sentence(quote.sentence),
            }
            for quote in topic.summary
        ],
        "cohesion": topic.cohesion,
        "coverage": topic.coverage,
        "borderline": [{"paper": each.paper, "topic": each.other} for each in topic.borderline],
        "nearby": [{"topic": each.topic, "terms": list(each.terms)} for each in topic.nearby],
    }
