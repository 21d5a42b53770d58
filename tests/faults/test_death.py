"""SIGKILL at instants spread over a publication: the old site or the new one, whole.

Python tells an audit hook of every call that touches the disk; the process kills itself at the
n-th. So the instants are exact and repeat, which a timer's would not.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from conspectus.publishing import recover
from tests.faults.sites import finish, put, standing, start
from tests.support.depth import depth
from tests.support.figures import note

INSTANTS = depth(10, 100)

PUBLISH_AND_DIE = """
import os, signal
folder, instant, swaps = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "one"
from conspectus.publishing import exchange
if not swaps:
    exchange.exchange_in_one = lambda *_: False
put(folder, "old")
count = 0
def watch(event, arguments):
    global count
    if event.startswith("os.") or event in ("open", "ctypes.dlsym", "fcntl.flock"):
        count += 1
        if count == instant:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
put(folder, "new")
print(count)
"""


@pytest.fixture(scope="module", params=["one", "two"])
def renames(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def calls(renames: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a publication makes that nobody kills."""
    folder = tmp_path_factory.mktemp("undisturbed") / "_site"
    return int(finish(start(PUBLISH_AND_DIE, folder, 0, renames)))


@pytest.mark.parametrize("attempt", range(INSTANTS))
def test_a_publication_killed_at_any_instant_leaves_a_whole_site(
    tmp_path: Path, renames: str, calls: int, attempt: int
) -> None:
    folder = tmp_path / "_site"
    instant = random.Random(attempt).randint(1, calls)
    process = start(PUBLISH_AND_DIE, folder, instant, renames)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    recover(folder)
    assert standing(folder) in {"old", "new"}
    note("publications killed", tried=1)


@pytest.mark.parametrize("attempt", range(INSTANTS))
def test_the_next_publication_after_a_kill_just_works(
    tmp_path: Path, renames: str, calls: int, attempt: int
) -> None:
    folder = tmp_path / "_site"
    instant = random.Random(-attempt - 1).randint(1, calls)
    start(PUBLISH_AND_DIE, folder, instant, renames).communicate(timeout=60)
    put(folder, "next")
    assert standing(folder) == "next"
    note("publications killed", tried=1)
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_readers_never_miss_a_page_while_sites_are_exchanged(tmp_path: Path) -> None:
    """Where one rename does it; between two there is an instant without a site."""
    folder = tmp_path / "_site"
    put(folder, "first")
    script = "for n in range(40): put(Path(sys.argv[1]), f'version {n}')"
    process = start(script, folder)
    reads = 0
    while process.poll() is None:
        assert (folder / "index.html").read_bytes()
        reads += 1
    finish(process)
    assert reads
    assert standing(folder) == "version 39"


def test_an_interrupt_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "_site"
    put(folder, "old")
    script = """
import os, signal, itertools
from conspectus.model.site import Output
from conspectus.publishing import publish
def endless():
    for number in itertools.count():
        if number == 50:
            os.kill(os.getpid(), signal.SIGINT)
        yield Output(f"{number}", b"")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
try:
    publish(endless(), [], Path(sys.argv[1]), program="1")
except KeyboardInterrupt:
    print("interrupted")
"""
    assert finish(start(script, folder)) == "interrupted\n"
    assert (standing(folder), os.listdir(tmp_path)) == ("old", ["_site"])  # noqa: PTH208
