"""What the system refuses, said so that a user can mend it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from conspectus.problems import Location, Problem, ProblemsError, error

_UNCHANGED = "the site that stood there is unchanged"

_CAUSES = {
    errno.ENOSPC: (
        "no room is left on the disk",
        f"free some and build again; {_UNCHANGED}",
    ),
    errno.EROFS: (
        "the file system is read-only",
        "choose a folder that can be written with --output",
    ),
    errno.EACCES: (
        "this folder or the one that holds it may not be written",
        "make both writable, or choose another folder with --output",
    ),
    errno.EBUSY: (
        "this folder is in use as a mount point and cannot be exchanged",
        "choose a folder inside it with --output, such as {output}/site",
    ),
    errno.ENAMETOOLONG: (
        "the name of a file is too long for this disk",
        "choose a folder with a shorter path with --output",
    ),
    errno.ENOENT: (
        "the folder was changed by another program while the site was being published",
        "build again",
    ),
}
_SAME_AS = {
    errno.EDQUOT: errno.ENOSPC,
    errno.EFBIG: errno.ENOSPC,
    errno.EPERM: errno.EACCES,
    errno.EXDEV: errno.EBUSY,
    errno.ENOTDIR: errno.ENOENT,
}


@contextmanager
def reported(output: str) -> Iterator[None]:
    """Turn an `OSError` met while writing the site at `output` into a problem of that folder."""
    try:
        yield
    except OSError as refusal:
        raise ProblemsError([described(refusal, output)]) from refusal


@contextmanager
def reported_source(source: str) -> Iterator[None]:
    """Turn an `OSError` met while reading a user's file into a problem of that file."""
    try:
        yield
    except OSError as refusal:
        message = f"cannot be read: {_cause(refusal)}"
        raise ProblemsError(
            [error(Location(source), message, "make it readable, or remove it and build again")]
        ) from refusal


def described(refusal: OSError, output: str) -> Problem:
    """The problem that a refusal of the system is."""
    number = refusal.errno or 0
    known = _CAUSES.get(_SAME_AS.get(number, number))
    if known is None:
        message = f"cannot be published: {_cause(refusal)}"
        return error(Location(output), message, f"mend that and build again; {_UNCHANGED}")
    message, remedy = known
    return error(Location(output), message, remedy.format(output=output))


def _cause(refusal: OSError) -> str:
    return (refusal.strerror or str(refusal)).lower()
