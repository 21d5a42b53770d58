"""A seed in; what a curator may do to a survey folder while a preview watches, edit by edit, out.

Each edit is made as editors make them: in place, by a temporary file that is renamed, in two halves
that follow at once, by moving a folder away. Every one may break the survey; `mend` undoes that.
"""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from conspectus import pipeline
from tests.support.building import contents
from tests.support.previewing import Preview

OWN_SCRIPTS = re.compile(rb'(?:<script src="/\.conspectus/[^"]*" defer></script>)+')
PATIENCE = 120.0
"""Seconds within which a preview has to catch up on a machine that has other things to do."""
WORDS = ("moss", "slate", "lantern", "pigeon", "quay", "drought", "prism", "ledger", "tide", "rain")
BROKEN_PAPER = "---\ntitle: Broken\npublished: 20201-05\n---\nWe wait.\n"


@dataclass
class Curator:
    """Someone who edits a survey folder at random, the same for the same seed."""

    survey: Path
    seed: int
    breaks: dict[Path, bytes | None] = field(default_factory=dict)
    """What stood in each file that is broken now; None where there was none."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self._edits: tuple[Callable[[], None], ...] = (
            self.edit_abstract, self.edit_abstract, self.retitle, self.add_paper, self.delete_paper,
            self.rename_paper, self.break_paper, self.break_paper, self.edit_settings,
            self.break_settings, self.decide, self.break_decisions, self.edit_template,
            self.edit_style, self.add_file, self.move_away, self.save_twice, self.strew,
        )  # fmt: skip

    @property
    def content(self) -> Path:
        return self.survey / "content"

    @property
    def is_broken(self) -> bool:
        """Whether the survey holds an error."""
        return bool(self.breaks)

    def edit(self) -> str:
        """One edit, or the mending of what is broken; its name."""
        if self.breaks and self.random.random() < 0.6:
            self.mend()
            return "mend"
        edit = self.random.choice(self._edits)
        edit()
        return edit.__name__

    def mend(self) -> None:
        """Put back everything that is broken."""
        for path, body in list(self.breaks.items()):
            if body is None:
                path.unlink()
            else:
                self.save(path, body)
        self.breaks.clear()

    def edit_abstract(self) -> None:
        path = self.paper()
        text = path.read_text(encoding="utf-8")
        self.save(path, f"{text.rstrip()}\n{self.sentence()}\n".encode())

    def retitle(self) -> None:
        path = self.paper()
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[1] = f"title: On {self.words(3)}"
        self.save(path, "\n".join(lines).encode())

    def add_paper(self) -> None:
        name = f"new-{self.random.randrange(10**6)}"
        text = f"---\ntitle: About {self.words(4)}\nadded: 2025-03-18\n---\n{self.sentence()}\n"
        self.save(self.content / "papers" / f"{name}.md", text.encode())

    def delete_paper(self) -> None:
        if len(self.papers()) > 8:
            self.paper().unlink()

    def rename_paper(self) -> None:
        path = self.paper()
        path.rename(path.with_name(f"renamed-{self.random.randrange(10**6)}.md"))

    def break_paper(self) -> None:
        self.broken(self.paper(), BROKEN_PAPER.encode())

    def edit_settings(self) -> None:
        self.save(self.content / "survey.yaml", f"title: Survey of {self.words(2)}\n".encode())

    def break_settings(self) -> None:
        self.broken(self.content / "survey.yaml", b"title: [unclosed\n")

    def decide(self) -> None:
        self.save(self.content / "topics.yaml", f"banned: [{self.words(1)}]\n".encode())

    def break_decisions(self) -> None:
        self.broken(self.content / "topics.yaml", b"split: {no-such-topic: 2}\n")

    def edit_template(self) -> None:
        path = self.survey / "templates" / "missing-plain.html"
        path.parent.mkdir(exist_ok=True)
        self.save(path, f"<!doctype html><title>{self.words(2)}</title>\n".encode())

    def edit_style(self) -> None:
        path = self.survey / "static" / "css" / "own.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.save(path, f"/* {self.words(2)} */ p {{ margin: 0 }}\n".encode())

    def add_file(self) -> None:
        path = self.content / "files" / f"note-{self.random.randrange(3)}.txt"
        path.parent.mkdir(exist_ok=True)
        self.save(path, self.sentence().encode())

    def move_away(self) -> None:
        """A folder leaves and returns, as while git checks out."""
        folder = self.random.choice((self.content, self.content / "papers"))
        away = self.survey / "away"
        folder.rename(away)
        away.rename(folder)

    def save_twice(self) -> None:
        """A broken save that a sound one follows at once."""
        path = self.paper()
        body = path.read_bytes()
        path.write_bytes(BROKEN_PAPER.encode())
        path.write_bytes(body.rstrip() + b"\nAgain.\n")

    def strew(self) -> None:
        """Files that editors leave and that are no part of a survey."""
        papers = self.content / "papers"
        (papers / ".moss.md.swp").write_bytes(b"\0swap")
        (papers / ".#moss.md").unlink(missing_ok=True)
        (papers / ".moss.md.swp").unlink()

    def save(self, path: Path, body: bytes) -> None:
        """Save as one kind of editor or the other."""
        self.breaks.pop(path, None)
        if self.random.random() < 0.5:
            path.write_bytes(body)
            return
        staged = path.with_name(f".{path.name}.tmp")
        staged.write_bytes(body)
        staged.replace(path)

    def broken(self, path: Path, body: bytes) -> None:
        before = path.read_bytes() if path.exists() else None
        before = self.breaks.get(path, before)
        self.save(path, body)
        self.breaks[path] = before

    def papers(self) -> list[Path]:
        """Papers that are sound, in order."""
        found = sorted((self.content / "papers").rglob("*.md"))
        return [path for path in found if path not in self.breaks]

    def paper(self) -> Path:
        return self.random.choice(self.papers())

    def words(self, count: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def sentence(self) -> str:
        return f"We show that {self.words(5)} and {self.words(3)}."


def survey_for(folder: Path, content: Path) -> Path:
    """A survey folder to be edited, with a copy of this content."""
    shutil.copytree(content, folder / "content")
    return folder


def assert_caught_up(preview: Preview, curator: Curator, cold: Path) -> None:
    """Fail unless a broken survey shows problems, and a mended one the site of a cold build."""
    if curator.is_broken:
        wait_until(lambda: bool(preview.problems()))
        curator.mend()
    expected = cold_build(curator.content, cold)
    wait_until(lambda: contents_of(preview.site) == expected)
    wait_until(lambda: not preview.problems())
    assert served(preview, expected) == expected


def cold_build(content: Path, output: Path) -> dict[str, bytes]:
    """Every file of a site that is built from nothing."""
    shutil.rmtree(output, ignore_errors=True)
    options = pipeline.BuildOptions(content, output, frozen=True, use_cache=False)
    pipeline.build(options)
    return contents_of(output)


def contents_of(site: Path) -> dict[str, bytes]:
    """Every file of a site but its mark; nothing where it is being exchanged."""
    try:
        return {n: body for n, body in contents(site).items() if n != ".conspectus-site"}
    except OSError:
        return {}


def served(preview: Preview, names: dict[str, bytes]) -> dict[str, bytes]:
    """The same, as a browser gets it, without the preview's own scripts."""
    return {name: OWN_SCRIPTS.sub(b"", preview.bytes_at(name)) for name in names}


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "the preview did not catch up"
        time.sleep(0.2)
