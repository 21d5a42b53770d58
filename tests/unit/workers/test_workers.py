"""Workers: the same results from one process or several, and one clear error where one dies."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from conspectus.problems import Location, ProblemsError, error
from conspectus.workers import Alone, Crew, Task, chunks, in_order
from conspectus.workers.forked import Forked, can_fork

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")


def squares(numbers: tuple[int, ...]) -> Iterator[int]:
    yield from (number * number for number in numbers)


def tasks(count: int) -> list[Task[int]]:
    return [partial(squares, chunk) for chunk in chunks(range(count), 7)]


def test_this_system_can_fork() -> None:
    assert can_fork()  # else what follows would prove nothing


@pytest.mark.parametrize("jobs", [2, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_several_processes_make_what_one_makes(jobs: int, count: int) -> None:
    assert sorted(Forked(jobs).run(tasks(count))) == list(Alone().run(tasks(count)))


def test_no_copy_works_on_for_ever_so_that_what_it_has_touched_is_let_go() -> None:
    def name_of_worker() -> Iterator[int]:
        yield os.getpid()

    names = list(Forked(2).run([name_of_worker] * 100))
    assert len(names) == 100
    assert len(set(names)) >= 3
    assert max(Counter(names).values()) <= 40


def test_a_task_gives_its_results_in_their_order() -> None:
    found = list(Forked(2).run([partial(iter, range(1000)), partial(iter, range(1000, 1005))]))
    assert [each for each in found if each < 1000] == list(range(1000))


def test_the_work_is_done_by_several_processes() -> None:
    def name_of_worker() -> Iterator[int]:
        yield os.getpid()

    assert os.getpid() not in set(Forked(2).run([name_of_worker, name_of_worker]))


def test_what_a_task_raises_is_raised_where_the_work_was_asked_for() -> None:
    problem = error(Location("papers/moss.md"), "is broken", "mend it")

    def failing() -> Iterator[int]:
        raise ProblemsError([problem])

    with pytest.raises(ProblemsError) as raised:
        list(Forked(2).run([*tasks(20), failing]))
    assert raised.value.problems == (problem,)


def test_a_killed_worker_is_one_problem_with_a_remedy() -> None:
    def dying() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ProblemsError, match="ended by signal 9"):
        list(Forked(2).run([dying, *tasks(20)]))


def test_who_stops_asking_leaves_no_process_behind() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield os.getpid()

    results = Forked(2).run([endless, endless])
    worker = next(results)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


@pytest.mark.parametrize("crew", [Alone(), Forked(3)])
def test_answers_come_in_the_order_of_the_questions_whoever_is_ready_first(crew: Crew) -> None:
    def answer(number: int) -> int:
        time.sleep(0.05 if number == 0 else 0)
        return number * number

    assert in_order(crew, [partial(answer, number) for number in range(9)]) == [
        number * number for number in range(9)
    ]


@pytest.mark.parametrize("crew", [Alone(), Forked(2)])
def test_what_is_begun_ahead_gives_what_its_tasks_give(crew: Crew) -> None:
    first, second = tasks(10)
    with crew.ahead([first, second]) as ahead:
        assert list(ahead.results(first)) == list(first())
        assert list(ahead.results(second)) == list(second())


def test_what_is_begun_ahead_is_made_by_another_process_that_goes_on_alone() -> None:
    def name_of_worker() -> Iterator[int]:
        yield os.getpid()

    with Forked(2).ahead([name_of_worker]) as ahead:
        (worker,) = ahead.results(name_of_worker)
    assert worker != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_what_a_task_ahead_raises_is_raised_where_its_results_are_asked_for() -> None:
    problem = error(Location("papers/moss.md"), "is broken", "mend it")

    def failing() -> Iterator[int]:
        yield 1
        raise ProblemsError([problem])

    with Forked(2).ahead([failing]) as ahead, pytest.raises(ProblemsError) as raised:
        list(ahead.results(failing))
    assert raised.value.problems == (problem,)


def test_a_worker_that_is_killed_ahead_is_one_problem_with_a_remedy() -> None:
    def dying() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    with (
        Forked(2).ahead([dying]) as ahead,
        pytest.raises(ProblemsError, match="ended by signal 9"),
    ):
        list(ahead.results(dying))


def test_who_needs_nothing_of_what_is_made_ahead_does_not_wait_for_it() -> None:
    def endless() -> Iterator[int]:
        while True:
            time.sleep(1)
        yield 1

    with Forked(2).ahead([endless]):
        pass


def test_chunks_hold_everything_in_order() -> None:
    assert list(chunks(range(5), 2)) == [(0, 1), (2, 3), (4,)]
