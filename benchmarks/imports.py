"""Seconds of an import of many entries, as JSON Lines and BibTeX: into an empty survey, and again.

python benchmarks/imports.py [--count 10000] [--data ../shared/data] [--runs 1]

Real papers where --data has papers.jsonl.xz, else invented ones. CPU seconds are those of all
processes, start included; wall seconds mean something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

from side_by_side.measuring import cheapest, run
from side_by_side.papers import ROOT, is_real, json_lines

_SPECIAL = re.compile(r"[\\{}&%#_$~^]")
_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    kind = "real" if is_real(options.data) else "invented"
    print(f"{f'{options.count:,} {kind} entries':34}{'CPU s':>8}{'wall s':>8}{'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        lines = list(json_lines(options.count, options.data))
        for source in written(lines, Path(folder)):
            for repeat in ("", ", all there already"):
                measure(f"{source.suffix}{repeat}", source, options.runs, is_again=bool(repeat))


def written(lines: list[str], folder: Path) -> tuple[Path, Path]:
    """The same papers in both formats."""
    jsonl, bibtex = folder / "papers.jsonl", folder / "papers.bib"
    jsonl.write_text("".join(lines), encoding="utf-8")
    entries = (entry(number, json.loads(line)) for number, line in enumerate(lines))
    bibtex.write_text("".join(entries), encoding="utf-8")
    return jsonl, bibtex


def entry(number: int, paper: dict[str, object]) -> str:
    authors = paper["authors"]
    assert isinstance(authors, list)
    fields = {
        "title": paper["title"],
        "author": " and ".join(authors),
        "booktitle": paper["venue"],
        "year": paper["year"],
        "abstract": paper["abstract"],
    }
    told = "".join(f"  {name} = {{{tex(str(text))}}},\n" for name, text in fields.items())
    return f"@inproceedings{{paper{number},\n{told}}}\n\n"


def tex(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _WORDS.get(sign[0], f"\\{sign[0]}"), text)


def measure(name: str, source: Path, runs: int, *, is_again: bool) -> None:
    """Into a new survey each time; or once more into the first."""
    folders = [source.with_name(f"{source.stem}{source.suffix}-{number}") for number in range(runs)]
    for folder in folders:
        (folder / "content").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "conspectus", "import", str(source), "--content"]
    first = [folders[0]] * runs
    cost = cheapest(
        [run([*command, str(each / "content")], ROOT) for each in (first if is_again else folders)]
    )
    print(f"{name:34}{cost.cpu:8.1f}{cost.wall:8.1f}{cost.memory / 1e6:8.0f}")


if __name__ == "__main__":
    main()
