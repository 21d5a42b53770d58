"""A site pushed to a Pages branch of a repository on this disk."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from conspectus.model.site import Output
from conspectus.problems import ProblemsError
from conspectus.publishing import branch, publish
from tests.support.repositories import ENVIRONMENT, bare, git, repository, tree

SITE = {
    "index.html": b"<p>home\r\n\xff",
    ".nojekyll": b"",
    "papers/a b.html": b"<p>a",
    '"q".html': b"<p>quoted",
    ".well-known/x": b"x",
}


@dataclass(frozen=True)
class Survey:
    folder: Path
    origin: Path

    @property
    def site(self) -> Path:
        return self.folder / "_site"

    def build(self, site: Mapping[str, bytes]) -> None:
        publish((Output(path, body) for path, body in site.items()), (), self.site, program="1")

    def push(self, name: str = "gh-pages", remote: str = "origin") -> branch.Pushed:
        return branch.push(self.site, self.folder / "content", remote=remote, branch=name)

    def published(self, name: str = "gh-pages") -> dict[str, bytes]:
        found = tree(self.origin, name)
        found.pop(".conspectus-site", None)
        return found

    def refused(self, *arguments: str) -> str:
        with pytest.raises(ProblemsError) as stopped:
            self.push(*arguments)
        return str(stopped.value)


@pytest.fixture
def survey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Survey:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    folder = tmp_path / "my survey"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "survey.yaml").write_text("title: Moss\n")
    (folder / ".gitignore").write_text("_site/\n*.html\n")
    (folder / ".gitattributes").write_text("*.html text eol=lf\n")
    made = Survey(repository(folder, bare(tmp_path / "origin.git")), tmp_path / "origin.git")
    made.build(SITE)
    return made


def test_the_branch_holds_the_site_byte_for_byte(survey: Survey) -> None:
    pushed = survey.push()

    assert survey.published() == SITE
    assert (pushed.files, pushed.is_new) == (len(SITE), True)


def test_what_left_the_site_leaves_the_branch_and_stays_in_its_history(survey: Survey) -> None:
    survey.push()
    survey.build({"index.html": b"<p>new", ".nojekyll": b""})
    survey.push()

    assert survey.published() == {"index.html": b"<p>new", ".nojekyll": b""}
    assert git(survey.origin, "rev-list", "--count", "gh-pages") == "2"


def test_publishing_the_same_site_twice_adds_no_commit(survey: Survey) -> None:
    first = survey.push()
    second = survey.push()

    assert (second.commit, second.is_new) == (first.commit, False)
    assert git(survey.origin, "rev-list", "--count", "gh-pages") == "1"


def test_the_curators_checkout_stays_as_it_is(survey: Survey) -> None:
    (survey.folder / "notes.txt").write_text("not committed")
    git(survey.folder, "branch", "gh-pages")
    before = git(survey.folder, "for-each-ref", "refs/heads"), git(survey.folder, "status", "-s")
    survey.push()

    assert before == (
        git(survey.folder, "for-each-ref", "refs/heads"),
        git(survey.folder, "status", "-s"),
    )
    assert git(survey.folder, "for-each-ref", "refs/conspectus") == ""


def test_a_domain_that_the_host_wrote_into_the_branch_is_kept(survey: Survey) -> None:
    survey.push()
    commit_to(survey, "gh-pages", "CNAME", "moss.example.org")
    survey.build({"index.html": b"<p>new"})
    survey.push()

    assert survey.published() == {"index.html": b"<p>new", "CNAME": b"moss.example.org"}


def test_the_surveys_own_domain_comes_before_that_of_the_branch(survey: Survey) -> None:
    survey.push()
    commit_to(survey, "gh-pages", "CNAME", "old.example.org")
    survey.build({"CNAME": b"new.example.org"})
    survey.push()

    assert survey.published() == {"CNAME": b"new.example.org"}


def test_a_file_manager_s_debris_is_not_published(survey: Survey) -> None:
    (survey.site / ".DS_Store").write_bytes(b"debris")
    survey.push()

    assert survey.published() == SITE


def test_a_branch_with_other_files_is_refused(survey: Survey) -> None:
    said = survey.refused("main")

    assert said == (
        "origin/main: error: holds files that this program did not write, such as .gitattributes,"
        " and is left as it is\n"
        "    name another branch with --branch, or delete this one first"
    )
    assert sorted(tree(survey.origin, "main")) == [
        ".gitattributes", ".gitignore", "content/survey.yaml"
    ]  # fmt: skip


def test_a_folder_that_is_not_ours_is_refused(survey: Survey) -> None:
    shutil.rmtree(survey.site)
    survey.site.mkdir()
    (survey.site / "index.html").write_text("mine")

    assert survey.refused() == (
        f"{survey.site}: error: holds files that this program did not write, and is left as it is\n"
        "    name a site that `conspectus build` wrote with --output"
    )


def test_without_a_site_the_command_that_builds_one_is_named(survey: Survey) -> None:
    shutil.rmtree(survey.site)

    assert survey.refused() == (
        f"{survey.site}: error: there is no site here\n    build it first: conspectus build"
    )


@pytest.mark.parametrize("change", ["edit", "remove", "link"])
def test_a_site_that_was_changed_after_it_was_built_is_refused(survey: Survey, change: str) -> None:
    page = survey.site / "index.html"
    body = page.read_bytes()
    page.unlink()
    if change == "edit":
        page.write_bytes(body.swapcase())
    elif change == "link":
        (survey.folder / "secret").write_bytes(body)
        page.symlink_to(survey.folder / "secret")

    assert "index.html: error: was changed or removed after it was built" in survey.refused()
    assert "gh-pages" not in git(survey.origin, "branch")


def test_files_that_were_put_into_the_site_by_hand_are_refused(survey: Survey) -> None:
    (survey.site / "mine.txt").write_text("mine")

    assert "move it to content/files" in survey.refused()


def test_without_a_repository_the_commands_that_make_one_are_named(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(survey.folder.parent))
    shutil.rmtree(survey.folder / ".git")

    assert survey.refused() == (
        f"{survey.folder}/content: error: is in no git repository\n"
        "    make one with `git init`, and name where it goes: git remote add origin URL"
    )


def test_without_git_its_absence_is_said(survey: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert survey.refused() == (
        "git: error: is not installed\n"
        "    install git, or copy the folder yourself (docs/hosting.md)"
    )


def test_a_remote_that_is_not_there_is_said(survey: Survey) -> None:
    assert survey.refused("gh-pages", "-o") == (
        f'{survey.folder}/content: error: the repository has no remote "-o"\n'
        "    add it with `git remote add -o URL`, or name another with --remote"
    )


@pytest.mark.parametrize("name", ["", "a b", "..", "x.lock", "a\nb"])
def test_what_cannot_name_a_branch_is_said(survey: Survey, name: str) -> None:
    assert survey.refused(name) == (
        f'{survey.folder}/content: error: "{name}" cannot name a branch\n'
        "    write --branch gh-pages"
    )


def test_a_remote_that_cannot_be_reached_is_said_with_gits_reason(survey: Survey) -> None:
    shutil.rmtree(survey.origin)

    said = survey.refused()

    assert "origin/gh-pages: error: the remote cannot be reached" in said
    assert "origin.git' does not appear to be a git repository" in said


def test_a_commit_that_cannot_be_made_is_said_with_gits_reason(survey: Survey) -> None:
    packs = survey.folder / ".git" / "objects" / "pack"
    shutil.rmtree(packs)
    packs.write_text("no folder")

    said = survey.refused()

    assert said.startswith("origin/gh-pages: error: the commit could not be made: ")
    assert "gh-pages" not in git(survey.origin, "branch")


def test_a_remote_that_refuses_the_push_is_said_with_its_reason(survey: Survey) -> None:
    hook = survey.origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)

    assert survey.refused() == (
        "origin/gh-pages: error: the push was refused: this branch is protected\n"
        "    mend that and run `conspectus publish` again; nothing was changed"
    )


def test_without_a_committer_the_settings_are_named(
    survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIT_COMMITTER_NAME")
    monkeypatch.delenv("GIT_COMMITTER_EMAIL")
    git(survey.folder, "config", "user.useConfigOnly", "true")

    assert survey.refused() == (
        f"{survey.folder}/content: error: git does not know who commits\n"
        "    run `git config user.name NAME` and `git config user.email ADDRESS`"
    )


def commit_to(survey: Survey, name: str, path: str, text: str) -> None:
    """A commit that somebody else makes on a branch of the remote."""
    other = survey.folder.parent / "other"
    git(survey.folder.parent, "clone", "--quiet", "--branch", name, str(survey.origin), str(other))
    (other / path).write_text(text)
    git(other, "add", "--force", path)
    git(other, "commit", "--quiet", "--message", "Change")
    git(other, "push", "--quiet", "origin", name)
    shutil.rmtree(other)
