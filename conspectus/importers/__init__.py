"""Sources of many formats in; new papers in a content folder, and an account of it, out."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from conspectus import settings as survey_settings
from conspectus.content import PapersOnDisk, read_papers
from conspectus.fields import decode, shown
from conspectus.importers import drafting, files, formats, names, survey, updating
from conspectus.importers.drafting import Draft, LoggedRepair
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats.encodings import Decoded
from conspectus.importers.formats.encodings import decode as decode_any
from conspectus.importers.matching import Known, Match
from conspectus.importers.scaffold import init, is_asked_for_by_name, new_paper
from conspectus.model import fingerprint
from conspectus.model.identifiers import slug_of
from conspectus.problems import Location, Problem, error, has_errors, warning

__all__ = [
    "FORMATS",
    "ImportReport",
    "LoggedMatch",
    "LoggedRepair",
    "Write",
    "import_files",
    "init",
    "is_asked_for_by_name",
    "new_paper",
]

FORMATS = formats.FORMATS
_YEAR_FOLDERS_ABOVE = 5_000
"""Papers in one folder, from which on new ones go into a folder for each year."""
_TOLD_EVERY = 50


@dataclass(frozen=True, slots=True)
class Write:
    """A file that is, or in a dry run would be, written."""

    path: str
    """Below the content folder."""
    text: str
    before: str = ""
    """What stood there; empty for a new file."""


@dataclass(frozen=True, slots=True)
class LoggedMatch:
    """An entry that is a paper which is there already, or stood further up in the sources."""

    source: str
    line: int
    title: str
    match: Match

    def __str__(self) -> str:
        """`library.bib:12: "On Moss" is papers/on-moss.md, by title and authors (97.3)`."""
        place = Location(self.source, self.line, 1 if self.line else 0)
        by, score = self.match.by, self.match.score
        shown_score = "" if by == "title" and score == 100 else f" ({score:g})"
        paper = f"papers/{self.match.paper}.md"
        return f'{place}: "{shown(self.title)}" is {paper}, by {by}{shown_score}'


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every entry: the four counts add up to `entries`."""

    added: int = 0
    updated: int = 0
    matched: int = 0
    reported: int = 0
    writes: tuple[Write, ...] = ()
    """In the order of the entries; survey.yaml last."""
    repairs: tuple[LoggedRepair, ...] = ()
    """Of the entries that were added or updated."""
    matches: tuple[LoggedMatch, ...] = ()
    """In the order of the entries; updated ones among them."""
    problems: tuple[Problem, ...] = ()

    @property
    def entries(self) -> int:
        """All entries of all sources."""
        return self.added + self.updated + self.matched + self.reported

    @property
    def summary(self) -> str:
        """The line with which an import ends."""
        return (
            f"{self.entries} entries: {self.added} added, {self.updated} updated, "
            f"{self.matched} matched, {self.reported} reported"
        )


def import_files(
    sources: Sequence[str | Path],
    content_folder: Path,
    *,
    listed: datetime.date | None = None,
    format: str | None = None,  # noqa: A002 (the option's name)
    dry_run: bool = False,
    update: bool = False,
    today: datetime.date,
    fetch: Callable[[str], Reading | None] | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Add the sources' papers to a content folder; `-` is standard input.

    A paper that is there already is matched and stays as it is; with `update` its empty fields
    are filled. Run twice, the second run changes nothing. `listed` is the day of a listing,
    `today` the day on which papers enter that no listing showed. `fetch` reads sources that are
    no files, such as `arxiv:2502.12152`, and returns None for all others. `tell` hears how many
    entries of how many are done.
    """
    on_disk = read_papers(content_folder) if content_folder.is_dir() else PapersOnDisk()
    state = _State(content_folder, Known.of(on_disk), today, update)
    readings = [
        (str(source), fetched)
        if fetch and (fetched := fetch(str(source))) is not None
        else _reading(source, listed, format, fetch)
        for source in sources
    ]
    total = sum(len(reading.entries) for _, reading in readings)
    state.has_year_folders = len(on_disk.ids) + total > _YEAR_FOLDERS_ABOVE
    for source, reading in readings:
        state.reported += reading.reported
        state.problems.extend(reading.problems)
        for entry in reading.entries:
            state.take(drafting.draft(entry, source), source)
            state.done += 1
            if tell and (state.done % _TOLD_EVERY == 0 or state.done == total):
                tell(state.done, total)
    if state.writes or state.matched:
        _fill_survey(state, [reading for _, reading in readings])
    if not dry_run:
        _write(content_folder, state)
    return state.report()


@dataclass(slots=True)
class _State:
    """What gathers while entries are taken in."""

    folder: Path
    known: Known
    today: datetime.date
    is_update: bool
    has_year_folders: bool = False
    done: int = 0
    """Entries taken in so far."""
    added: int = 0
    updated: int = 0
    matched: int = 0
    reported: int = 0
    writes: list[Write] = field(default_factory=list)
    pending: dict[str, int] = field(default_factory=dict)
    """Where in `writes` a paper's file is, by paper id."""
    repairs: list[LoggedRepair] = field(default_factory=list)
    matches: list[LoggedMatch] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, found: Draft, source: str) -> None:
        if not found.title:
            self.reported += 1
            place = Location(source, found.entry.line, 1)
            self.problems.append(
                warning(place, "not imported: the title holds nothing readable", "give it a title")
            )
            return
        match = self.known.match(found)
        if match is None:
            self._add(found, source)
            return
        self.matches.append(LoggedMatch(source, found.entry.line, found.title_text, match))
        if self.is_update and self._update(match.paper, found):
            self.updated += 1
            self.repairs.extend(found.repairs)
        else:
            self.matched += 1

    def report(self) -> ImportReport:
        return ImportReport(
            self.added,
            self.updated,
            self.matched,
            self.reported,
            tuple(self.writes),
            tuple(self.repairs),
            tuple(self.matches),
            tuple(sorted(dict.fromkeys(self.problems))),
        )

    def _add(self, found: Draft, source: str) -> None:
        entry = found.entry
        folder = str(self._year(entry)) if self.has_year_folders else ""
        paper_id = names.paper_id(found.title_words, self.known.ids, folder)
        citekey = self._citekey(found, source)
        self.known.remember(
            paper_id,
            found.title_text,
            entry.doi,
            entry.arxiv,
            citekey,
            authors=entry.authors,
            published=entry.published,
        )
        added = "" if entry.listed else str(self.today)
        text = drafting.written(found, citekey=citekey, added=added)
        self.pending[paper_id] = len(self.writes)
        self.writes.append(Write(f"papers/{paper_id}.md", text))
        self.repairs.extend(found.repairs)
        self.added += 1

    def _citekey(self, found: Draft, source: str) -> str:
        """The entry's own key where it can be kept; one that cannot is told with its successor."""
        entry = found.entry
        own = names.kept_citekey(entry.citekey)
        if own and own.lower() not in self.known.citekeys:
            return own
        made = names.citekey(found.title_words, entry.authors, entry.published, self.known.citekeys)
        if entry.citekey:
            reason = "another paper has it" if own else "BibTeX cannot read it"
            self.problems.append(
                warning(
                    Location(source, entry.line, 1 if entry.line else 0),
                    f'the key "{shown(entry.citekey)}" is not kept: {reason}',
                    f"the paper has the key {made} now; cite it by that",
                )
            )
        return made

    def _update(self, paper_id: str, found: Draft) -> bool:
        path = f"papers/{paper_id}.md"
        index = self.pending.get(paper_id)
        if index is not None:
            write = self.writes[index]
        else:
            text, _ = decode((self.folder / path).read_bytes(), path)
            write = Write(path, text or "", text or "")
        after = updating.updated(write.text, path, found)
        if after == write.text:
            return False
        if index is None:
            index = self.pending[paper_id] = len(self.writes)
            self.writes.append(write)
        self.writes[index] = Write(path, after, write.before)
        return True

    def _year(self, entry: Entry) -> int:
        if entry.published:
            return entry.published.year
        return (entry.listed or self.today).year


def _reading(
    source: str | Path,
    listed: datetime.date | None,
    wanted: str | None,
    fetch: Callable[[str], Reading | None] | None,
) -> tuple[str, Reading]:
    """A source's name as the user typed it, and what it holds."""
    name = str(source)
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(source).read_bytes()
    except OSError as fault:
        reason = fault.strerror or "it cannot be read"
        problem = error(Location(name), f"unreadable: {reason}", "name a file that can be read")
        return name, Reading(problems=(problem,))
    text, problems = _text(content, name)
    if text is None:
        return name, Reading(problems=problems)
    if not text.strip():
        problem = warning(Location(name), "the source is empty", "paste a listing into it")
        return name, Reading(problems=(*problems, problem))
    kind = wanted or formats.told(text)
    if kind == "listing":
        reading = formats.listing.read(text, name, listed)
    elif kind == "suggestion":
        reading = formats.suggestion.read(text, name, fetch)
    elif kind in formats.READERS:
        reading = formats.READERS[kind](text, name)
    else:
        problem = error(
            Location(name),
            "this is XML or HTML of a kind that is not read",
            "export it as BibTeX, RIS or CSL-JSON, or name its format with --format",
        )
        return name, Reading(problems=(problem,))
    if not (reading.entries or reading.reported or reading.problems):
        nothing = warning(
            Location(name), f"no entry is found; it was read as {kind}", "name another --format"
        )
        problems = (*problems, nothing)
    return name, replace(reading, problems=(*problems, *reading.problems))


def _text(content: bytes, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in whatever encoding it has; what had to be guessed is said."""
    found = decode_any(content)
    if found is None:
        remedy = "name a file of text; export a spreadsheet as CSV"
        return None, (error(Location(name), "this is no text", remedy),)
    return found.text, tuple(_encoding_problems(found, name))


def _encoding_problems(found: Decoded, name: str) -> Iterator[Problem]:
    if found.is_guessed:
        yield warning(
            Location(name),
            f"the file is not UTF-8; it is read as {found.encoding}",
            "look at a letter with an accent, and save the file as UTF-8 if it is wrong",
        )
    if found.lost:
        yield warning(
            Location(name),
            f"{found.lost} bytes of the file are no letters; U+FFFD stands in their places",
            "export the file again as UTF-8",
        )


def _fill_survey(state: _State, readings: Iterable[Reading]) -> None:
    """Give the survey what it cannot be without: an identity, a title, and its curator."""
    path = state.folder / survey_settings.FILE
    before = ""
    if path.exists():
        text, _ = decode(path.read_bytes(), survey_settings.FILE)
        if text is None:
            return
        before = text
    settings, problems = survey_settings.read_text(before)
    if has_errors(problems):
        return
    default = survey_settings.Settings().title
    if settings.title != default:
        survey_id = slug_of(settings.title, otherwise="survey")
    else:
        titles = sorted(key for key in state.known.by_title)
        survey_id = f"survey-{fingerprint(tuple(titles))[:8]}"
    curator = next((reading.curator for reading in readings if reading.curator), "")
    wanted = {"id": survey_id, "title": settings.title, "curator": curator}
    after = survey.filled(before, wanted)
    if after != before:
        state.writes.append(Write(survey_settings.FILE, after, before))


def _write(folder: Path, state: _State) -> None:
    for write in state.writes:
        if write.before:
            files.replace(folder / write.path, write.text)
        else:
            files.create(folder / write.path, write.text)
