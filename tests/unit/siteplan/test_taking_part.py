"""Readers take part through the survey's repository, where it has one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from conspectus import siteplan
from conspectus.importers import formats
from conspectus.importers.formats import suggestion
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from tests.support.makers import paper, survey


def view(permalink: str, repository: str) -> Any:
    content = survey(paper("a", "Q & A"), settings=Settings(id="s", repository=repository))
    site = siteplan.plan(content, Analysis())
    return next(page.view for page in site.pages if page.permalink == permalink)


def test_without_a_repository_nothing_is_offered() -> None:
    assert view("papers/a.html", "").part == ()
    assert view("papers/index.html", "").part == ()


@pytest.mark.parametrize(
    ("repository", "report", "edit"),
    [
        (
            "https://github.com/group/survey",
            "https://github.com/group/survey/issues/new?title=Error in: Q & A",
            "https://github.com/group/survey/edit/main/content/papers/a.md",
        ),
        (
            "https://gitlab.example/group/survey/",
            "https://gitlab.example/group/survey/-/issues/new?issue[title]=Error in: Q & A",
            "https://gitlab.example/group/survey/-/edit/main/content/papers/a.md",
        ),
    ],
)
def test_a_paper_offers_a_prefilled_report_and_its_file(
    repository: str, report: str, edit: str
) -> None:
    first, second = view("papers/a.html", repository).part
    assert unquote(first.url).startswith(report)
    assert "&title" not in first.url.replace("&body", "")
    assert second.url == edit


def test_the_list_of_papers_offers_to_suggest_one() -> None:
    (link,) = view("papers/index.html", "https://github.com/group/survey").part
    assert link.label == "Suggest a paper"
    assert link.url.endswith("&template=suggest-a-paper.yml")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("repository", ["https://github.com/g/s", "https://gitlab.example/g/s"])
def test_what_is_prefilled_reads_as_a_suggestion_when_it_is_filled(
    repository: str, language: str
) -> None:
    content = survey(
        paper("a"), settings=Settings(id="s", repository=repository, language=language)
    )
    site = siteplan.plan(content, Analysis())
    view = next(page.view for page in site.pages if page.permalink == "papers/index.html")
    (link,) = view.part  # type: ignore[attr-defined]
    fields = parse_qs(urlsplit(link.url).query)
    (body,) = fields.get("body") or fields["issue[description]"]
    filled = body.replace("### Paper\n", "### Paper\nhttps://example.org/x\n")
    filled = filled.replace("### Title\n", "### Title\nOn Moss\n")

    assert formats.told(filled) == "suggestion"
    (entry,) = suggestion.read(filled, "issue.md").entries
    assert (entry.title.text, entry.url) == ("On Moss", "https://example.org/x")
    assert ('/label ~"suggested paper"' in body) == ("gitlab" in repository)


def test_the_survey_is_cited_by_a_version_that_its_papers_decide() -> None:
    one = view("about.html", "")
    assert one.version in one.citation
    other = siteplan.plan(survey(paper("a", "Another title")), Analysis())
    about = next(page.view for page in other.pages if page.permalink == "about.html")
    assert about.version != one.version  # type: ignore[attr-defined]
