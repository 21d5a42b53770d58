"""How long an edit takes until a browser shows it, and what an afternoon of edits leaves behind.

python benchmarks/preview.py [CONTENT] [--runs N] [--edits N] [--seed N] [--rebuilds N]

The first is wall time from the save of an abstract until Chromium has the new page, with the CPU
time that the preview took for it: on a busy machine only this means something. The second edits,
breaks and mends the survey of the tests at random, and compares what the preview serves with a cold
build from the same content and lock after every few edits. The third is what one process holds in
memory while it builds the survey of the tests again and again, as a preview does.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from conspectus import rebuild  # noqa: E402
from conspectus.model.builds import BuildOptions  # noqa: E402
from tests.browser import chromium  # noqa: E402
from tests.support.building import FIXTURES, built  # noqa: E402
from tests.support.edits import Curator, assert_caught_up, survey_for  # noqa: E402
from tests.support.previewing import Preview, previewed  # noqa: E402

BETWEEN = 10
"""Edits from one comparison to the next."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", nargs="?", type=Path, default=ROOT / "content")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rebuilds", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.runs:
            measure_reloads(options.content, Path(folder) / "survey", options.runs)
        if options.edits:
            edit_at_random(Path(folder), options.edits, options.seed)
        if options.rebuilds:
            build_often(Path(folder) / "often", options.rebuilds)


def measure_reloads(content: Path, survey: Path, runs: int) -> None:
    shutil.copytree(content, survey / "content")
    built(survey)
    paper = sorted((survey / "content" / "papers").rglob("*.md"))[0]
    permalink = paper.relative_to(survey / "content").with_suffix(".html").as_posix()
    with previewed(survey) as preview, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.FLAGS)
        )
        page = browser.new_page()
        page.goto(f"{preview.url}{permalink}")
        edits = [edit_to_reload(preview, page, paper, number) for number in range(runs + 1)][1:]
        browser.close()
    papers = len(list((survey / "content" / "papers").rglob("*.md")))
    print(f"one abstract edited, {papers} papers{'median':>13}{'least':>8}{'most':>8}")
    print_row("wall, ms", [wall for wall, _ in edits])
    print_row("of the preview's CPU, ms", [cpu for _, cpu in edits])


def edit_to_reload(preview: Preview, page: Page, paper: Path, number: int) -> tuple[float, float]:
    """Milliseconds from a save to the new page: of the clock, and of the preview's CPU."""
    text, mark = paper.read_text(encoding="utf-8"), f"Edited {number} times."
    used, began = cpu_seconds(preview.process.pid), time.perf_counter()
    paper.write_text(f"{text.rstrip()}\n{mark}\n", encoding="utf-8")
    while not shows(page, mark):
        page.wait_for_timeout(5)
    wall = time.perf_counter() - began
    time.sleep(1)  # what goes on in the background belongs to this edit too
    return wall * 1000, (cpu_seconds(preview.process.pid) - used) * 1000


def shows(page: Page, mark: str) -> bool:
    """Whether the page as it stands holds the mark; one that is on its way holds nothing."""
    try:
        return mark in page.content()
    except Error:
        return False


def cpu_seconds(process: int) -> float:
    """What a process has used so far, its threads included (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def edit_at_random(folder: Path, edits: int, seed: int) -> None:
    survey = survey_for(folder / "edited", FIXTURES / "survey")
    built(survey)
    made: Counter[str] = Counter()
    with previewed(survey) as preview:
        curator = Curator(survey, seed)
        for number in range(1, edits + 1):
            made[curator.edit()] += 1
            if number % BETWEEN == 0 or number == edits:
                assert_caught_up(preview, curator, folder / "cold")
    print(f"\n{edits} edits (seed {seed}): the served site is that of a cold build")
    print(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(made.items())))


def build_often(survey: Path, times: int) -> None:
    """Print what this process holds after every fifth of so many rebuilds, each after an edit."""
    shutil.copytree(FIXTURES / "survey", survey / "content")
    papers = sorted((survey / "content/papers").rglob("*.md"))
    options = BuildOptions(survey / "content", survey / "_site", frozen=True)
    rebuild.build(options)
    print("\nrebuilds in one process, MB held: ", end="")
    for number in range(1, times + 1):
        paper = papers[number % len(papers)]
        text = paper.read_text("utf-8").partition("\nEdit ")[0]
        paper.write_text(f"{text.rstrip()}\nEdit {number}.\n", encoding="utf-8")
        rebuild.build(options)
        if number % max(times // 5, 1) == 0:
            gc.collect()
            print(f"{number}: {resident() / 1e6:.1f}", end="  ", flush=True)
    print()


def resident() -> int:
    """Bytes of memory that this process holds (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def print_row(name: str, values: list[float]) -> None:
    print(f"{name:34}{statistics.median(values):8.0f}{min(values):8.0f}{max(values):8.0f}")


if __name__ == "__main__":
    main()
