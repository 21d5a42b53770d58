"""All citations of a survey, each written once: pages, bibliographies and cards show the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from conspectus.citations.bibtex import bibtex, escaped
from conspectus.citations.csl import csl_variables, laid_out
from conspectus.citations.facts import one_line
from conspectus.citations.ris import END, ris
from conspectus.compact_json import compact
from conspectus.model.papers import Paper

_END_OF_RECORD = f"ER  - {END}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper in three formats."""

    bibtex: str
    ris: str
    csl: str
    """CSL-JSON in one line, without a line end."""

    @property
    def indented_csl(self) -> str:
        """The same CSL-JSON for reading and copying."""
        return laid_out(json.loads(self.csl))

    def with_abstract(self, paper: Paper) -> Citation:
        """The same entries with the paper's abstract as their last field."""
        abstract = paper.abstract.text
        if not abstract:
            return self
        line = one_line(abstract)
        return Citation(
            self.bibtex.removesuffix("}\n") + f"  abstract = {{{escaped(line)}}},\n}}\n",
            self.ris.removesuffix(_END_OF_RECORD) + f"AB  - {line}{END}{_END_OF_RECORD}",
            f'{self.csl.removesuffix("}")},"abstract":{compact(abstract)}}}',
        )


@dataclass(frozen=True, slots=True)
class Citations:
    """Writes a paper's citations when they are first asked for, and remembers them."""

    _known: dict[str, Citation] = field(default_factory=dict)

    def of(self, paper: Paper, url: str) -> Citation:
        """The paper's citation; `url` is its page in the survey, which follows from its id."""
        known = self._known.get(paper.id)
        if known is None:
            known = self._known[paper.id] = cite(paper, url)
        return known

    def learn(self, known: Mapping[str, Citation]) -> None:
        """Take citations that were written elsewhere, by paper."""
        self._known.update(known)


def cite(paper: Paper, url: str) -> Citation:
    """The paper in three formats, without its abstract."""
    return Citation(bibtex(paper, url), ris(paper, url), compact(csl_variables(paper, url)))
