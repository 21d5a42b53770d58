"""Papers and topics in; bibliographies, data for other programs and crawlers' files out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from conspectus.citations import Citations, bibtex, csl_json, is_citable, ris
from conspectus.exports import bibliographies, cards, datasets, entered, survey
from conspectus.exports.bibliographies import cited
from conspectus.exports.crawlers import discovery
from conspectus.model.papers import Corpus
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings

__all__ = [
    "bibtex",
    "cited",
    "csl_json",
    "discovery",
    "is_citable",
    "of_papers",
    "of_topics",
    "outputs",
    "ris",
]


def outputs(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations | None = None
) -> Iterator[Output]:
    """exports/, data/ and the cards that scripts read, one file at a time.

    An empty survey has no bibliographies, but data that say so.
    """
    written = citations or Citations()
    return chain(
        of_papers(corpus, settings, written), of_topics(corpus, analysis, settings, written)
    )


def of_papers(corpus: Corpus, settings: Settings, citations: Citations) -> Iterator[Output]:
    """Those of the files in which topics have no part."""
    return chain(
        bibliographies.of_all(corpus, settings, citations),
        entered.outputs(corpus),
        survey.outputs(corpus.papers, settings),
    )


def of_topics(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations
) -> Iterator[Output]:
    """The others."""
    return chain(
        bibliographies.of_topics(corpus, analysis, settings, citations),
        datasets.outputs(corpus, analysis, settings),
        cards.outputs(corpus, analysis, settings, citations),
    )
