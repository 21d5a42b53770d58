"""What a build rewrote, and which papers were read anew, in; why each file was rewritten out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

EDITED = "its paper was edited"
AROUND = "what it shows of other papers, of topics or of the survey changed"
GATHERED = "it gathers what changed"
NEW = "new"


def reasons(
    rewritten: Iterable[str], before: Collection[str], read: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Each rewritten file with its reason, by path.

    `before` holds the files of the site as it was, `read` the papers' files (below the content
    folder) that were read anew.
    """
    pages = {path.removesuffix(".md") + ".html" for path in read}
    for path in sorted(rewritten):
        if path not in before:
            yield path, NEW
        elif path in pages:
            yield path, EDITED
        else:
            yield path, AROUND if path.endswith(".html") else GATHERED
