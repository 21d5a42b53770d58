"""Files in; papers, decisions and located problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from conspectus import settings as survey_settings
from conspectus.content import decisions
from conspectus.content.checks import check_corpus
from conspectus.content.digests import LEDGER_SUFFIX, read_digest
from conspectus.content.extras import read_files
from conspectus.content.folder import read_text, stray, walk
from conspectus.content.pages import read_list, read_page
from conspectus.content.papers import ReadPaper, id_of, read_paper
from conspectus.content.readings import Reader
from conspectus.fields import moved, nearest, shown
from conspectus.model.digests import Digest
from conspectus.model.identifiers import LONGEST_ID, fault_of_id, slug_of
from conspectus.model.papers import Corpus, ExtraFile, FreePage, ReadingList
from conspectus.model.topics import Decisions
from conspectus.problems import Location, Problem, error, warning
from conspectus.settings import Settings
from conspectus.words import Words, words

__all__ = ["Content", "PapersOnDisk", "Reader", "read", "read_paper", "read_papers"]

Read = TypeVar("Read")

_PARTS = ("survey.yaml", "topics.yaml", "papers", "lists", "digests", "pages", "files")


@dataclass(frozen=True, slots=True)
class Content:
    """A survey folder, read. `problems` holds everything wrong with it, sorted."""

    settings: Settings = field(default_factory=Settings)
    corpus: Corpus = field(default_factory=Corpus)
    decisions: Decisions = field(default_factory=Decisions)
    pages: tuple[FreePage, ...] = ()
    lists: tuple[ReadingList, ...] = ()
    digests: tuple[Digest, ...] = ()
    """By their days, oldest first."""
    files: tuple[ExtraFile, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PapersOnDisk:
    """What lies below content/papers, drafts included."""

    papers: tuple[ReadPaper, ...] = ()
    """In the order of their ids."""
    ids: frozenset[str] = frozenset()
    """Every name in use, of broken files too."""
    problems: tuple[Problem, ...] = ()
    """Places are below the content folder; none of drafts."""


def read(folder: Path, reader: Reader | None = None) -> Content:
    """Everything in a content folder, and everything wrong with it; `reader` reads the papers.

    An empty folder is an empty survey; places are as the user would type them from here.
    """
    if not folder.is_dir():
        return Content(problems=(_missing(folder),))
    settings, settings_problems = survey_settings.read(folder)
    interface = words(settings.language)
    on_disk = read_papers(folder, interface, reader)
    corpus, corpus_problems = check_corpus(
        found.paper for found in on_disk.papers if found.paper and not found.is_draft
    )
    pages, page_problems = _pages(folder, interface)
    known = {alias: paper.id for paper in corpus.papers for alias in (*paper.aliases, paper.id)}
    lists, list_problems = _lists(folder, known)
    digests, digest_problems = _digests(folder, known)
    files, file_problems = read_files(folder, {page.slug for page in pages})
    decided, decision_problems = decisions.read(folder)
    own = (
        *on_disk.problems,
        *corpus_problems,
        *page_problems,
        *list_problems,
        *digest_problems,
        *file_problems,
        *_misnamed(folder),
    )
    problems = (
        *settings_problems,
        *decision_problems,
        *(moved(problem, folder.as_posix()) for problem in own),
    )
    return Content(
        settings=settings,
        corpus=corpus,
        decisions=decided,
        pages=pages,
        lists=lists,
        digests=digests,
        files=files,
        problems=tuple(sorted(dict.fromkeys(problems))),
    )


def read_papers(
    folder: Path, interface: Words | None = None, reader: Reader | None = None
) -> PapersOnDisk:
    """The papers below a content folder, each with its own problems."""
    found = walk(folder, "papers")
    read_ones: list[tuple[str, ReadPaper]] = []
    problems = list(found.problems)
    problems.extend(stray(file, ".md") for file in found.files if not file.path.endswith(".md"))
    files = [file for file in found.files if file.path.endswith(".md")]
    for file, paper in zip(files, (reader or Reader()).read(files, interface), strict=True):
        read_ones.append((id_of(file.path), paper))
        if not paper.is_draft:
            problems.extend(paper.problems)
            problems.extend(_id_problems(file.path, paper))
    ordered = sorted(read_ones, key=lambda pair: pair[0])
    return PapersOnDisk(
        papers=tuple(paper for _, paper in ordered),
        ids=frozenset(paper_id for paper_id, _ in ordered),
        problems=tuple(problems),
    )


def _id_problems(path: str, found: ReadPaper) -> Iterator[Problem]:
    paper_id = id_of(path)
    fault = fault_of_id(paper_id)
    if not fault:
        return
    *folders, name = paper_id.split("/")
    prefix = f"{slug_of(folders[0], otherwise='year', longest=20)}/" if folders else ""
    proposal = prefix + slug_of(name, longest=LONGEST_ID - len(prefix))
    yield error(
        Location(path),
        f'"{shown(paper_id)}" {fault}',
        f"rename the file, for instance to papers/{proposal}.md",
    )


def _pages(folder: Path, interface: Words) -> tuple[tuple[FreePage, ...], list[Problem]]:
    pages, problems = _read_all(
        folder, "pages", ".md", lambda text, path: read_page(text, path, interface)
    )
    return tuple(sorted(pages, key=lambda page: page.slug)), problems


def _lists(
    folder: Path, papers: Mapping[str, str]
) -> tuple[tuple[ReadingList, ...], list[Problem]]:
    lists, problems = _read_all(
        folder, "lists", ".yaml", lambda text, path: read_list(text, path, papers)
    )
    return tuple(sorted(lists, key=lambda each: each.slug)), problems


def _digests(folder: Path, papers: Mapping[str, str]) -> tuple[tuple[Digest, ...], list[Problem]]:
    digests, problems = _read_all(
        folder,
        "digests",
        ".yaml",
        lambda text, path: read_digest(text, path, papers),
        beside=(LEDGER_SUFFIX,),
    )
    return tuple(sorted(digests, key=lambda each: each.date)), problems


def _read_all(
    folder: Path,
    below: str,
    ending: str,
    read_one: Callable[[str, str], tuple[Read | None, tuple[Problem, ...]]],
    *,
    beside: tuple[str, ...] = (),
) -> tuple[list[Read], list[Problem]]:
    """What stands in each file of a folder; endings in `beside` are somebody else's to read."""
    found = walk(folder, below)
    problems = list(found.problems)
    gathered: list[Read] = []
    for file in found.files:
        if file.path.endswith(beside):
            continue
        if not file.path.endswith(ending):
            problems.append(stray(file, ending))
            continue
        text, text_problems = read_text(file)
        problems.extend(text_problems)
        if text is None:
            continue
        one, own_problems = read_one(text, file.path)
        problems.extend(own_problems)
        if one is not None:
            gathered.append(one)
    return gathered, problems


def _missing(folder: Path) -> Problem:
    path = folder.as_posix()
    if folder.exists():
        return error(Location(path), "this is no folder", "name a content folder with --content")
    parent = folder.parent.as_posix()
    return error(
        Location(path),
        "there is no such folder",
        f"begin a survey with: conspectus init {parent if folder.name == 'content' else path}",
    )


def _misnamed(folder: Path) -> Iterator[Problem]:
    """Names at the top of the folder that are nearly those of its parts."""
    for name in sorted(entry.name for entry in folder.iterdir()):
        stem = name.removesuffix(".yml")
        meant = (
            f"{stem}.yaml" if f"{stem}.yaml" in _PARTS and stem != name else nearest(name, _PARTS)
        )
        if meant and name not in _PARTS and name not in ("topics.lock", "permalinks.txt"):
            yield warning(Location(name), "this is not read", f'did you mean "{meant}"?')
