"""Builds that die: each in a fork of a process that has imported everything and built nothing.

    python -m tests.faults.killing FOLDER cold|repeated KILLS SEED

FOLDER is a survey folder. A build dies at its n-th call that touches the disk, n drawn at random;
what stands then must be the site of the build before it, the new one, or (cold) none, whole by its
manifest; and the next build must bring the new one. Prints what stood, counted, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

from conspectus import pipeline, publishing, store
from conspectus.analysis import clusters  # noqa: F401 - imported before the forks
from conspectus.model.topics import Lock
from conspectus.publishing.manifest import Manifest, digest, parse
from conspectus.publishing.place import MARK

TOUCHES = ("open", "ctypes.dlsym", "fcntl.flock")


def main(folder: Path, way: str, kills: int, seed: int) -> None:
    os.chdir(folder)
    before = _next(0, way)
    last = int(_forked(instant=0)[1])
    chance = random.Random(seed)
    stood: Counter[str] = Counter()
    for number in range(1, kills + 1):
        before = _next(number, way)
        status, _ = _forked(chance.randint(1, last))
        assert status in (0, signal.SIGKILL), f"a build ended with {status}"
        publishing.recover(Path("_site"))
        found = standing()
        _check_state()
        assert _forked(instant=0)[0] == 0, "the next build fails"
        after = standing()
        assert after is not None
        assert after != before or way == "cold", "the next build is not the new one"
        stood[_named(found, before, after)] += 1
        left = sorted(path.name for path in Path().iterdir())
        assert left == ["_site", "content"], f"left behind: {left}"
    print(json.dumps({"tried": kills, "old": 0, "new": 0, "none": 0, **stood}))


def standing(site: Path = Path("_site")) -> Manifest | None:
    """What the site holds by its manifest, every file compared; None where there is none."""
    if not site.exists():
        return None
    found = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
    manifest = parse(found.pop(MARK))
    assert manifest is not None, "the site is not whole"
    assert manifest.entries.keys() == found.keys(), "files are missing, or too many"
    for path, entry in manifest.entries.items():
        assert (len(found[path]), digest(found[path])) == (entry.size, entry.digest), path
    return manifest


def _named(found: Manifest | None, before: Manifest | None, after: Manifest) -> str:
    if found is None:
        assert before is None, "the site is gone"
        return "none"
    assert found in (before, after), "neither the old site nor the new one"
    return "new" if found == after else "old"


def _check_state() -> None:
    """The lock is whole, old or new; a build that dies never leaves a half of it."""
    saved = store.read(Path("content"))
    assert saved.problems == (), saved.problems
    assert saved.lock is None or isinstance(saved.lock, Lock)


def _next(number: int, way: str) -> Manifest | None:
    """Prepare a build that has something to do; what stands before it."""
    first = min(Path("content", "papers").rglob("*.md"))
    text = first.read_text(encoding="utf-8").partition("\n## Notes\n")[0]
    first.write_text(f"{text}\n## Notes\nThe reading of round {number}.\n", encoding="utf-8")
    if way == "cold":
        shutil.rmtree("_site", ignore_errors=True)
        for name in ("topics.lock", "permalinks.txt"):
            Path("content", name).unlink(missing_ok=True)
    return standing()


def _forked(instant: int) -> tuple[int, str]:
    """Build in a fork, which dies at its `instant`-th call if that is not 0; what it counted."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _build_and_die(instant, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        count = said.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else os.WTERMSIG(status), count


def _build_and_die(instant: int, writing: int) -> None:
    count = 0

    def watch(event: str, _: object) -> None:
        nonlocal count
        if event.startswith("os.") or event in TOUCHES:
            count += 1
            if count == instant:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        pipeline.build(pipeline.BuildOptions())
        os.write(writing, str(count).encode())
        os._exit(0)
    except BaseException as fault:
        print(f"{type(fault).__name__}: {fault}", file=sys.stderr)
        os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
