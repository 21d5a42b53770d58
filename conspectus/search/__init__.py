"""Papers and their analysis in; the files of the browser's search index out."""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.model.papers import Corpus
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.search.dictionary import dictionary_shards
from conspectus.search.documents import document_shards
from conspectus.search.entry import entry_output
from conspectus.search.facets import facet_shards
from conspectus.search.index import inverted
from conspectus.search.numbers import numbered
from conspectus.search.postings import posting_shards
from conspectus.settings import Settings
from conspectus.workers.collector import without_collector


def outputs(corpus: Corpus, analysis: Analysis, settings: Settings) -> Iterator[Output]:
    """Every file below `search/`, entry file last; docs/search.md describes the format."""
    with without_collector():
        numbers = numbered(paper.id for paper in corpus.papers)
        index = inverted(corpus, analysis, numbers, settings.language)
        families = (
            posting_shards(index),
            dictionary_shards(index),
            document_shards(corpus, analysis, numbers),
            facet_shards(corpus, analysis, numbers),
        )
    for family in families:
        yield from family.outputs
    yield entry_output(analysis, index, families)
