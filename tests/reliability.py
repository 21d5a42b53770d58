"""The full counts of what must never happen, and the table of docs/reliability.md.

    python -m tests.reliability [ROW …]

Runs every row, or those named, one after another; then writes the table from the latest results of
all rows, which `.conspectus/reliability.json` keeps.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import depth, figures

PAGE = Path("docs") / "reliability.md"
KEPT = Path(".conspectus") / "reliability.json"
BEGIN, END = "<!-- the table begins -->\n", "<!-- the table ends -->\n"

Result = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    what: str
    tests: tuple[str, ...]
    """What pytest is asked for."""
    says: str
    """The figures in words; `passed` and `failed` count tests."""


ROWS = (
    Row(
        "kills",
        "Builds killed at random: the seed and 1,000 papers, cold and repeated",
        ("tests/faults/test_build_death.py",),
        "{tried} killed: {old} left the old site, {new} the new one, {none} (cold) nothing; "
        "lost or damaged: {lost}",
    ),
    Row(
        "publications",
        "Publications killed, exchanged in one rename and in two",
        ("tests/faults/test_death.py",),
        "{tried} killed; lost or damaged: {failed}",
    ),
    Row(
        "refusals",
        "Full, read-only, mounted, vanished and foreign folders; clocks; two at once; interrupts",
        ("tests/faults", "tests/unit/publishing", "--ignore=tests/faults/test_death.py",
         "--ignore=tests/faults/test_build_death.py"),
        "{passed} situations; lost or unclear: {failed}",
    ),
    Row(
        "payloads",
        "Hostile texts in every field, through pages, search, lists, feeds, exports, terminal",
        ("tests/hostile",),
        "{payloads} texts, {pages} pages opened in Chromium; "
        "ran, called out or became elements: {failed}",
    ),
    Row(
        "readers",
        "Made and damaged texts given to every reader, in Python and in the browser's scripts",
        ("tests/fuzz/test_readers.py", "tests/fuzz/test_scripts.py", "tests/fuzz/test_found.py"),
        "{texts} texts; tracebacks or hangs: {failed}",
    ),
    Row(
        "heaps",
        "A few signs repeated to 100 KB, for every reader",
        ("tests/fuzz/test_heaps.py",),
        "{heaps} texts; readers that took more than a second: {failed}",
    ),
    Row(
        "rebuilds",
        "Rebuilds elsewhere: hash seed, locale, zone, umask, folder, its order, jobs, Python",
        ("tests/golden/test_reproducible.py",),
        "{passed} comparisons; differing: {failed}",
    ),
    Row(
        "preview",
        "The preview: traversal, hosts, slow and huge requests, many connections, broken streams",
        ("tests/unit/serve", "tests/faults/test_preview_server.py"),
        "{passed} tests; read outside the site or fell: {failed}",
    ),
    Row(
        "network",
        "Answers of hosts that lie: certificates, redirects, sizes, times, compression bombs",
        ("tests/unit/network",),
        "{passed} tests; followed or swallowed: {failed}",
    ),
)  # fmt: skip


def main(names: Sequence[str]) -> int:
    """0 where every row that was run is without a failure."""
    results: dict[str, Result] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    chosen = [row for row in ROWS if not names or row.name in names]
    for row in chosen:
        print(f"== {row.name}: {row.what}", flush=True)
        results[row.name] = measured(row)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")
        print(_figures(row, results), flush=True)
    _write(results)
    return int(any(results[row.name]["failed"] for row in chosen))


def measured(row: Row) -> Result:
    """The row's tests at full depth: what they counted, and how many passed and failed."""
    counts = KEPT.with_name(f"figures-{row.name}.jsonl")
    counts.parent.mkdir(exist_ok=True)
    counts.unlink(missing_ok=True)
    environment = {**os.environ, depth.VARIABLE: "full", figures.VARIABLE: str(counts.resolve())}
    tests = [path for path in row.tests if path.startswith("-") or Path(path).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *tests]
    run = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    last = run.stdout.strip().rpartition("\n")[2]
    if run.returncode:
        print(run.stdout[-4000:], run.stderr[-1000:], file=sys.stderr)
    return {
        **{name: n for sums in figures.summed(counts).values() for name, n in sums.items()},
        "passed": _count(last, "passed"),
        "failed": _count(last, "failed") + _count(last, "error"),
    }


def _count(summary: str, word: str) -> int:
    match = re.search(rf"(\d+) {word}", summary)
    return int(match[1]) if match else 0


def _figures(row: Row, results: Mapping[str, Result]) -> str:
    if row.name not in results:
        return "not yet measured"
    result = {"lost": results[row.name]["failed"], **results[row.name]}
    words = {name: f"{count:,}" if count else "none" for name, count in result.items()}
    names = re.findall(r"\{(\w+)\}", row.says)
    return row.says.format_map({name: words.get(name, "none") for name in names})


def _write(results: Mapping[str, Result]) -> None:
    lines = ["| what was tried | figures | command |\n", "| --- | --- | --- |\n"]
    lines += [
        f"| {row.what} | {_figures(row, results)} | `python -m tests.reliability {row.name}` |\n"
        for row in ROWS
    ]
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text("".join([before, BEGIN, "\n", *lines, "\n", END, after]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
