"""A survey in; the file out by which programs learn to cite the survey itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conspectus.citations import survey_citation
from conspectus.model.papers import Paper
from conspectus.model.site import Output
from conspectus.settings import Settings
from conspectus.siteplan.about import CITATION_FILE


def outputs(papers: Sequence[Paper], settings: Settings) -> Iterator[Output]:
    """CITATION.cff; nothing for a survey that is empty or names no curator."""
    citation = survey_citation(papers, settings)
    if papers and citation.cff:
        yield Output(CITATION_FILE, citation.cff.encode())
