"""Which papers a digest takes, and by which day it is named."""

from __future__ import annotations

import datetime

import pytest

from conspectus.digest.choosing import Choice, Survey, TakenError, choose
from conspectus.model.digests import Digest
from conspectus.model.papers import Paper
from tests.support.makers import paper


def day(number: int) -> datetime.date:
    return datetime.date(2025, 3, number)


def entered(**days: int) -> list[Paper]:
    return [paper(name, listed=day(number)) for name, number in days.items()]


def due(
    papers: list[Paper],
    *digests: Digest,
    since: int | None = None,
    today: int = 30,
    begun: tuple[int, ...] = (),
    unfinished: tuple[int, ...] = (),
) -> Choice | None:
    survey = Survey(
        papers=papers,
        digests=digests,
        today=day(today),
        is_begun=lambda each: each.date.day in (*begun, *unfinished),
        is_unfinished=lambda each: each.date.day in unfinished,
    )
    return choose(survey, day(since) if since else None)


def test_a_first_digest_takes_the_newest_day() -> None:
    found = due(entered(a=3, b=5, c=5))
    assert found == Choice(Digest(day(5), ("b", "c")), is_new=True)


def test_the_next_one_takes_what_no_digest_has_named() -> None:
    found = due(entered(old=1, a=3, b=5, c=3), Digest(day(3), ("a",)))
    assert found == Choice(Digest(day(5), ("b", "c"), day(3)), is_new=True)


def test_a_day_to_look_back_to_takes_everything_since() -> None:
    found = due(entered(old=1, a=3, b=5), Digest(day(3), ("a",)), since=3)
    assert found == Choice(Digest(day(5), ("b", "a"), day(3)), is_new=True)


def test_the_day_that_a_curator_added_counts_before_the_listing() -> None:
    moved = paper("a", listed=day(1), added=day(9))
    assert due([moved]) == Choice(Digest(day(9), ("a",)), is_new=True)


def test_papers_stand_newest_first_then_as_they_were_listed() -> None:
    papers = [
        paper("a", listed=day(5), position=2),
        paper("b", listed=day(5), position=1),
        paper("c", listed=day(6)),
    ]
    found = due(papers, since=1)
    assert found is not None
    assert found.digest.papers == ("c", "b", "a")


def test_without_anything_new_it_is_the_newest_digest_again() -> None:
    last = Digest(day(3), ("a",))
    assert due(entered(a=3), last) == Choice(last)


def test_nothing_since_a_day_is_nothing() -> None:
    assert due(entered(a=3), since=4) is None
    assert due([paper("undated")]) is None


def test_an_unfinished_digest_comes_before_a_new_one() -> None:
    last = Digest(day(3), ("a",))
    assert due(entered(a=3, b=5), last, unfinished=(3,)) == Choice(last, waiting=1)


def test_papers_of_the_same_day_join_a_digest_that_is_not_out() -> None:
    found = due(entered(a=3, b=3), Digest(day(3), ("a",), day(1)))
    assert found == Choice(Digest(day(3), ("a", "b"), day(1)), is_new=True)


def test_papers_of_the_same_day_are_named_by_today_where_the_digest_is_out() -> None:
    found = due(entered(a=3, b=3), Digest(day(3), ("a",)), begun=(3,))
    assert found == Choice(Digest(day(30), ("b",), day(3)), is_new=True)


def test_a_digest_that_today_has_named_hides_no_later_papers() -> None:
    digests = (Digest(day(3), ("a",)), Digest(day(20), ("b",), day(3)))
    found = due(entered(a=3, b=3, c=4), *digests, begun=(3, 20))
    assert found == Choice(Digest(day(30), ("c",), day(3)), is_new=True)


def test_two_digests_of_one_day_are_refused() -> None:
    with pytest.raises(TakenError):
        due(entered(a=3, b=3), Digest(day(3), ("a",)), begun=(3,), today=3)


def test_a_digest_that_is_out_keeps_its_papers_whatever_is_asked() -> None:
    out = Digest(day(3), ("a",))
    assert due(entered(a=3, b=3), out, since=1, begun=(3,)) == Choice(out, waiting=1)


def test_asking_the_same_again_changes_nothing() -> None:
    papers = entered(a=3, b=5)
    first = due(papers, since=3)
    assert first is not None
    assert due(papers, first.digest, since=3) == Choice(first.digest)
