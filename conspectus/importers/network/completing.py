"""Papers that lack authors, a date or an identifier in; their files with what services know out.

A service's record is taken for the paper where title and abstract are alike enough; then empty
fields are filled, and each names the service. What is less alike is only listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conspectus.content import PapersOnDisk, read_papers
from conspectus.content.papers import ReadPaper
from conspectus.fields import decode, nearest
from conspectus.importers import drafting, files, similarity, updating
from conspectus.importers.entries import Entry
from conspectus.importers.frontmatter import Field
from conspectus.importers.network import lookups
from conspectus.importers.network.client import Client
from conspectus.importers.network.faults import NetworkError
from conspectus.importers.network.lookups import SERVICES
from conspectus.model.papers import Author, Paper
from conspectus.problems import Location, Problem, ProblemsError, error, warning

LEAST_TITLE, LEAST_ABSTRACT = 0.95, 0.5
"""From these similarities on a record is the paper's."""
_LEAST_SHOWN = 0.6
"""Of a title, for its record to be a candidate."""
_LEAST_OF_KNOWN = 0.8
"""Of a title whose identifier the curator wrote."""
_MOST_FAILURES = 3
"""Failures of a service in a row, after which it is left alone."""
_MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the paper's."""

    service: str
    entry: Entry
    title: str
    title_score: float
    abstract_score: float
    against: str
    """Why it is not taken; empty where it is."""

    @property
    def scores(self) -> str:
        """Both similarities, as a curator reads them."""
        return f"title {self.title_score:.2f}, abstract {self.abstract_score:.2f}"

    @property
    def identifier(self) -> str:
        """The line of front matter that would make it the paper's."""
        entry = self.entry
        if entry.doi:
            return f"doi: {entry.doi}"
        return f"arxiv: {entry.arxiv}" if entry.arxiv else ""

    @property
    def described(self) -> str:
        """Who wrote it, when."""
        authors = self.entry.authors
        names = authors[0].family + (" et al." if len(authors) > 1 else "") if authors else ""
        return ", ".join(filter(None, (names, str(self.entry.published or ""))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper."""

    path: str
    """Below the content folder."""
    before: str
    after: str
    filled: tuple[str, ...] = ()
    """The fields that were filled, in the file's order."""
    taken: tuple[Candidate, ...] = ()
    """The records from which they come."""
    candidates: tuple[Candidate, ...] = ()
    """Records that were not taken, the likeliest first."""
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Completion:
    """The account of a run."""

    papers: int = 0
    """Papers that lacked something."""
    completed: int = 0
    candidates: int = 0
    """Papers of which only candidates were found."""
    unknown: int = 0
    """Papers of which nothing was found."""
    left: int = 0
    """Papers that no service could be asked for."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The line with which a run ends."""
        noun = "paper" if self.papers == 1 else "papers"
        left = f", {self.left} not looked up" if self.left else ""
        return (
            f"{self.papers} {noun}: {self.completed} completed, "
            f"{self.candidates} with candidates only, {self.unknown} not found{left}"
        )


def complete(
    folder: Path,
    wanted: Sequence[str],
    client: Client,
    tell: Callable[[Outcome], None],
    *,
    dry_run: bool = False,
) -> Completion:
    """Fill the empty fields of the papers, telling of each; a file is written before the next.

    `wanted` holds papers' ids or files; none means all that lack authors, a date, or both DOI and
    arXiv identifier. Raises ProblemsError where one of them is no paper.
    """
    on_disk = read_papers(folder)
    chosen = _chosen(on_disk, wanted, folder)
    done = Completion(papers=len(chosen))
    services = _Services(client)
    for paper in chosen:
        path = folder / paper.path
        before, _ = decode(path.read_bytes(), paper.path)
        outcome = _completed(paper, before or "", services)
        if services.are_down and not outcome.taken and not outcome.candidates:
            break
        if outcome.filled and not dry_run:
            files.replace(path, outcome.after)
        done.completed += bool(outcome.filled)
        done.candidates += not outcome.filled and bool(outcome.candidates)
        done.unknown += not outcome.filled and not outcome.candidates
        done.problems.extend(outcome.problems)
        tell(outcome)
    done.left = done.papers - done.completed - done.candidates - done.unknown
    done.problems.extend(fault.problem(name) for name, fault in sorted(services.down.items()))
    return done


def lacks(paper: Paper) -> tuple[str, ...]:
    """What a paper cannot be cited without and does not have."""
    has = {
        "authors": bool(paper.authors),
        "published": paper.published is not None,
        "doi or arxiv": bool(paper.doi or paper.arxiv),
    }
    return tuple(name for name, is_there in has.items() if not is_there)


def _chosen(on_disk: PapersOnDisk, wanted: Sequence[str], folder: Path) -> list[Paper]:
    readable = {found.paper.id: found for found in on_disk.papers if found.paper}
    if not wanted:
        return [paper for found in readable.values() if (paper := _lacking(found))]
    names = {alias: each for each in readable for alias in _aliases(readable[each])}
    names |= {each: each for each in readable}
    asked = [_id(name, folder) for name in wanted]
    unknown = [each for each in asked if each not in names]
    if unknown:
        raise ProblemsError(_unknown(each, names, on_disk, folder) for each in unknown)
    chosen = dict.fromkeys(names[each] for each in asked)
    return [paper for each in chosen if (paper := readable[each].paper)]


def _lacking(found: ReadPaper) -> Paper | None:
    return found.paper if found.paper and not found.is_draft and lacks(found.paper) else None


def _aliases(found: ReadPaper) -> tuple[str, ...]:
    return found.paper.aliases if found.paper else ()


def _id(name: str, folder: Path) -> str:
    """A paper's id, as it is or as the path of its file."""
    path = name.replace("\\", "/").removeprefix("./")
    for prefix in (f"{folder.as_posix()}/papers/", "papers/"):
        path = path.removeprefix(prefix)
    return path.removesuffix(".md")


def _unknown(name: str, names: Iterable[str], on_disk: PapersOnDisk, folder: Path) -> Problem:
    place = Location(f"{folder.as_posix()}/papers/{name}.md")
    if name in on_disk.ids:
        return error(place, "the file has errors", "mend them first: conspectus check says which")
    meant = nearest(name, names)
    remedy = f'did you mean "{meant}"?' if meant else "name a paper by its id or its file"
    return error(place, "there is no such paper", remedy)


@dataclass(slots=True)
class _Services:
    """The services, and which of them are out of order."""

    client: Client
    down: dict[str, NetworkError] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def are_down(self) -> bool:
        """Whether none is left to ask."""
        return len(self.down) == len(SERVICES)

    def records(
        self, service: str, title: str, doi: str, arxiv: str
    ) -> tuple[tuple[Entry, ...], NetworkError | None]:
        """What a service has of a paper, by identifier where one is known; or why nothing."""
        try:
            found = (
                lookups.by_identifier(service, doi, arxiv, self.client)
                if doi or arxiv
                else lookups.by_title(service, title, self.client)
            )
        except NetworkError as fault:
            failures = self.failures[service] = self.failures.get(service, 0) + 1
            if fault.is_final or failures == _MOST_FAILURES:
                self.down[service] = fault
                return (), None
            return (), fault
        self.failures[service] = 0
        return found, None


@dataclass(slots=True)
class _Findings:
    """What is known of one paper while services are asked one after another."""

    paper: Paper
    fields: dict[str, Field] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    doi: str = ""
    arxiv: str = ""
    taken: list[Candidate] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_warned: bool = False
    """Whether the curator's identifier is known to be another paper's."""

    @property
    def is_enough(self) -> bool:
        """Whether nothing is lacking any more."""
        paper = self.paper
        return (
            bool(paper.authors or self.fields.get("authors"))
            and bool(paper.published or self.fields.get("published"))
            and bool(self.doi or self.arxiv)
        )

    def take(self, candidate: Candidate) -> None:
        """Keep what the record has and no better service had."""
        self.taken.append(candidate)
        for name, value in _fields(candidate.entry).items():
            if value and name not in self.fields:
                self.fields[name] = value
                self.sources[name] = candidate.service
        self.doi = self.doi or candidate.entry.doi
        self.arxiv = self.arxiv or candidate.entry.arxiv


def _completed(paper: Paper, before: str, services: _Services) -> Outcome:
    known = _Findings(paper, doi=paper.doi, arxiv=paper.arxiv)
    for service in SERVICES:
        if service in services.down or (known.taken and known.is_enough):
            continue
        found, fault = services.records(service, paper.title_text, known.doi, known.arxiv)
        if fault:
            place = f"{service}: {fault.message}"
            known.problems.append(warning(Location(paper.path), place, fault.remedy))
        _judge(service, found, known)
    wanted = dict(known.fields)
    if known.doi or known.arxiv:
        wanted.pop("url", None)
    if known.arxiv:
        wanted.pop("pdf", None)
    after, filled = updating.filled(before, paper.path, wanted, known.sources)
    return Outcome(
        paper.path,
        before,
        after,
        filled,
        tuple(known.taken),
        _likeliest(known.candidates),
        tuple(known.problems),
    )


def _judge(service: str, found: Iterable[Entry], known: _Findings) -> None:
    """Take the record that is the paper's; keep the others as candidates."""
    is_by_identifier = bool(known.doi or known.arxiv)
    judged = [
        _candidate(service, entry, known.paper, is_by_identifier=is_by_identifier)
        for entry in found
    ]
    accepted = [each for each in judged if not each.against]
    if _disagree(accepted):
        said = "one of several records, of different authors"
        judged = [replace(each, against=each.against or said) for each in judged]
        accepted = []
    accepted.sort(key=lambda each: (-each.title_score, -each.abstract_score))
    if accepted:
        known.take(accepted[0])
    elif is_by_identifier and judged and not known.taken and not known.is_warned:
        known.problems.append(_of_another(known.paper, judged[0]))
        known.is_warned = True
    known.candidates.extend(
        each for each in judged if each.against and each.title_score >= _LEAST_SHOWN
    )


def _candidate(service: str, entry: Entry, paper: Paper, *, is_by_identifier: bool) -> Candidate:
    title = drafting.draft(Entry(entry.title), service).title_text
    scores = (
        similarity.of_titles(paper.title_text, title),
        similarity.of_abstracts(paper.abstract.text, entry.abstract.text),
    )
    against = _against(paper, entry, title, scores, is_by_identifier=is_by_identifier)
    return Candidate(service, entry, title, *scores, against)


def _against(
    paper: Paper, entry: Entry, title: str, scores: tuple[float, float], *, is_by_identifier: bool
) -> str:
    """Why a record is not the paper's; empty where it is."""
    title_score, abstract_score = scores
    if is_by_identifier and (title_score >= _LEAST_OF_KNOWN or abstract_score >= LEAST_ABSTRACT):
        return ""
    if title_score < LEAST_TITLE:
        return "its title is another"
    if similarity.have_other_numbers(paper.title_text, title):
        return "its title counts differently"
    if paper.authors and entry.authors and not _families(paper.authors) & _families(entry.authors):
        return "its authors are others"
    if abstract_score >= LEAST_ABSTRACT:
        return ""
    if not entry.abstract.text.strip() or not paper.abstract.text:
        return "there is no abstract to compare"
    return "its abstract is another"


def _families(authors: Iterable[Author]) -> set[str]:
    return {" ".join(similarity.words(author.family)) for author in authors}


def _disagree(accepted: Sequence[Candidate]) -> bool:
    """Whether records that all look like the paper's name different people."""
    named = [_families(each.entry.authors) for each in accepted if each.entry.authors]
    return any(not one & named[0] for one in named[1:])


def _of_another(paper: Paper, candidate: Candidate) -> Problem:
    return warning(
        Location(paper.path),
        f'by its identifier this is "{candidate.title}" ({candidate.service}, {candidate.scores})',
        "correct doi or arxiv",
    )


def _fields(entry: Entry) -> dict[str, Field]:
    """What is filled, as a paper's file has it."""
    bare = tuple(replace(author, affiliation="") for author in entry.authors)
    is_preprint = entry.venue.lower().startswith("arxiv")
    named = replace(entry, authors=bare, venue="" if is_preprint else entry.venue)
    found = drafting.fields(drafting.draft(named, ""))
    return {
        name: found[name]
        for name in ("authors", "published", "venue", "doi", "arxiv", "url", "pdf")
    }


def _likeliest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The best of them, each record once, whichever service has it."""
    best: dict[tuple[str, str], Candidate] = {}
    ordered = sorted(candidates, key=lambda each: (-each.title_score, -each.abstract_score))
    for each in ordered:
        best.setdefault((" ".join(similarity.words(each.title)), each.identifier), each)
    return tuple(best.values())[:_MOST_CANDIDATES]


def described(outcome: Outcome) -> Iterator[str]:
    """What a curator reads of one paper, beside the diff."""
    for each in outcome.taken:
        yield f"{outcome.path}: {each.service}: {each.scores}"
    if outcome.filled:
        yield f"{outcome.path}: filled {', '.join(outcome.filled)}"
        return
    for each in outcome.candidates:
        who = f" ({each.described})" if each.described else ""
        yield f"{outcome.path}: candidate: {each.service}: {each.scores}: {each.against}"
        yield f"    {each.title}{who}"
        if each.identifier:
            yield f"    if it is this one, write {each.identifier} and run complete again"
    if not outcome.candidates:
        yield f"{outcome.path}: nothing found"
