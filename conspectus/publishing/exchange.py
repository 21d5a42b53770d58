"""The new site takes the old one's place: in one rename, or in two and a journal.

Every function here is called with the place's lock held.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

from conspectus.problems import Location, ProblemsError, error
from conspectus.publishing import manifest
from conspectus.publishing.place import MARK, Place

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS
_REFUSALS = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}


def exchange(place: Place) -> None:
    """Put the finished site in `place.staging` where readers look; leave the old one for `discard`.

    At every instant the output is the old site or the new one; only between the two renames of the
    second way is it absent, and then the journal says so.
    """
    if not place.output.exists():
        place.staging.rename(place.output)
    elif not exchange_in_one(place.staging, place.output):
        exchange_in_two(place)
    sync_folder(place.output.parent)


def exchange_in_one(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system or the file system cannot."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        done = library.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_SWAP)
    elif library is not None and hasattr(library, "renameat2"):
        done = library.renameat2(
            _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE
        )
    else:
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _REFUSALS:
        return False
    raise OSError(number, os.strerror(number), str(other))


def exchange_in_two(place: Place) -> None:
    """Swap by way of a third name; a death in between is mended by `finish_interrupted`."""
    discard(place.retired)
    place.journal.write_text(f"{place.staging.name} replaces {place.output.name}\n")
    sync_folder(place.output.parent)
    place.output.rename(place.retired)
    place.staging.rename(place.output)
    sync_folder(place.output.parent)
    place.journal.unlink()
    discard(place.retired)


def finish_interrupted(place: Place) -> None:
    """Complete an exchange that died between its renames, and clear what dead builds left."""
    if not os.path.lexists(place.output):
        _put_back(place)
    place.journal.unlink(missing_ok=True)
    discard(place.staging)
    discard(place.retired)


def is_finished(folder: Path) -> bool:
    """Whether a whole site stands in `folder`."""
    try:
        return manifest.parse((folder / MARK).read_bytes()) is not None
    except OSError:
        return False


def discard(folder: Path) -> None:
    """Remove a folder that carries our mark; the mark goes last, so that the rest stays ours."""
    if not os.path.lexists(folder):
        return
    mark = folder / MARK
    if not _is_ours(folder):
        message = "stands where the site is prepared, and was not made by this program"
        remedy = "move or remove it and build again"
        raise ProblemsError([error(Location(folder.as_posix()), message, remedy)])
    _empty(folder, keep=MARK)
    mark.unlink(missing_ok=True)
    folder.rmdir()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a loss of power, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put_back(place: Place) -> None:
    """Let the new site, else the old one, stand where there is none."""
    folders = (place.staging, place.retired) if place.journal.exists() else (place.retired,)
    whole = [folder for folder in folders if is_finished(folder)]
    for folder in whole:
        try:
            folder.rename(place.output)
        except OSError:
            if folder == whole[-1]:
                raise
        else:
            return


def _is_ours(folder: Path) -> bool:
    """Whether a build left `folder`: it carries the mark, or is as empty as one just made."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return (folder / MARK).exists() or not any(folder.iterdir())


def _empty(folder: Path | str, keep: str = "") -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _empty(entry.path)
                os.rmdir(entry.path)  # noqa: PTH106 - ten thousand times
            elif entry.name != keep:
                os.unlink(entry.path)  # noqa: PTH108 - ten thousand times
