"""A curator's own vectors in; one row for each paper out, in place of the computed space.

`embeddings: vectors.npy` names an array of rows; the file beside it with the ending `.txt`
(`vectors.txt`) holds the id of each row's paper, one a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from conspectus.model.papers import Corpus
from conspectus.problems import Location, Problem, error

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NAMED = 5
"""Ids that a message names."""


def read(
    folder: Path, name: str, corpus: Corpus
) -> tuple[NDArray[np.float64] | None, tuple[Problem, ...]]:
    """An array of papers × dimensions, rows sorted by paper id; None where none is asked for.

    Rows of papers that are not in the corpus are left out; a paper without a row is an error.
    """
    if not name:
        return None, ()
    path = folder / name
    rows, problem = _array(path)
    if rows is None:
        return None, (problem,) if problem else ()
    ids, problems = _ids(path.with_suffix(".txt"), len(rows))
    if problems:
        return None, problems
    places = {paper: place for place, paper in enumerate(ids)}
    missing = [paper.id for paper in corpus.papers if paper.id not in places]
    if missing:
        return None, (_missing(path, missing),)
    chosen = rows[[places[paper] for paper in sorted(paper.id for paper in corpus.papers)]]
    return chosen, ()


def _array(path: Path) -> tuple[NDArray[np.float64] | None, Problem | None]:
    import numpy as np

    place = Location(path.as_posix())
    try:
        found = np.load(path, allow_pickle=False)
    except FileNotFoundError:
        return None, error(place, "no such file", "write the path of a .npy file below content/")
    except (OSError, ValueError, EOFError) as fault:
        return None, error(place, f"not a .npy array: {fault}", "save it with numpy.save")
    if not isinstance(found, np.ndarray) or found.ndim != 2 or not found.shape[1]:
        shape = getattr(found, "shape", "no shape")
        return None, error(place, f"an array of shape {shape}", "save rows × dimensions")
    if found.dtype.kind not in "fiu":
        return None, error(place, f"an array of {found.dtype}", "save numbers")
    rows = found.astype(np.float64)
    wrong = np.flatnonzero(~np.isfinite(rows).all(axis=1))
    if len(wrong):
        message = f"row {wrong[0]} (from 0) holds NaN or infinity"
        return None, error(place, message, "compute that paper's vector anew")
    empty = np.flatnonzero(~rows.any(axis=1))
    if len(empty):
        message = f"row {empty[0]} (from 0) holds zeros only"
        return None, error(place, message, "compute that paper's vector anew")
    return rows, None


def _ids(path: Path, rows: int) -> tuple[list[str], tuple[Problem, ...]]:
    name = path.as_posix()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        remedy = "write the paper id of each row into it, one a line"
        return [], (error(Location(name), "no such file", remedy),)
    except (OSError, UnicodeDecodeError) as fault:
        return [], (error(Location(name), f"cannot be read: {fault}", "save it as UTF-8"),)
    ids = [line.strip() for line in lines]
    first: dict[str, int] = {}
    problems = [
        error(Location(name, number), f'id "{paper}" stands in line {first[paper]} too', "keep one")
        for number, paper in enumerate(ids, start=1)
        if first.setdefault(paper, number) != number
    ]
    if len(ids) != rows:
        message = f"{len(ids)} ids for {rows} rows"
        problems.append(error(Location(name), message, "write one id for each row, in their order"))
    return ids, tuple(problems)


def _missing(path: Path, papers: list[str]) -> Problem:
    named = ", ".join(papers[:_NAMED]) + (" …" if len(papers) > _NAMED else "")
    message = f"no row for {len(papers)} of the papers: {named}"
    return error(Location(path.as_posix()), message, "add their vectors and ids")
