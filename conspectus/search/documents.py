"""Papers in; the records that results are drawn from out, by ranges of document numbers."""

from __future__ import annotations

from itertools import groupby

from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.search.numbers import Numbers
from conspectus.search.shards import NO_SHARD, Family, content_hash, hash_in, renamed, shard
from conspectus.siteplan.carried import has_code

RECORD_BITS = 4
"""A shard of records covers 16 numbers: 4 to 6 papers."""
TEXT_BITS = 3
"""A shard of texts covers 8 numbers: 2 to 4 papers."""
MOST_PARTS = 256
"""Where there are more shards of records than this, neighbours share one hash."""
MOST_TEXTS = 20_000
"""Above this many papers, abstracts are not repeated for passages: the disk is dearer."""

_TEXTS_OF_RECORDS = 1 << (RECORD_BITS - TEXT_BITS)


def document_shards(corpus: Corpus, analysis: Analysis, numbers: Numbers) -> Family:
    """Records (`d`), which name their texts (`x`).

    Neighbours whose keys differ in the last `part` bits alone bear one hash, of all their bytes: a
    list of every hash would weigh more than the records of a page of results.
    """
    papers = {numbers.of[paper.id]: paper for paper in corpus.papers}
    topics = {found.paper: found.topic for found in analysis.papers}
    texts = _texts(papers) if len(papers) <= MOST_TEXTS else {}
    has_days = corpus.has_listings()
    records: dict[int, Output] = {}
    for key, group in groupby(sorted(papers), key=lambda number: number >> RECORD_BITS):
        rows = [record(n, papers[n], topics, has_days=has_days) for n in group]
        records[key] = shard("d", base36(key), rows, *_text_hashes(key, texts))
    count = (numbers.size >> RECORD_BITS) + 1 if papers else 0
    part = max((count - 1).bit_length() - (MOST_PARTS - 1).bit_length(), 0)
    hashes = [
        content_hash(b"".join(records[k].body for k in keys if k in records))
        for keys in (range(at, at + (1 << part)) for at in range(0, count, 1 << part))
    ]
    named = tuple(renamed(output, hashes[key >> part]) for key, output in records.items())
    listing = {"hashes": "".join(hashes), "part": part, "texts": bool(texts)}
    return Family("d", (*texts.values(), *named), listing)


def record(number: int, paper: Paper, topics: dict[str, str], *, has_days: bool = True) -> str:
    """Place in its shard, id, title, topic, year, first author, number of authors, venue, day of
    listing, code: with tabs between them, and without the empty ones at the end.

    Without `has_days`, the day that all papers share is left out.
    """
    fields = (
        str(number & ((1 << RECORD_BITS) - 1)),
        paper.id,
        paper.title_text,
        topics.get(paper.id, ""),
        str(paper.year or ""),
        paper.authors[0].name if paper.authors else "",
        str(len(paper.authors) or ""),
        paper.venue,
        paper.listed.isoformat() if paper.listed and has_days else "",
        "1" if has_code(paper) else "",
    )
    return "\t".join(field.replace("\t", " ") for field in fields).rstrip("\t")


def base36(value: int) -> str:
    """A number as browsers write it with `toString(36)`."""
    digits = ""
    while value or not digits:
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def _texts(papers: dict[int, Paper]) -> dict[int, Output]:
    shards = {}
    for key, group in groupby(sorted(papers), key=lambda number: number >> TEXT_BITS):
        shards[key] = shard("x", base36(key), [_passages(n, papers[n]) for n in group])
    return shards


def _passages(number: int, paper: Paper) -> list[object]:
    """Number, the place of the stating sentence (-1: none), the sentences."""
    sentences = list(paper.abstract.sentences) or paper.abstract.text.splitlines()
    stating = paper.abstract.stating_text
    place = sentences.index(stating) if stating and stating in sentences else -1
    return [number, place, sentences]


def _text_hashes(key: int, texts: dict[int, Output]) -> list[str]:
    """The hashes of a record shard's texts in one string; nothing where there are no texts."""
    if not texts:
        return []
    first = key * _TEXTS_OF_RECORDS
    names = (texts.get(first + i) for i in range(_TEXTS_OF_RECORDS))
    return ["".join(hash_in(name.path) if name else NO_SHARD for name in names)]
