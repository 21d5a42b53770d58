"""What every format asks of a paper: its kind of work, its address, what is not known."""

from __future__ import annotations

import json
import re
from typing import Literal

from conspectus.model.papers import Paper
from conspectus.words import words

Missing = Literal["", "authors", "year", "both"]

_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|bulletin|annals|archives|quarterly|nature|science"
    r"|cell|plos|jmlr|tmlr|tacl|pnas|neurocomputing|reviews?|zeitschrift|revue|revista)\b",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def missing(paper: Paper) -> Missing:
    """Which of authors and year of publication are not known; empty where both are."""
    if paper.authors:
        return "" if paper.year else "year"
    return "authors" if paper.year else "both"


def is_citable(paper: Paper) -> bool:
    """Whether a full reference can be given honestly."""
    return not missing(paper)


def passed_through(paper: Paper) -> dict[str, object]:
    """The CSL-JSON variables that the curator gave."""
    if paper.csl == "{}":
        return {}
    variables = json.loads(paper.csl)
    return variables if isinstance(variables, dict) else {}


def csl_type(paper: Paper) -> str:
    """The kind of work: as the curator says, else by the venue, else what the address tells."""
    given = passed_through(paper).get("type")
    if isinstance(given, str) and given:
        return given
    if not is_citable(paper):
        return "document"
    if paper.venue:
        return "article-journal" if _JOURNAL.search(paper.venue) else "paper-conference"
    return "article" if paper.arxiv else "document"


def address(paper: Paper, page: str) -> str:
    """Where the paper is to be found: its own address, else its page in the survey."""
    if paper.url:
        return paper.url
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    if paper.arxiv:
        return f"https://arxiv.org/abs/{paper.arxiv}"
    return page


def note(paper: Paper) -> str:
    """The day of the listing, in words, where a full reference cannot be given."""
    if is_citable(paper) or paper.listed is None:
        return ""
    english = words("en")
    return english("listed", date=english.date(paper.listed))


def key(paper: Paper) -> str:
    """The citation key: as fixed at import, else the paper's id."""
    return paper.citekey or paper.id


def text_of(variable: object) -> str:
    """A CSL variable as one line of text; empty for what is no text or number."""
    return one_line(str(variable)) if isinstance(variable, str | int | float) else ""


def one_line(text: str) -> str:
    """Without line breaks and characters that no file format holds."""
    if text.isprintable() and "  " not in text:  # as nearly all are
        return text.strip()
    return _SPACES.sub(" ", _UNWRITABLE.sub("", text)).strip()
