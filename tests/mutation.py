"""How sharp the tests are: mutmut changes the program at one place, and some test must notice.

    python -m tests.mutation [ROOM …]

As many as `SAMPLE` of each room's mutants are drawn, the same ones for the same program, and given
to tests that pyproject.toml names under `tool.mutmut`: those that were seen to run the changed
function, and all of the room's own. Prints what change each survivor is, and for each room how
many were tried and killed. All of them, for who has a day: `mutmut run`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from mutmut.mutation.diff_apply import find_mutant, get_diff_for_mutant

ROOMS = ("analysis", "search", "content", "publishing", "store")
SAMPLE = 60
MADE = Path("mutants") / "conspectus"
"""Where mutmut keeps changed modules, each beside a file of its mutants and how they ended."""
SEEN = Path("mutants") / "mutmut-stats.json"
"""Where mutmut keeps which tests run which function."""
FEW = "conspectus.publishing.sizes.*"
"""Mutants that are soon done: mutmut's first run makes all of them, of which we then draw."""
SURVIVED, UNTESTED = 0, 33
"""What mutmut notes where no test failed, or none ran; other codes are those of a test that did."""


def main(names: Sequence[str]) -> int:
    """0 where mutmut could do its work, however many survived."""
    rooms = names or ROOMS
    shutil.rmtree(SEEN.parent, ignore_errors=True)
    _run(FEW)
    _give_each_room_its_own_tests()
    drawn = {room: sample(room) for room in rooms}
    _run(*(name for room in rooms for name in drawn[room]))
    for room in rooms:
        ended = _ended(room)
        alive = [name for name in drawn[room] if ended[name] in (SURVIVED, UNTESTED)]
        for name in alive:
            print(get_diff_for_mutant(name, path=find_mutant(name).path))
        tried, killed = len(drawn[room]), len(drawn[room]) - len(alive)
        print(f"{room}: {killed} of {tried} killed, {killed / tried:.0%}", flush=True)
    return 0


def sample(room: str) -> list[str]:
    """The names of the mutants that are tried."""
    names = sorted(_ended(room))
    return sorted(random.Random(room).sample(names, min(SAMPLE, len(names))))


def _ended(room: str) -> Mapping[str, int | None]:
    """How each mutant of a room ended; None for those that were not tried."""
    found: dict[str, int | None] = {}
    for path in sorted((MADE / room).rglob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def _give_each_room_its_own_tests() -> None:
    """Let a room's tests try all of its mutants.

    Where tests share a fixture or what is kept from call to call, mutmut sees the function run in
    the first of them only, and would not ask the one that looks at the result.
    """
    seen = json.loads(SEEN.read_text(encoding="utf-8"))
    for function, tests in seen["tests_by_mangled_function_name"].items():
        own = f"tests/unit/{function.split('.')[1]}/"
        tests += [test for test in seen["duration_by_test"] if test.startswith(own)]
    SEEN.write_text(json.dumps(seen), encoding="utf-8")


def _run(*names: str) -> None:
    """Let mutmut try these, where no other copy of the program is in its way."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
    run = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if run.returncode:
        raise SystemExit(run.stdout[-4000:] + run.stderr[-4000:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
