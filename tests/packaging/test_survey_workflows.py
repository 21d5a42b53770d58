"""The workflows that `init` gives to a survey: valid, careful, and run step by step with git."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
from pathlib import Path

import pytest
import trustme
import yaml

from conspectus import importers, store
from conspectus.importers.formats.suggestion import HEADINGS
from tests.support.building import FIXTURES
from tests.support.repositories import bare, git, repository, tree
from tests.support.workflows import (
    Machine,
    assert_valid,
    github_job,
    github_runs,
    gitlab_job,
)
from tests.unit.digest.postoffice import open_office

LOCK = "content/topics.lock"
PAPERS = ("moss-compiler", "moss-growth-model", "pigeon-congestion", "pigeon-routing-protocol")
PAPER = "---\ntitle: Slate Roofs in Rain\n---\nWe count slate roofs in rain, and wait.\n"
HOSTILE = "$(touch pwned) `touch pwned` \"; touch pwned; ' ${IFS} ::error::x\n@everyone ```"
WORKFLOWS = ("check", "digest", "import", "publish", "suggest")
GITLAB = {
    "CI_API_V4_URL": "https://gitlab.example/api/v4",
    "CI_DEFAULT_BRANCH": "main",
    "CI_MERGE_REQUEST_IID": "7",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
    "CI_PROJECT_ID": "3",
    "CI_PROJECT_PATH": "ada/moss",
    "CI_SERVER_HOST": "gitlab.example",
    "CONSPECTUS_TOKEN": "secret",
}


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey for GitHub in a repository of its own; tests push to copies of it."""
    return survey(tmp_path_factory.mktemp("github"), "github")


@pytest.fixture(scope="module")
def gitlab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for GitLab."""
    return survey(tmp_path_factory.mktemp("gitlab"), "gitlab")


def survey(folder: Path, host: str) -> Path:
    importers.init(folder / "survey", host=host)  # type: ignore[arg-type]
    papers = folder / "survey" / "content" / "papers"
    (papers / "example.md").unlink()
    for name in PAPERS:
        body = (FIXTURES / "survey" / "papers" / f"{name}.md").read_bytes()
        (papers / f"{name}.md").write_bytes(body)
    repository(folder / "survey", bare(folder / "origin.git"))
    return folder / "origin.git"


def machine(origin: Path, folder: Path, **answers: str) -> Machine:
    copy = bare(folder / "origin.git")
    git(origin, "push", "--quiet", str(copy), "main")
    git(copy, "config", "receive.advertisePushOptions", "true")
    return Machine(folder / "machine", copy, answers)


def proposed(at: Machine, path: str, text: str) -> Path:
    """A checkout of a branch that adds one file."""
    workspace = at.clone("proposed")
    git(workspace, "switch", "--quiet", "--create", "proposal")
    (workspace / path).write_text(text)
    git(workspace, "add", path)
    git(workspace, "commit", "--quiet", "--message", "Propose")
    return workspace


# What they are


def workflow(folder: Path, name: str) -> Path:
    """A workflow as `init` writes it."""
    if not (folder / "content").exists():
        importers.init(folder)
    return folder / ".github" / "workflows" / f"{name}.yml"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_valid_by_its_schema(name: str, tmp_path: Path) -> None:
    assert_valid(workflow(tmp_path, name), "vendor.github-workflows")
    assert_valid(workflow(tmp_path, name), "custom.github-workflows-require-timeout")


def test_the_form_for_suggestions_is_valid_and_asks_under_the_headings_that_import_reads(
    tmp_path: Path,
) -> None:
    importers.init(tmp_path)
    form = tmp_path / ".github" / "ISSUE_TEMPLATE" / "suggest-a-paper.yml"

    assert_valid(form, "vendor.github-issue-forms")
    labels = [one["attributes"]["label"] for one in yaml.safe_load(form.read_text())["body"]]
    assert labels[:-1] == list(HEADINGS)


def test_gitlabs_file_and_form_are_valid(tmp_path: Path) -> None:
    importers.init(tmp_path, host="gitlab")

    assert_valid(tmp_path / ".gitlab-ci.yml", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    form = (tmp_path / ".gitlab" / "issue_templates" / "Suggest a paper.md").read_text()
    assert re.findall(r"^### (.+)$", form, re.MULTILINE)[:-1] == list(HEADINGS)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_script_holds_an_expression_that_a_stranger_could_fill(
    name: str, tmp_path: Path
) -> None:
    assert not any("${{" in script for script in github_runs(workflow(tmp_path, name)))


def test_no_job_may_do_more_than_it_needs(tmp_path: Path) -> None:
    found = {name: yaml.safe_load(workflow(tmp_path, name).read_text()) for name in WORKFLOWS}

    assert all(one["permissions"] == {} for one in found.values())
    assert {
        f"{name} {job}": steps["permissions"]
        for name, one in found.items()
        for job, steps in one["jobs"].items()
    } == {
        "check check": {"contents": "read"},
        "check comment": {"pull-requests": "write"},
        "digest write": {"actions": "write", "contents": "write"},
        "digest send": {"contents": "write"},
        "import import": {"contents": "write", "pull-requests": "write"},
        "publish build": {"contents": "write"},
        "publish deploy": {"pages": "write", "id-token": "write"},
        "publish links": {"contents": "read"},
        "suggest suggest": {"contents": "write", "issues": "write", "pull-requests": "write"},
    }


def test_a_job_that_runs_what_is_proposed_holds_no_credentials(tmp_path: Path) -> None:
    check = yaml.safe_load(workflow(tmp_path, "check").read_text())

    checkouts = [
        step["with"] for step in check["jobs"]["check"]["steps"] if "checkout" in str(step)
    ]
    assert [one["persist-credentials"] for one in checkouts] == [False, False]
    assert not any("checkout" in str(step) for step in check["jobs"]["comment"]["steps"])


# What they do, on GitHub


def test_a_push_is_built_and_its_lock_committed_once(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    github_job(at, at.clone("first"), "publish.yml", "build", {})
    workspace = at.clone("second")
    github_job(at, workspace, "publish.yml", "build", {})

    assert (workspace / "_site" / "index.html").is_file()
    assert git(at.origin, "log", "--format=%s", "main").splitlines() == [
        "Keep the topics where they are", "Begin"
    ]  # fmt: skip


def test_a_lock_is_pushed_though_main_has_moved_in_the_meantime(
    github: Path, tmp_path: Path
) -> None:
    at = machine(github, tmp_path)
    workspace = at.clone("slow")
    other = proposed(at, "content/papers/slates.md", PAPER)
    git(other, "push", "--quiet", "origin", "HEAD:main")
    github_job(at, workspace, "publish.yml", "build", {})

    assert {LOCK, "content/papers/slates.md"} <= tree(at.origin, "main").keys()


def test_locks_of_two_branches_merge_by_themselves(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    github_job(at, at.clone("built"), "publish.yml", "build", {})
    for name in ("slates", "gutters"):
        workspace = at.clone(name)
        git(workspace, "switch", "--quiet", "--create", name)
        text = PAPER.replace("Slate", name.title())
        (workspace / "content" / "papers" / f"{name}.md").write_text(text)
        at.run("conspectus build", workspace, {})
        git(workspace, "add", "content")
        git(workspace, "commit", "--quiet", "--message", f"Add {name}")
        git(workspace, "push", "--quiet", "origin", name)
    merged = tmp_path / "merged"
    git(tmp_path, "clone", "--quiet", at.origin.as_uri(), str(merged))
    git(merged, "merge", "--quiet", "origin/slates")
    git(merged, "merge", "--quiet", "--message", "Merge", "origin/gutters")

    saved = store.read(merged / "content")
    assert saved.problems == ()
    assert saved.lock is not None
    assert {"slates", "gutters"} <= {paper.id for paper in saved.lock.papers}


def test_a_lock_that_may_not_be_pushed_stops_no_publication(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    workspace = at.clone("refused")
    git(workspace, "remote", "set-url", "origin", str(tmp_path / "gone"))

    said = github_job(at, workspace, "publish.yml", "build", {})

    assert "::warning::topics.lock could not be pushed" in said


def test_a_proposal_is_told_what_it_moves(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    github_job(at, at.clone("built"), "publish.yml", "build", {})
    workspace = proposed(at, "content/papers/slates.md", PAPER)
    github_job(at, workspace, "check.yml", "check", {})
    context = {"github.token": "t", "github.event.pull_request.number": "12"}
    github_job(at, workspace, "check.yml", "comment", context)

    asked = "gh pr comment 12 --repo ada/moss --edit-last --create-if-none --body-file moved.md\n"
    assert at.asked.startswith(f"{asked}Topics:\n\n    1 paper added, 0 removed, 0 moved")
    assert "    added: slates:" in at.asked
    assert git(workspace, "status", "--short", "content") == ""


def test_a_proposal_with_a_mere_warning_fails_in_its_strict_build(
    github: Path, tmp_path: Path
) -> None:
    at = machine(github, tmp_path)
    workspace = proposed(at, "content/papers/slates.md", PAPER.replace("title:", "moss: 1\ntitle:"))

    with pytest.raises(subprocess.CalledProcessError) as failed:
        github_job(at, workspace, "check.yml", "check", {})

    assert str(failed.value.cmd).startswith("conspectus build --frozen --strict")


def test_an_error_in_a_proposal_is_annotated_before_anything_else(
    github: Path, tmp_path: Path
) -> None:
    at = machine(github, tmp_path)
    workspace = proposed(at, "content/papers/slates.md", PAPER.replace("title:", "titel:"))

    with pytest.raises(subprocess.CalledProcessError) as failed:
        github_job(at, workspace, "check.yml", "check", {})

    assert "::error file=content/papers/slates.md,line=1," in failed.value.stdout


def suggested(at: Machine, body: str) -> str:
    context = {
        "github.token": "t",
        "github.event.issue.number": "7",
        "github.event.issue.body": body,
    }
    return github_job(at, at.clone("suggested"), "suggest.yml", "suggest", context)


def test_a_suggestion_becomes_a_branch_and_a_pull_request(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    suggested(at, f"### Paper\r\n\r\nhttps://example.org/x\r\n\r\n### Title\r\n\r\n{HOSTILE}\r\n")

    added = tree(at.origin, "suggestion-7").keys() - tree(at.origin, "main").keys()
    assert [name for name in added if "pwned" in name] == [
        "content/papers/touch-pwned-touch-pwned-touch-pwned-ifs-error-x-everyone.md"
    ]
    assert "gh pr create --head suggestion-7 --title Add the paper that issue #7" in at.asked
    assert list(tmp_path.rglob("pwned")) == []


def test_a_suggestion_of_nothing_is_answered_with_the_reason(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path)
    suggested(at, f"### Paper\n\n{HOSTILE}\n")

    assert "gh issue comment 7 --edit-last --create-if-none --body-file answer.md" in at.asked
    assert "    suggestion.md:1:1: warning: not imported: the paper has no title" in at.asked
    assert "gh pr" not in at.asked
    assert list(tmp_path.rglob("pwned")) == []


def test_what_a_query_finds_is_proposed(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path, gh='case "$2" in list) echo 0;; esac')
    workspace = at.clone("weekly")
    query = str(FIXTURES / "imports" / "papers.jsonl")
    github_job(
        at, workspace, "import.yml", "import",
        {"vars.CONSPECTUS_QUERY": query, "github.token": "t"},
    )  # fmt: skip

    assert len(tree(at.origin, "new-papers")) == len(tree(at.origin, "main")) + 2
    assert "gh pr create --head new-papers" in at.asked


def test_what_was_proposed_before_is_not_pushed_over(github: Path, tmp_path: Path) -> None:
    at = machine(github, tmp_path, gh="echo 1")
    query = str(FIXTURES / "imports" / "papers.jsonl")
    github_job(
        at, at.clone("weekly"), "import.yml", "import",
        {"vars.CONSPECTUS_QUERY": query, "github.token": "t"},
    )  # fmt: skip

    assert git(at.origin, "branch") == "* main"


def mailing(at: Machine, port: int) -> Path:
    """A checkout of a survey whose letters can be sent, with a paper that is new."""
    workspace = at.clone("mailing")
    settings = workspace / "content" / "survey.yaml"
    mail = f"{{from: moss@example.org, host: localhost, port: {port}}}"
    settings.write_text(f"{settings.read_text()}\nmail: {mail}\n")
    paper = PAPER.replace("title:", "added: 2025-03-17\ntitle:")
    (workspace / "content" / "papers" / "slates.md").write_text(paper)
    git(workspace, "add", "content")
    git(workspace, "commit", "--quiet", "--message", "Mail")
    git(workspace, "push", "--quiet")
    return workspace


def test_a_digest_is_written_then_sent_and_who_got_it_is_kept(
    github: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(certificate)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    at = machine(github, tmp_path)
    secrets = {
        "github.token": "t",
        "secrets.CONSPECTUS_LEDGER_KEY": "hidden",
        "secrets.CONSPECTUS_MAIL_PASSWORD": "",
        "secrets.DIGEST_READERS": "ada@example.org\nbo@example.org",
    }
    with open_office(certificate) as office:
        workspace = mailing(at, office.port)
        github_job(at, workspace, "digest.yml", "write", secrets)
        assert (office.letters, "gh workflow run publish.yml" in at.asked) == ([], True)
        for name in ("first", "second"):
            github_job(at, at.clone(name), "digest.yml", "send", secrets)
        assert office.taken() == ["ada@example.org", "bo@example.org"]
    kept = tree(at.origin, "main")
    assert {"content/digests/2025-03-17.yaml", "content/digests/2025-03-17.sent"} <= kept.keys()
    assert "recipients.txt" not in kept


# What they do, on GitLab


def gitlab_clone(at: Machine, name: str, branch: str = "main") -> Path:
    """A checkout whose address of the service leads to the repository on this disk."""
    workspace = at.clone(name, branch)
    address = "https://conspectus:secret@gitlab.example/ada/moss.git"
    git(workspace, "config", f"url.{at.origin.as_uri()}.insteadOf", address)
    return workspace


def test_gitlab_builds_into_public_and_keeps_the_lock(gitlab: Path, tmp_path: Path) -> None:
    at = machine(gitlab, tmp_path)
    workspace = gitlab_clone(at, "main")
    gitlab_job(at, workspace, "pages", GITLAB)

    assert (workspace / "public" / "index.html").is_file()
    assert LOCK in tree(at.origin, "main")


def test_gitlab_tells_a_proposal_what_it_moves(gitlab: Path, tmp_path: Path) -> None:
    at = machine(gitlab, tmp_path)
    gitlab_job(at, gitlab_clone(at, "main"), "pages", GITLAB)
    workspace = proposed(at, "content/papers/slates.md", PAPER)
    gitlab_job(at, workspace, "check", GITLAB)
    gitlab_job(at, workspace, "comment", GITLAB)

    assert "PRIVATE-TOKEN: secret --data-urlencode body@moved.md" in at.asked
    assert "/projects/3/merge_requests/7/notes\nTopics:\n\n    1 paper added" in at.asked


def test_gitlab_proposes_what_a_query_finds(gitlab: Path, tmp_path: Path) -> None:
    at = machine(gitlab, tmp_path)
    query = {"CONSPECTUS_QUERY": str(FIXTURES / "imports" / "papers.jsonl")}
    gitlab_job(at, gitlab_clone(at, "weekly"), "import", GITLAB | query)

    assert len(tree(at.origin, "new-papers")) == len(tree(at.origin, "main")) + 2


def test_gitlab_proposes_each_suggested_paper_on_a_branch_of_its_own(
    gitlab: Path, tmp_path: Path
) -> None:
    issues = [
        {"iid": 7, "description": f"### Paper\n\nx\n\n### Title\n\n{HOSTILE}\n"},
        {"iid": 8, "description": "### Paper\n\n10 words\n\n### Title\n\nOn Slates\n"},
        {"iid": 9, "description": None},
    ]
    (tmp_path / "issues").write_text(json.dumps(issues))
    at = machine(gitlab, tmp_path, curl=f"cp '{tmp_path / 'issues'}' issues.json")
    workspace = gitlab_clone(at, "weekly")
    head = git(workspace, "rev-parse", "HEAD")
    gitlab_job(at, workspace, "suggest", GITLAB | {"CI_COMMIT_SHA": head})

    branches = git(at.origin, "branch", "--format=%(refname:short)").splitlines()
    assert branches == ["main", "suggestion-7", "suggestion-8"]
    added = tree(at.origin, "suggestion-8").keys() - tree(at.origin, "main").keys()
    assert added == {"content/papers/on-slates.md"}
    assert list(tmp_path.rglob("pwned")) == []
