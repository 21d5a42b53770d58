"""A paper in; how to cite it out: BibTeX, RIS, CSL-JSON, a reference, tags of search engines.

Only what is known is said. Where the authors or the year are unknown, an entry stays minimal and
notes the day of the listing; that day is never given as a date of publication. `url` is the paper's
page in the survey: it is cited where the paper itself has no address of its own.
"""

from __future__ import annotations

from conspectus.citations.bibtex import bibtex
from conspectus.citations.csl import csl_json, csl_variables
from conspectus.citations.facts import is_citable, missing
from conspectus.citations.highwire import highwire
from conspectus.citations.references import References
from conspectus.citations.ris import ris
from conspectus.citations.survey import SurveyCitation, survey_citation
from conspectus.citations.written import Citation, Citations, cite

__all__ = [
    "Citation",
    "Citations",
    "References",
    "SurveyCitation",
    "bibtex",
    "cite",
    "csl_json",
    "csl_variables",
    "highwire",
    "is_citable",
    "missing",
    "ris",
    "survey_citation",
]
