"""Fuzzing by coverage, with atheris: each reader in turn, in a process of its own.

    python -m tests.fuzz.run SECONDS [READER …]

A reader fails where it raises, or where a text of at most 4 KB keeps it for twenty seconds by the
wall: the heaps measure what a processor spends. The text that did it lies in
`.conspectus/fuzz/found` afterwards. Ends with a line for each reader: texts tried, tracebacks,
hangs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.readers import ALL, FRAGMENTS, samples

WORK = Path(".conspectus") / "fuzz"
LONGEST = 4096


def main(arguments: Sequence[str]) -> int:
    seconds = int(arguments[0]) if arguments else 60
    _prepare()
    failed = [name for name in arguments[1:] or ALL if not _run(name, seconds)]
    print(
        f"{len(arguments[1:] or ALL)} readers, {len(failed)} failed: {', '.join(failed) or 'none'}"
    )
    return bool(failed)


def _prepare() -> None:
    seeds = WORK / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(samples()):
        (seeds / f"{number}").write_bytes(text.encode()[:LONGEST])
    words = "\n".join(f'"{_in_hex(fragment)}"' for fragment in FRAGMENTS)
    (WORK / "words").write_text(f"{words}\n")


def _in_hex(fragment: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in fragment.encode("utf-8", "surrogatepass"))


def _run(name: str, seconds: int) -> bool:
    """Whether the reader stood it."""
    found = WORK / "found" / re.sub(r"\W", "-", name)
    found.mkdir(parents=True, exist_ok=True)
    options = (
        f"-max_total_time={seconds}", "-timeout=20", f"-max_len={LONGEST}", "-verbosity=0",
        "-print_final_stats=1", f"-dict={WORK / 'words'}", f"-artifact_prefix={found}/",
        str(found), str(WORK / "seeds"),
    )  # fmt: skip
    command = [sys.executable, "-m", "tests.fuzz.target", name, *options]
    ended = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    tried = re.search(r"stat::number_of_executed_units:\s*(\d+)", ended.stderr)
    hangs, raised = ended.stderr.count("ERROR: libFuzzer: timeout"), "Traceback" in ended.stderr
    print(
        f"{name}: {tried[1] if tried else 0} texts, {int(raised)} tracebacks, {hangs} hangs",
        flush=True,
    )
    if ended.returncode:
        print(ended.stderr[-1500:], file=sys.stderr)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
