"""Two titles in; whether their words differ by a slip of the pen or by their meaning, out."""

from __future__ import annotations

import re
from collections import Counter

from conspectus.importers import similarity
from conspectus.model.papers import Author

_LITTLE = frozenset(str.split("a an the of for in on and to by with via at from as is are using"))
_SPELLINGS = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("our", "or"),
    ("yse", "yze"), ("tre", "ter"), ("ence", "ense"), ("ae", "e"),
)  # fmt: skip
_NUMBER = re.compile(r"[0-9]|^(?:[ivx]+|one|two|three|four|five|first|second|third)$")


def folded(title: str) -> str:
    """The title's words in lower case, without accents and signs, one space between."""
    return " ".join(similarity.words(title))


def names(author: Author) -> tuple[str, ...]:
    """The words of a family name that tell it; initials are left out."""
    words = folded(author.family).split()
    return tuple(word for word in words if len(word) > 2) or tuple(words[-1:])


def is_reworded(ours: str, theirs: str) -> bool:
    """Whether two folded titles, alike in their letters, differ in a word that carries meaning.

    "Part I" and "Part II", "supervised" and "unsupervised", "hypo-" and "hypertension" are near in
    letters and far in meaning; "network" and "networks", a letter lost or two swapped are not.
    """
    a, b = Counter(ours.split()), Counter(theirs.split())
    only_a, only_b = sorted((a - b).elements()), sorted((b - a).elements())
    if "".join(ours.split()) == "".join(theirs.split()):
        return False
    for word in only_a:
        twin = next((other for other in only_b if _is_slip(word, other)), None)
        if twin is not None:
            only_b.remove(twin)
        elif word not in _LITTLE:
            return True
    return any(word not in _LITTLE for word in only_b)


def _is_slip(a: str, b: str) -> bool:
    if _NUMBER.search(a) or _NUMBER.search(b):
        return False
    if any(a.replace(x, y) == b or b.replace(x, y) == a for x, y in _SPELLINGS):
        return True
    if min(len(a), len(b)) < 4:
        return False
    if len(a) == len(b):
        return _is_swapped(a, b)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1:
        # The first letter makes another word: "typical" and "atypical".
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))
    return longer in (f"{shorter}es", f"{shorter[:-1]}ies")


def _is_swapped(a: str, b: str) -> bool:
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and (a[places[0]], a[places[1]]) == (b[places[1]], b[places[0]])
    )
