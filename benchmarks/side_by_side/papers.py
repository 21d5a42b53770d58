"""A number in; a survey folder of so many papers out, imported by our own command."""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "id: benchmark\ntitle: Benchmark\nbase_url: https://survey.example/\n"
FIELDS = 40
"""Invented papers are spread over so many fields, each with words of its own."""


def survey(folder: Path, count: int, data: Path) -> bool:
    """Fill `folder` with `count` papers: real ones where `data` has papers.jsonl.xz, else invented.

    True for real ones. A folder that is filled already is left as it is.
    """
    content = folder / "content"
    if not (content / "survey.yaml").exists():
        content.mkdir(parents=True)
        listing = folder / "papers.jsonl"
        listing.write_text("".join(json_lines(count, data)), encoding="utf-8")
        _import(listing, content)
        (content / "survey.yaml").write_text(SETTINGS, encoding="utf-8")
    return is_real(data)


def is_real(data: Path) -> bool:
    """Whether `data` has the real papers."""
    return (data / "papers.jsonl.xz").exists()


def json_lines(count: int, data: Path) -> Iterator[str]:
    """So many papers, each as a line of JSON: real ones where there are some."""
    lines = _real(data / "papers.jsonl.xz") if is_real(data) else invented()
    return islice(lines, count)


def invented(seed: int = 7) -> Iterator[str]:
    """JSON lines without end: each draws most of its words from one of `FIELDS` fields."""
    dice = random.Random(seed)
    common = [_word(dice) for _ in range(600)]
    fields = [[_word(dice) for _ in range(120)] for _ in range(FIELDS)]
    number = 0
    while True:
        number += 1
        words = fields[dice.randrange(FIELDS)]
        title = " ".join(dice.choices(words, k=5) + dice.choices(common, k=3))
        paper = {
            "title": f"{title.capitalize()} {number}",
            "abstract": " ".join(_sentence(dice, words, common) for _ in range(8)),
            "authors": [f"{_word(dice).title()} {_word(dice).title()}" for _ in range(3)],
            "year": dice.randrange(1990, 2026),
            "venue": f"{dice.choice(common).title()} Workshop",
        }
        yield json.dumps(paper) + "\n"


def _sentence(dice: random.Random, words: list[str], common: list[str]) -> str:
    drawn = dice.choices(words, k=6) + dice.choices(common, k=12)
    dice.shuffle(drawn)
    return " ".join(drawn).capitalize() + "."


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(3))


def _real(source: Path) -> Iterable[str]:
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        yield from lines


def _import(listing: Path, content: Path) -> None:
    subprocess.run(
        [sys.executable, "build.py", "import", str(listing), "--content", str(content)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
