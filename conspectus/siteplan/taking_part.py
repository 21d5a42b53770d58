"""Links by which readers take part, prefilled for the survey's repository; none without one."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from conspectus.model.papers import Paper
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.views import Outlink

CONTENT_FOLDER = "content"
BRANCH = "main"
FORM = "suggest-a-paper.yml"
"""The form that `conspectus init` writes; where there is none, GitHub shows the prefilled text."""
LABEL = "suggested paper"
"""By which GitLab's pipelines know a suggestion."""


def paper_links(paper: Paper, survey: Lookup) -> tuple[Outlink, ...]:
    """Report an error in a paper, and edit its file."""
    repository = survey.settings.repository.rstrip("/")
    if not repository:
        return ()
    words = survey.words
    title = words("part.report.title", title=paper.title_text)
    body = words("part.report.body", path=f"{CONTENT_FOLDER}/{paper.path}")
    return (
        Outlink(words("part.report"), _issue(repository, title, body), "report"),
        Outlink(words("part.edit"), _edit(repository, paper.path), "edit"),
    )


def suggestion(survey: Lookup) -> tuple[Outlink, ...]:
    """Suggest a paper."""
    repository = survey.settings.repository.rstrip("/")
    if not repository:
        return ()
    words = survey.words
    title, body = words("part.suggest.title"), words("part.suggest.body")
    if _is_gitlab(repository):
        url = _issue(repository, title, f'{body}\n/label ~"{LABEL}"\n')
    else:
        url = f"{_issue(repository, title, body)}&template={FORM}"
    return (Outlink(words("part.suggest"), url, "suggest"),)


def _is_gitlab(repository: str) -> bool:
    return "gitlab" in (urlsplit(repository).hostname or "")


def _issue(repository: str, title: str, body: str) -> str:
    if _is_gitlab(repository):
        fields = f"issue[title]={quote(title)}&issue[description]={quote(body)}"
        return f"{repository}/-/issues/new?{fields}"
    return f"{repository}/issues/new?title={quote(title)}&body={quote(body)}"


def _edit(repository: str, path: str) -> str:
    dash = "/-" if _is_gitlab(repository) else ""
    return f"{repository}{dash}/edit/{BRANCH}/{CONTENT_FOLDER}/{quote(path)}"
