"""A curator's first hour, from an empty folder to a published survey, by commands and a browser."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.building import SHARED, conspectus
from tests.support.edits import wait_until
from tests.support.previewing import Preview, previewed
from tests.support.repositories import ENVIRONMENT, bare, git, repository

REAL = SHARED / "data" / "imports" / "bibtex" / "polaritons.bib"
"""An export of Zotero's with long abstracts, where it lies beside the checkout."""
WORD = "gramarye"
"""A word that no paper holds."""


@pytest.fixture(params=["ours", *(["real"] if REAL.exists() else [])])
def library(request: pytest.FixtureRequest, survey_site: Path, tmp_path: Path) -> Path:
    """A bibliography: that of an invented survey, and a real one."""
    source = REAL if request.param == "real" else survey_site / "exports" / "all.bib"
    return Path(shutil.copy(source, tmp_path / "library.bib"))


def run(survey: Path, *arguments: str) -> str:
    done = conspectus(*arguments, cwd=survey, environment=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_curators_first_hour(library: Path, tmp_path: Path, page: Page) -> None:
    survey = tmp_path / "my-survey"
    run(tmp_path, "init", "my-survey")
    imported = run(survey, "import", str(library))
    assert re.fullmatch(
        r"\d+ entries: [1-9]\d* added, 0 updated, \d+ matched, \d+ reported", imported.strip()
    )
    run(survey, "build")

    paper = sorted((survey / "content" / "papers").glob("*.md"))[1]
    with previewed(survey) as preview:
        edit_break_and_mend(preview, page, paper)
        rename_a_topic(preview, page)
        page.goto("about:blank")

    run(survey, "build")
    run(survey, "check")
    read_the_letter(survey)
    run(survey, "build")
    published = publish(survey, tmp_path)
    browse(published, page, paper.stem)


def edit_break_and_mend(preview: Preview, page: Page, paper: Path) -> None:
    sound = paper.read_text(encoding="utf-8")
    page.goto(f"{preview.url}papers/{paper.stem}.html")
    paper.write_text(f"{sound.rstrip()}\n\nA word of it is {WORD}.\n", encoding="utf-8")
    expect(page.locator("main")).to_contain_text(WORD)
    edited = paper.read_text(encoding="utf-8")
    paper.write_text(edited.replace("title:", "titel:", 1), encoding="utf-8")
    expect(page.get_by_role("alert")).to_contain_text(f"papers/{paper.name}")
    expect(page.locator("main")).to_contain_text(WORD)
    paper.write_text(edited, encoding="utf-8")
    expect(page.get_by_role("alert")).to_have_count(0)
    wait_for_the_last_reload(preview, page)


def wait_for_the_last_reload(preview: Preview, page: Page) -> None:
    """What is asked of a page is lost where it is reloaded for an edit of before."""
    wait_until(lambda: not preview.problems())
    version, _ = preview.state()
    expect(page.locator(f'script[src$="?{version}"]').first).to_be_attached()


def rename_a_topic(preview: Preview, page: Page) -> None:
    """By the lines that the hub itself offers."""
    page.goto(f"{preview.url}topics/{first_topic(preview.survey)}.html")
    panel = page.locator("conspectus-curate")
    panel.get_by_text("Curate", exact=True).click()
    panel.get_by_label("Call this topic").fill("Odds and ends")
    panel.locator("form", has_text="Call this topic").get_by_role("button").click()
    expect(panel.locator("li")).to_contain_text("is called “Odds and ends”")
    lines = panel.locator("pre").text_content() or ""
    (preview.survey / "content" / "topics.yaml").write_text(lines, encoding="utf-8")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Odds and ends")


def first_topic(survey: Path) -> str:
    lock = (survey / "content" / "topics.lock").read_text()
    return next(line.split()[1] for line in lock.splitlines() if line.startswith("topic "))


def read_the_letter(survey: Path) -> None:
    settings = survey / "content" / "survey.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}subscribe: ada@example.org\n")
    run(survey, "digest", "--eml", "new.eml")
    letter = email.message_from_bytes(
        (survey / "new.eml").read_bytes(), policy=email.policy.default
    )
    assert letter["From"].addresses[0].addr_spec == "ada@example.org"
    assert {part.get_content_type() for part in letter.walk()} >= {"text/plain", "text/html"}
    plain = letter.get_body(("plain",))
    assert plain is not None
    assert "Odds and ends" in plain.get_content()


def publish(survey: Path, folder: Path) -> Path:
    """What somebody gets who clones the branch that a host would serve."""
    origin = bare(folder / "origin.git")
    repository(survey, origin)
    said = run(survey, "publish")
    assert re.fullmatch(r"\d+ files published → origin/gh-pages \([0-9a-f]+\)", said.strip())
    clone = folder / "published"
    git(folder, "clone", "--quiet", "--branch=gh-pages", str(origin), str(clone))
    assert (clone / ".nojekyll").is_file()
    return clone


def browse(site: Path, page: Page, paper: str) -> None:
    """From the home page to the topic, and by the search to the paper, without a server."""
    page.goto((site / "index.html").as_uri())
    page.locator("main").get_by_role("link", name="Odds and ends").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Odds and ends")
    page.goto((site / "search.html").as_uri() + f"?q={WORD}")
    expect(page.locator(f'main a[href="papers/{paper}.html"]').first).to_be_visible()
    page.locator(f'main a[href="papers/{paper}.html"]').first.click()
    expect(page.locator("main")).to_contain_text(WORD)
    expect(page.locator("conspectus-curate")).to_have_count(0)
