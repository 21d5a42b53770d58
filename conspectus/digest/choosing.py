"""Papers and earlier digests in; the digest that is due out.

It is named by the day on which its newest paper entered, and not by the clock, so that the same
survey gives the same digest whenever it is made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from conspectus.model.digests import Digest
from conspectus.model.papers import Paper


@dataclass(frozen=True, slots=True)
class Choice:
    """The digest at hand."""

    digest: Digest
    is_new: bool = False
    """Whether its file has to be written: it is new, or says more than before."""
    waiting: int = 0
    """Papers that are new too, and wait for the next digest."""


class TakenError(Exception):
    """The digest of this day is out; its new papers have to wait for another day."""

    def __init__(self, day: datetime.date) -> None:
        super().__init__(str(day))
        self.day = day


@dataclass(frozen=True, slots=True)
class Survey:
    """What a choice depends on."""

    papers: Sequence[Paper]
    digests: Sequence[Digest]
    """Oldest first."""
    today: datetime.date
    """Names a digest only where the day of its newest paper has one that is out."""
    is_begun: Callable[[Digest], bool]
    """Whether letters of it are out: it keeps its papers from then on."""
    is_unfinished: Callable[[Digest], bool]
    """Whether letters of it are out, and some readers have not been tried: a run was cut short."""


def choose(survey: Survey, since: datetime.date | None) -> Choice | None:
    """The digest of which `conspectus digest` speaks; None where no paper entered.

    With `since`, the papers that entered on that day or later. Without: the newest digest while
    it is unfinished; else papers of its last day and later that no digest has named; else the
    newest digest again. A survey's first digest takes the newest day on which papers entered.
    Raises TakenError where that day's digest is out and today can name no other.
    """
    last = survey.digests[-1] if survey.digests else None
    if since is not None:
        return _since(survey, since)
    if last is None:
        newest = _newest(survey.papers)
        return Choice(_made(newest, None), is_new=True) if newest else None
    told = _told(survey, last)
    fresh = _fresh(survey, told)
    if not fresh or survey.is_unfinished(last):
        return Choice(last, waiting=len(fresh))
    return _next(survey, _made(fresh, told), last)


def _since(survey: Survey, since: datetime.date) -> Choice | None:
    chosen = [paper for paper in survey.papers if paper.entered and paper.entered >= since]
    if not chosen:
        return None
    made = _made(chosen, since)
    there = next((each for each in survey.digests if each.date == made.date), None)
    if there is None:
        return Choice(made, is_new=True)
    if survey.is_begun(there):
        return Choice(there, waiting=len(set(made.papers) - set(there.papers)))
    merged = replace(there, papers=made.papers, since=since)
    return Choice(merged, is_new=merged != there)


def _next(survey: Survey, made: Digest, last: Digest) -> Choice:
    """The digest of fresh papers: added to that of their day, or named by today."""
    if made.date > last.date:
        return Choice(made, is_new=True)
    if not survey.is_begun(last):
        return Choice(replace(last, papers=(*last.papers, *made.papers)), is_new=True)
    if survey.today <= last.date:
        raise TakenError(last.date)
    return Choice(replace(made, date=survey.today), is_new=True)


def _made(papers: Sequence[Paper], since: datetime.date | None) -> Digest:
    ordered = sorted(papers, key=_newest_first)
    day = ordered[0].entered
    assert day
    return Digest(day, tuple(paper.id for paper in ordered), since)


def _newest_first(paper: Paper) -> tuple[int, int, str]:
    """By day, then by the place in the listing, then by id."""
    assert paper.entered
    return -paper.entered.toordinal(), paper.position or 0, paper.id


def _told(survey: Survey, last: Digest) -> datetime.date:
    """The day up to which a digest has told: that of its newest paper, whatever names it."""
    of_it = set(last.papers)
    days = (paper.entered for paper in survey.papers if paper.entered and paper.id in of_it)
    return max(days, default=last.date)


def _fresh(survey: Survey, told: datetime.date) -> list[Paper]:
    named = {paper for digest in survey.digests for paper in digest.papers}
    return [p for p in survey.papers if p.entered and p.entered >= told and p.id not in named]


def _newest(papers: Sequence[Paper]) -> list[Paper]:
    day = max((paper.entered for paper in papers if paper.entered), default=None)
    return [paper for paper in papers if day and paper.entered == day]
