"""Papers and topics in; bibliographies, data for other programs and crawlers' files out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from conspectus.citations import Citations, bibtex, csl_json, is_citable, ris
from conspectus.exports import bibliographies, cards, datasets, entered, survey
from conspectus.exports.crawlers import discovery
from conspectus.model.papers import Corpus
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings

__all__ = ["bibtex", "csl_json", "discovery", "is_citable", "outputs", "ris"]


def outputs(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations | None = None
) -> Iterator[Output]:
    """exports/, data/ and the cards that scripts read, one file at a time.

    An empty survey has no bibliographies, but data that say so.
    """
    written = citations or Citations()
    return chain(
        bibliographies.outputs(corpus, analysis, settings, written),
        datasets.outputs(corpus, analysis, settings),
        cards.outputs(corpus, analysis, settings, written),
        entered.outputs(corpus),
        survey.outputs(corpus.papers, settings),
    )
