"""The survey of this repository against the listing from which it was imported.

Where the listing itself is not at hand, a listing made from the survey's own papers stands in.
"""

import datetime
import re
import shutil
from pathlib import Path

import pytest

from conspectus import content, importers
from conspectus.importers import drafting
from conspectus.importers.formats import listing

ROOT = Path(__file__).parents[3]
SEED = ROOT.parent / "shared" / "seed" / "listing.txt"
LISTED = datetime.date(2025, 3, 17)


@pytest.fixture(params=[*([SEED] if SEED.exists() else []), None], ids=lambda p: p and p.name)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param:
        return Path(request.param)
    papers = sorted(content.read(ROOT / "content").corpus.papers, key=lambda p: p.position or 0)
    blocks = ["Mar 17", *(text for p in papers for text in (p.title_text, p.abstract.text))]
    path = tmp_path / "listing.txt"
    path.write_text("\n\n".join(blocks), encoding="utf-8")
    return path


def test_the_survey_reads_without_problems() -> None:
    survey = content.read(ROOT / "content")

    assert (len(survey.corpus.papers), survey.problems) == (101, ())


def test_importing_the_listing_again_changes_nothing(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)

    report = importers.import_files(
        [source], folder, listed=LISTED, update=True, today=datetime.date(2025, 3, 18)
    )

    assert report.summary == "101 entries: 0 added, 0 updated, 101 matched, 0 reported"
    assert report.writes == ()


def test_every_word_of_the_listing_is_there_but_for_the_logged_repairs(source: Path) -> None:
    found = {p.position: p for p in content.read(ROOT / "content").corpus.papers}
    text = source.read_text(encoding="utf-8")

    for entry in listing.read(text, "x", LISTED).entries:
        paper = found[entry.position]
        written = f"{entry.title.text} {entry.abstract.text}"
        for repair in drafting.draft(entry, "x").repairs:
            written = written.replace(repair.before, re.sub(r"[$*]", "", repair.after), 1)
        kept = f"{paper.title_text} {paper.abstract.text}"
        unlike = set(written.split()) ^ set(kept.split())
        # Math reads as signs: \varphi as φ.
        assert all("\\" in word or not word.isascii() or "*" in word for word in unlike), unlike
