"""How much of a site one edited or added paper rewrites, and which kinds of files.

    python benchmarks/diffs.py CONTENT [--edits 50] [--additions 20] [--seed 7]

CONTENT is copied and built, then changed and built again, one paper at a time: an edit puts a
sentence of another paper's at the end of an abstract, an addition mixes two papers. Prints percent
of the site's files and bytes, removed files counted too, and the bytes by kind.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conspectus import rebuild
from conspectus.model.builds import BuildOptions
from conspectus.publishing import manifest
from conspectus.publishing.place import place
from conspectus.workers import processors

Files = dict[str, manifest.Entry]


@dataclass
class Changes:
    """What the changes of one sort rewrote."""

    files: list[float] = field(default_factory=list)
    """Percent of the site's files, one for each change."""
    bytes: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    """Bytes of all changes by kind of file."""

    def add(self, before: Files, after: Files) -> None:
        """Count what differs between two builds."""
        new = [path for path, entry in after.items() if before.get(path) != entry]
        gone = before.keys() - after.keys()
        self.files.append(100 * (len(new) + len(gone)) / len(after))
        written = sum(after[path].size for path in new)
        self.bytes.append(100 * written / sum(entry.size for entry in after.values()))
        for path in new:
            self.kinds[kind_of(path)] += after[path].size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("content", type=Path)
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--additions", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        survey = Path(folder)
        shutil.copytree(options.content, survey / "content")
        before = built(survey)
        print(f"{len(before):,} files, {sum(e.size for e in before.values()) / 1e6:.1f} MB")
        print(f"{'':12}{'files %':>9}{'p95':>7}{'bytes %':>9}{'p95':>7}   bytes by kind, mean KB")
        for name, change, count in (
            ("edits", edit, options.edits),
            ("additions", add, options.additions),
        ):
            changes, before = series(survey, before, change, count, dice)
            row(name, changes)


def series(
    survey: Path,
    before: Files,
    change: Callable[[list[Path], random.Random], None],
    count: int,
    dice: random.Random,
) -> tuple[Changes, Files]:
    """So many changes, each built on top of those before it."""
    changes = Changes()
    for _ in range(count):
        change(sorted((survey / "content/papers").rglob("*.md")), dice)
        after = built(survey)
        changes.add(before, after)
        before = after
    return changes, before


def edit(papers: list[Path], dice: random.Random) -> None:
    paper, other = dice.sample(papers, 2)
    sentence = other.read_text("utf-8").rpartition(". ")[2].strip()
    paper.write_text(f"{paper.read_text('utf-8').rstrip()} {sentence}\n", encoding="utf-8")


def add(papers: list[Path], dice: random.Random) -> None:
    """A paper with the head of one and the abstracts of two, in the folder of the first."""
    one, other = dice.sample(papers, 2)
    head, _, abstract = one.read_text("utf-8").partition("\n---\n")
    lines = [line for line in head.split("\n") if not line.startswith(("title:", "citekey:"))]
    name = f"{one.stem[:60].rstrip('-.')}-{dice.randrange(10**6):06}"
    title = name.replace("-", " ").replace(".", " ").capitalize()
    rest = other.read_text("utf-8").partition("\n---\n")[2]
    text = "\n".join([lines[0], f"title: {title}", *lines[1:], "---", abstract.strip(), rest])
    one.with_name(f"{name}.md").write_text(text, encoding="utf-8")


def built(survey: Path) -> Files:
    """The files of the site after a build, with their sizes and digests."""
    rebuild.build(BuildOptions(survey / "content", survey / "_site", jobs=processors()))
    mark = place(survey / "_site").mark
    found = manifest.parse(mark.read_bytes())
    assert found, "the site has no mark"
    return dict(found.entries)


def kind_of(path: str) -> str:
    """The folder, or two where a folder holds many sorts; the file's first word at the root."""
    first, _, rest = path.partition("/")
    if not rest:
        return first.partition(".")[0].partition("-")[0]
    if first == "papers":
        return "papers/index" if rest.startswith("index") else "papers"
    return f"{first}/{rest.partition('/')[0]}" if first in ("data", "exports", "feeds") else first


def row(name: str, changes: Changes) -> None:
    figures = (changes.files, changes.bytes)
    numbers = "".join(f"{statistics.median(each):9.2f}{p95(each):7.2f}" for each in figures)
    count = len(changes.files)
    kinds = ", ".join(
        f"{kind} {size / count / 1e3:.0f}" for kind, size in changes.kinds.most_common(12)
    )
    print(f"{name:12}{numbers}   {kinds}", flush=True)


def p95(values: list[float]) -> float:
    return sorted(values)[min(int(len(values) * 0.95), len(values) - 1)]


if __name__ == "__main__":
    main()
