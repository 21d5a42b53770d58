"""The frozen values that the stages hand on: equal contents are equal values."""

from __future__ import annotations

import hashlib


def fingerprint(value: object) -> str:
    """A name for a frozen value by its content: 16 hex digits, the same for every hash seed.

    The values hold only text, numbers, dates and tuples of them, whose `repr` is canonical.
    """
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()
