"""A source's name, such as `arxiv:2502.12152`, in; what stands there, as entries, out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from conspectus.content.papers import arxiv_of, doi_of
from conspectus.fields import shown
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import arxiv, csl, huggingface
from conspectus.importers.network import faults, records
from conspectus.importers.network.client import Client, text_of
from conspectus.importers.network.faults import NetworkError
from conspectus.problems import Location, Problem, warning

MOST_IDENTIFIERS = 500
"""Identifiers that one source may name."""
MOST_FOUND = 1_000
"""Papers that a query brings at most, the newest first."""
MOST_OF_A_LIBRARY = 10_000
_PAGE = 100

_NAME = re.compile(r"(arxiv-query|arxiv|doi|hf|zotero):(.*)", re.IGNORECASE | re.DOTALL)
_TOTAL = re.compile(r"<(?:opensearch:)?totalResults[^>]{0,200}>\s{0,20}([0-9]{1,12})\s{0,20}<")
_VERSION = re.compile(r"v[0-9]+$")
_NEXT_DOI = re.compile(r"\s*,\s*(?=(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.)", re.IGNORECASE)
_COLLECTION = r"(?:/collections/(?P<collection>[A-Z0-9]{8}))?"
_LIBRARIES = (
    re.compile(r"(?P<library>[0-9]{1,12})/(?P<collection>[A-Z0-9]{8})"),
    re.compile(rf"(?:(?P<kind>groups|users)/)?(?P<library>[0-9]{{1,12}}){_COLLECTION}"),
    re.compile(
        rf"https?://www\.zotero\.org/(?P<kind>groups)/(?P<library>[0-9]{{1,12}})"
        rf"(?:/(?!collections/)[^/]+)?{_COLLECTION}(?:/.*)?"
    ),
)
"""A group with a collection; a library's path; a group's address."""
CSL_TYPE = "application/vnd.citationstyles.csl+json"


def fetch(name: str, client: Client) -> Reading | None:
    """What a source holds; None where the name is that of a file.

    What goes wrong is among the reading's problems, at the source's name.
    """
    match = _NAME.match(name)
    if match is None:
        return None
    gathered = _Gathered(name)
    try:
        _READERS[match[1].lower()](match[2].strip().strip('"').strip(), client, gathered)
    except NetworkError as fault:
        gathered.problems.append(fault.problem(name))
        gathered.reported += gathered.awaited
    return gathered.reading()


@dataclass(slots=True)
class _Gathered:
    name: str
    entries: list[Entry] = field(default_factory=list)
    reported: int = 0
    problems: list[Problem] = field(default_factory=list)
    awaited: int = 0
    """Identifiers of which nothing is known yet."""

    def take(self, found: Reading) -> None:
        """What an answer holds; its lines mean nothing to who never saw it."""
        self.entries.extend(found.entries)
        self.reported += found.reported
        place = Location(self.name)
        self.problems.extend(replace(problem, location=place) for problem in found.problems)

    def report(self, message: str, remedy: str) -> None:
        """One thing that was asked for and is no entry."""
        self.reported += 1
        self.problems.append(warning(Location(self.name), f"not imported: {message}", remedy))

    def remark(self, message: str, remedy: str) -> None:
        self.problems.append(warning(Location(self.name), message, remedy))

    def reading(self) -> Reading:
        return Reading(tuple(self.entries), self.reported, tuple(self.problems))


# arXiv


def _arxiv(written: str, client: Client, gathered: _Gathered) -> None:
    wanted = _identifiers(
        re.split(r"[\s,]+", written), arxiv_of, "arXiv identifier", "2502.12152", gathered
    )
    for chunk in _chunks(wanted, _PAGE):
        query = {"id_list": ",".join(chunk), "max_results": str(len(chunk))}
        answer = text_of(client.fetch(_arxiv_url(client, query)))
        found = _apart(arxiv.read(answer, gathered.name))
        gathered.take(found)
        gathered.awaited -= len(chunk)
        known = {_bare(entry.arxiv) for entry in found.entries}
        missing = [each for each in chunk if _bare(each) not in known]
        # An error of arXiv's own stands for one of the identifiers already.
        for each in missing[found.reported :]:
            gathered.report(f"arXiv has no {each}", "compare it with the paper's page at arXiv")


def _arxiv_query(written: str, client: Client, gathered: _Gathered) -> None:
    if not written:
        raise NetworkError("a query is missing", 'write arxiv-query:"cat:cs.LG AND ti:moss"')
    total = MOST_FOUND
    for start in range(0, MOST_FOUND, _PAGE):
        query = {
            "search_query": written,
            "start": str(start),
            "max_results": str(_PAGE),
            "sortBy": "submittedDate",
            "sortOrder": "descending",
        }
        answer = text_of(client.fetch(_arxiv_url(client, query)))
        match = _TOTAL.search(answer)
        total = int(match[1]) if match else 0
        found = _apart(arxiv.read(answer, gathered.name))
        gathered.take(found)
        if not found.entries or start + _PAGE >= total:
            break
    _remark_on_total(len(gathered.entries) + gathered.reported, total, gathered)


def _remark_on_total(taken: int, total: int, gathered: _Gathered) -> None:
    """Say where a query brought nothing, less than arXiv counts, or less than there is."""
    if not taken and not total:
        gathered.remark(
            "nothing is found", "its fields are ti:, au:, abs: and cat:, joined by AND, OR, ANDNOT"
        )
    elif taken < min(total, MOST_FOUND):
        gathered.remark(
            f"arXiv counts {total} papers and gave {taken}",
            "run the import again: what is here already is matched",
        )
    elif total > MOST_FOUND:
        gathered.remark(
            f"{total} papers are found, and the newest {MOST_FOUND} taken", "narrow the query"
        )


def _arxiv_url(client: Client, query: dict[str, str]) -> str:
    return f"{client.bases.arxiv}/api/query?{urlencode(query)}"


def _apart(found: Reading) -> Reading:
    """Without the lines of a text that nobody keeps."""
    return replace(found, entries=tuple(replace(each, begins=0) for each in found.entries))


def _bare(identifier: str) -> str:
    return _VERSION.sub("", identifier).lower()


# DOI


def _doi(written: str, client: Client, gathered: _Gathered) -> None:
    for doi in _identifiers(_NEXT_DOI.split(written), doi_of, "DOI", "10.1000/x", gathered):
        try:
            found = by_doi(doi, client, gathered.name)
        except NetworkError as fault:
            if fault.is_final:
                raise
            gathered.awaited -= 1
            gathered.report(f"{doi}: {fault.message}", fault.remedy)
        else:
            gathered.awaited -= 1
            gathered.take(found)


def by_doi(doi: str, client: Client, place: str) -> Reading:
    """The record of a DOI, which its registrar gives in CSL-JSON; raises NetworkError."""
    url = f"{client.bases.doi}/{quote(doi, safe='/()')}"
    answer = text_of(client.fetch(url, {"Accept": CSL_TYPE}))
    if not isinstance(records.parsed(answer), dict):
        raise faults.unreadable("the DOI's registrar", "what is no record")
    found = csl.read(f"[{answer}]", place)
    named = (replace(each, doi=each.doi or doi, citekey="") for each in found.entries)
    return _apart(replace(found, entries=tuple(named)))


# Hugging Face


def _hugging_face(written: str, client: Client, gathered: _Gathered) -> None:
    try:
        day = datetime.date.fromisoformat(written)
    except ValueError:
        raise NetworkError(
            f'"{shown(written)}" is not a day', "write it as hf:2025-03-17"
        ) from None
    url = f"{client.bases.hugging_face}/api/daily_papers?{urlencode({'date': str(day)})}"
    found = _apart(huggingface.read(text_of(client.fetch(url)), gathered.name))
    # The page of a day lists papers that were sent in on other days as well.
    entries = (
        replace(entry, listed=day, position=place)
        for place, entry in enumerate(found.entries, start=1)
    )
    gathered.take(replace(found, entries=tuple(entries)))
    if not found.entries and not found.reported:
        gathered.remark(f"no papers were listed on {day}", "ask for a working day")


# Zotero


def _zotero(written: str, client: Client, gathered: _Gathered) -> None:
    match = next(filter(None, (form.fullmatch(written) for form in _LIBRARIES)), None)
    if match is None:
        raise NetworkError(
            f'"{shown(written)}" is no library',
            "write zotero:12345 for a group, zotero:12345/ABCD2345 for one of its collections",
        )
    named = match.groupdict()
    inner = f"/collections/{named['collection']}" if named["collection"] else ""
    base = f"{client.bases.zotero}/{named.get('kind') or 'groups'}/{named['library']}{inner}"
    headers = {"Zotero-API-Version": "3"}
    if client.keys.zotero:
        headers["Zotero-API-Key"] = client.keys.zotero
    total = 0
    for start in range(0, MOST_OF_A_LIBRARY, _PAGE):
        query = {"format": "json", "include": "csljson,data", "sort": "dateAdded"}
        query |= {"direction": "asc", "limit": str(_PAGE), "start": str(start)}
        answer = client.fetch(f"{base}/items/top?{urlencode(query)}", headers)
        items = records.parsed(text_of(answer))
        if not isinstance(items, list):
            raise faults.unreadable("Zotero", "what is no list of items")
        counted = answer.headers.get("total-results", "")
        total = int(counted[:9]) if counted.isdigit() else 0
        gathered.take(_apart(csl.read(records.csl_text(items), gathered.name)))
        if not items or start + _PAGE >= total:
            break
    if total > MOST_OF_A_LIBRARY:
        gathered.remark(
            f"the library has {total} items, and the first {MOST_OF_A_LIBRARY} were taken",
            "import it collection by collection",
        )


# What they have in common


def _identifiers(
    written: Iterable[str],
    reader: Callable[[str], str],
    kind: str,
    example: str,
    gathered: _Gathered,
) -> list[str]:
    """Each identifier once, in order; what is none is reported."""
    found: dict[str, None] = {}
    for each in filter(None, written):
        identifier = reader(each)
        if identifier:
            found.setdefault(identifier)
        else:
            gathered.report(f'"{shown(each)}" is no {kind}', f"write it as {example}")
    if not found and not gathered.reported:
        raise NetworkError(f"no {kind} is named", f"write it as {example}")
    for each in list(found)[MOST_IDENTIFIERS:]:
        gathered.report(f"{each} is one too many", f"name at most {MOST_IDENTIFIERS} at once")
    gathered.awaited = min(len(found), MOST_IDENTIFIERS)
    return list(found)[:MOST_IDENTIFIERS]


def _chunks(found: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (found[start : start + size] for start in range(0, len(found), size))


_READERS: dict[str, Callable[[str, Client, _Gathered], None]] = {
    "arxiv": _arxiv,
    "arxiv-query": _arxiv_query,
    "doi": _doi,
    "hf": _hugging_face,
    "zotero": _zotero,
}
