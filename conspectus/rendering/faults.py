"""What went wrong while pages were made in; the line of a survey's own template out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from jinja2 import TemplateSyntaxError, UndefinedError

from conspectus.problems import Location, ProblemsError, error

_REMEDY = "mend it, or remove the file: then the template that the program brings along is used"


@contextmanager
def told(own: Mapping[str, str]) -> Iterator[None]:
    """Turn what a survey's own template raises into a problem of that file.

    `own` has the path of each by its name. What no line of theirs had a part in is our own mistake,
    and raises as it is.
    """
    try:
        yield
    except ProblemsError:
        raise
    except Exception as mistake:  # a template may raise whatever an expression can
        place = _place(mistake, frozenset(own.values()))
        if place is None:
            raise
        raise ProblemsError([error(place, _said(mistake), _REMEDY)]) from mistake


def _place(mistake: Exception, paths: frozenset[str]) -> Location | None:
    """The innermost line of one of these files that has a part in the mistake."""
    if isinstance(mistake, TemplateSyntaxError) and mistake.filename in paths:
        return Location(str(mistake.filename), mistake.lineno)
    found: Location | None = None
    traceback: TracebackType | None = mistake.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file in paths:
            found = Location(file, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _said(mistake: Exception) -> str:
    words = " ".join(str(mistake).split()) or "it cannot be carried out"
    if isinstance(mistake, TemplateSyntaxError | UndefinedError):
        return words
    return f"{type(mistake).__name__}: {words}"
