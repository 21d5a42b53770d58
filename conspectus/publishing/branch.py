"""A finished site in; a commit that holds it, on a branch of a remote repository, out.

The commit is made by `git fast-import` from what the site's mark lists, on top of the branch as the
remote has it. No branch, index or file of the curator's own checkout is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conspectus.problems import Location, Problem, ProblemsError, error
from conspectus.publishing.faults import reported
from conspectus.publishing.git import RefusedError, Repository
from conspectus.publishing.locking import WAIT, held
from conspectus.publishing.manifest import Entry, digest
from conspectus.publishing.ownership import OldSite, old_site, refusal
from conspectus.publishing.place import MARK, Place, place

_MADE = "refs/conspectus/publishing"
"""Where the commit waits until it is pushed: no branch, so that nobody sees it."""
_KEPT = "CNAME"
"""What a host writes into the branch itself: the site's own domain."""
_HOSTS_OWN = frozenset({_KEPT, ".nojekyll"})
_MESSAGE = "Publish the survey\n"
_BUILD = "build it first: conspectus build"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What pushing did."""

    files: int
    commit: str
    """Shortened; of the branch as it is now."""
    is_new: bool
    """False where the branch held this very site."""


def push(output: Path, folder: Path, *, remote: str, branch: str, wait: float = WAIT) -> Pushed:
    """Push the site in `output` to a branch of the remote of the repository around `folder`.

    Raises `ProblemsError` where there is no site of ours, no repository or no such remote, where
    the branch holds something else, and where git or the remote refuses.
    """
    where = place(output)
    _refuse(where)
    with held(where.lock, guarded=where.named, wait=wait):
        with reported(where.named):
            site = old_site(where)
        repository = _repository(folder, remote, branch)
        target = _Target(repository, where, remote, f"refs/heads/{branch}")
        try:
            return target.push(site)
        finally:
            repository.asks("update-ref", "-d", _MADE)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a site goes."""

    repository: Repository
    site: Place
    remote: str
    ref: str

    def push(self, site: OldSite) -> Pushed:
        before = self._fetched()
        self._refuse_strangers(before)
        with self._explained("the commit could not be made"):
            self.repository.run(
                "fast-import", "--quiet", "--done", "--force", "--date-format=now",
                fed=self._stream(site, before),
            )  # fmt: skip
        is_new = not before or self._tree(_MADE) != self._tree(before)
        if is_new:
            with self._explained("the push was refused"):
                self.repository.run("push", "--quiet", "--", self.remote, f"{_MADE}:{self.ref}")
        commit = self.repository.run("rev-parse", "--short", _MADE if is_new else before)
        return Pushed(len(site.manifest.entries), commit, is_new)

    def _fetched(self) -> str:
        """The branch's commit as the remote has it now; empty where there is no such branch."""
        with self._explained("the remote cannot be reached"):
            listed = self.repository.run("ls-remote", "--", self.remote, self.ref)
            if f"\t{self.ref}" not in listed:
                return ""
            self.repository.run("fetch", "--quiet", "--no-tags", "--", self.remote, self.ref)
            return self.repository.run("rev-parse", "FETCH_HEAD")

    def _refuse_strangers(self, commit: str) -> None:
        """Only a branch that holds a site, or nothing but what a host put there, is replaced."""
        found = self._names(commit)
        if MARK not in found and found - _HOSTS_OWN:
            raise ProblemsError([self._stranger(min(found - _HOSTS_OWN))])

    def _stranger(self, name: str) -> Problem:
        place = Location(f"{self.remote}/{self.ref.removeprefix('refs/heads/')}")
        return error(
            place,
            f"holds files that this program did not write, such as {name}, and is left as it is",
            "name another branch with --branch, or delete this one first",
        )

    def _names(self, commit: str) -> frozenset[str]:
        """What stands at the root of a commit; nothing where there is none."""
        if not commit:
            return frozenset()
        listed = self.repository.run("ls-tree", "--full-tree", "--name-only", "-z", commit)
        return frozenset(name for name in listed.split("\0") if name)

    def _stream(self, site: OldSite, before: str) -> Iterator[bytes]:
        """What fast-import reads; no filter, attribute or mode of this machine alters a byte."""
        committer = self.repository.run("var", "GIT_COMMITTER_IDENT").rpartition("> ")[0]
        message = _MESSAGE.encode()
        yield f"commit {_MADE}\ncommitter {committer}> now\n".encode()
        yield b"data %d\n%b\n" % (len(message), message)
        yield f"from {before}\n".encode() if before else b""
        yield b"deleteall\n"
        yield _entry(MARK, self.site.mark.read_bytes())
        for path, entry in sorted(site.manifest.entries.items()):
            yield _entry(path, _read(self.site, site, path, entry))
        if _KEPT in self._names(before) and _KEPT not in site.manifest.entries:
            blob = self.repository.run("rev-parse", f"{before}:{_KEPT}")
            yield f"M 100644 {blob} {_KEPT}\n".encode()
        yield b"done\n"

    def _tree(self, commit: str) -> str:
        return self.repository.run("rev-parse", f"{commit}^{{tree}}")

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except RefusedError as refused:
            place = Location(f"{self.remote}/{self.ref.removeprefix('refs/heads/')}")
            remedy = "mend that and run `conspectus publish` again; nothing was changed"
            raise ProblemsError([error(place, f"{what}: {refused}", remedy)]) from None


def _entry(path: str, body: bytes) -> bytes:
    quoted = path.replace('"', '\\"').encode()  # no path of a site holds a backslash
    return b'M 100644 inline "%b"\ndata %d\n%b\n' % (quoted, len(body), body)


def _read(where: Place, site: OldSite, path: str, entry: Entry) -> bytes:
    """A file of the site as it was built; raises `ProblemsError` where it is not so any more."""
    standing = site.files.get(path)
    if standing is not None and standing.size == entry.size:  # a link has no size
        with reported(where.named):
            body = (where.output / path).read_bytes()
        if digest(body) == entry.digest:
            return body
    place = Location(f"{where.named}/{path}")
    message = "was changed or removed after it was built"
    raise ProblemsError([error(place, message, _BUILD)])


def _refuse(where: Place) -> None:
    """Raise `ProblemsError` where no site of ours stands."""
    problem = refusal(where)
    if problem is not None:
        remedy = "name a site that `conspectus build` wrote with --output"
        raise ProblemsError([error(problem.location, problem.message, remedy)])
    if not where.mark.exists():
        raise ProblemsError([error(Location(where.named), "there is no site here", _BUILD)])


def _repository(folder: Path, remote: str, branch: str) -> Repository:
    """The repository around a folder, which has this remote and may have this branch."""
    found = Repository(folder)
    here = Location(folder.as_posix())
    if found.asks("rev-parse", "--git-dir") is None:
        remedy = "make one with `git init`, and name where it goes: git remote add origin URL"
        raise ProblemsError([error(here, "is in no git repository", remedy)])
    if found.asks("check-ref-format", f"refs/heads/{branch}") is None:
        raise ProblemsError(
            [error(here, f'"{branch}" cannot name a branch', "write --branch gh-pages")]
        )
    if found.asks("remote", "get-url", "--", remote) is None:
        remedy = f"add it with `git remote add {remote} URL`, or name another with --remote"
        raise ProblemsError([error(here, f'the repository has no remote "{remote}"', remedy)])
    if found.asks("var", "GIT_COMMITTER_IDENT") is None:
        remedy = "run `git config user.name NAME` and `git config user.email ADDRESS`"
        raise ProblemsError([error(here, "git does not know who commits", remedy)])
    return found
