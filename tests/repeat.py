"""Files of tests in; how often each ran clean out, so that a test that fails now and then is found.

    python -m tests.repeat RUNS [FILE …]

Without files: all tests of the browser and of faults. Every file runs in a process of its own, one
after another, in rounds. What a run printed that was not clean is kept below `.conspectus/repeat/`.
Ctrl-C ends it with the counts so far.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

FOLDERS = (Path("tests/browser"), Path("tests/faults"))
KEPT = Path(".conspectus") / "repeat"
OUTCOMES = {0: "clean", 5: "without tests"}
"""By what pytest ends with; those of a browser that is not installed are none. Others failed."""


def main(runs: int, names: Sequence[str]) -> int:
    """0 where every run was clean."""
    files = names or [str(path) for each in FOLDERS for path in sorted(each.glob("test_*.py"))]
    counts: Counter[tuple[str, str]] = Counter()
    with suppress(KeyboardInterrupt):
        for number in range(1, runs + 1):
            for file in files:
                counts[file, _outcome(file, number)] += 1
    for file in files:
        print(f"{file}: {counts[file, 'clean']} clean, {counts[file, 'failed']} failed")
    return int(any(outcome == "failed" for _, outcome in counts))


def _outcome(file: str, number: int) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, file],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    outcome = OUTCOMES.get(run.returncode, "failed")
    if outcome == "failed":
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{Path(file).stem}-{number}.txt").write_text(run.stdout, encoding="utf-8")
    print(f"{number} {file}: {run.stdout.strip().rpartition(chr(10))[2]}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
