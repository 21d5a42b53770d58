"""Many links asked at once, and no host hurried."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from conspectus.importers.network.asking import ask
from conspectus.importers.network.exchanges import Line
from conspectus.importers.network.faults import NetworkError
from tests.unit.network.serving import TickingClock


class Probing:
    """A client that answers by itself, and knows who was asked together."""

    def __init__(self, answers: dict[str, int | NetworkError], together: int = 1) -> None:
        self.answers = answers
        self.clock = TickingClock()
        self.line = Line(clock=self.clock)
        self.asked: Counter[str] = Counter()
        self.meeting = threading.Barrier(together, timeout=20)

    def probe(self, url: str) -> int:
        self.asked[url] += 1
        self.meeting.wait()
        self.clock.now += 1
        answer = self.answers[url]
        if isinstance(answer, NetworkError):
            raise answer
        return answer


def asked(client: Probing, *links: str, seconds: float = 1_000.0) -> tuple[dict[str, object], int]:
    found = ask(links, client, lambda _: None, seconds)  # type: ignore[arg-type]
    return dict(found.by_link), found.unasked


def test_each_link_is_asked_once_and_answers_keep_the_links_order() -> None:
    client = Probing({"https://b.org/": 200, "https://a.org/": 404})
    found, _ = asked(client, "https://b.org/", "https://a.org/", "https://b.org/")

    assert list(found.items()) == [("https://b.org/", 200), ("https://a.org/", 404)]
    assert set(client.asked.values()) == {1}


def test_several_hosts_are_asked_at_a_time() -> None:
    links = [f"https://{name}.org/" for name in "abcd"]
    found, _ = asked(Probing(dict.fromkeys(links, 200), together=4), *links)

    assert len(found) == 4


def test_links_of_one_host_are_asked_one_after_another() -> None:
    links = [f"https://a.org/{number}" for number in range(3)]
    client = Probing(dict.fromkeys(links, 200), together=2)
    client.meeting = threading.Barrier(2, timeout=0.2)

    with pytest.raises(threading.BrokenBarrierError):  # nobody came to meet the first
        asked(client, *links)


def test_what_is_left_when_the_time_is_over_is_counted() -> None:
    links = [f"https://a.org/{number}" for number in range(5)]
    found, unasked = asked(Probing(dict.fromkeys(links, 200)), *links, seconds=2.5)

    assert (len(found), unasked) == (3, 2)


def test_a_machine_that_reaches_nobody_stops_asking() -> None:
    gone = NetworkError("cannot be reached", "look", is_final=True)
    links = [f"https://a.org/{number}" for number in range(20)]
    client = Probing(dict.fromkeys(links, gone))
    found = ask(links, client, lambda _: None)  # type: ignore[arg-type]

    assert found.offline == "cannot be reached"
    assert sum(client.asked.values()) == 5


def test_a_mistake_of_ours_ends_the_round_and_is_raised() -> None:
    with pytest.raises(KeyError):
        asked(Probing({}), "https://a.org/")
