"""Sorted records in; shards of a few kilobytes out, each a script with its content's hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from conspectus.model.site import Output

LIMIT = 2048
"""Bytes of a shard, about. Four times as much spares a large survey two requests of sixteen and a
round of three, for half as many bytes again."""
MOST_LISTED = 96
"""Above this many shards of a kind, the entry file names lists of them instead."""
PART = 96
"""Shards that one such list names, on average: the more, the fewer lists does a reader load."""
PART_FAMILIES = {"p": "i", "w": "j", "r": "k"}
HASH_LENGTH = 5
NO_SHARD = "." * HASH_LENGTH

Integers = NDArray[np.int64]

_UNSAFE = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Family:
    """The shards of one kind and how the entry file lists them."""

    name: str
    outputs: tuple[Output, ...]
    listing: dict[str, object] = field(default_factory=dict)


def listed(
    name: str, keys: Sequence[str], shards: Sequence[Output], asides: Sequence[str] = ()
) -> Family:
    """A family of ranges: where they begin, and their hashes, in two strings.

    Many are named in parts that the reader's browser loads as it needs them. Which keys begin a
    part follows from the keys themselves, so that one shard more changes one part. `asides` holds
    what a reader of each range must know before its shard has come; nothing, of most.
    """
    hashes = [hash_in(output.path) for output in shards]
    asides = asides or [""] * len(keys)

    def values(a: int, b: int) -> dict[str, str]:
        aside = " ".join(filter(None, asides[a:b]))
        listing = {"keys": " ".join(keys[a:b]), "hashes": "".join(hashes[a:b])}
        return {**listing, "aside": aside} if aside else listing

    if len(keys) <= MOST_LISTED:
        return Family(name, tuple(shards), {**values(0, len(keys))})
    begins = [i for i, key in enumerate(keys) if i == 0 or crc32(key.encode()) % PART == 0]
    parts = [
        shard(PART_FAMILIES[name], keys[a], *values(a, b).values())
        for a, b in pairwise([*begins, len(keys)])
    ]
    listing: dict[str, object] = {
        "keys": " ".join(keys[i] for i in begins),
        "parts": "".join(hash_in(part.path) for part in parts),
    }
    return Family(name, (*shards, *parts), listing)


def shard(family: str, key: str, *values: object) -> Output:
    """A script that hands its values to the page, named by its content."""
    arguments = script_text([family, key, *values])[1:-1]
    body = b"conspectus.shard(%b);\n" % arguments
    return Output(f"search/{family}-{safe(key)}.{content_hash(body)}.js", body)


def content_hash(body: bytes) -> str:
    """Five characters that change with the content."""
    return _base32(int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "big"))


def renamed(output: Output, hash_: str) -> Output:
    """A shard under another hash than its own."""
    before, _, ending = output.path.rsplit(".", 2)
    return Output(f"{before}.{hash_}.{ending}", output.body)


def hash_in(path: str) -> str:
    """The hash part of a shard's path."""
    return path.rsplit(".", 2)[-2]


def safe(key: str) -> str:
    """A key as a part of a file's name: anything but a-z and 0-9 as `_<hex>_`."""
    return _UNSAFE.sub(lambda sign: f"_{ord(sign[0]):x}_", key)


def script_text(value: object) -> bytes:
    """Compact JSON, which is a JavaScript expression too.

    Tabs stand as they are: JavaScript takes them, and they weigh half of what JSON writes.
    """
    text = msgspec.json.encode(value)
    if rb"\t" not in text:
        return text
    between = text.split(rb"\\")  # a backslash and a t are two signs of a text
    return rb"\\".join(piece.replace(rb"\t", b"\t") for piece in between)


def ranged(
    terms: Sequence[str], sizes: Sequence[int], shared: Integers
) -> Iterator[tuple[str, int, int]]:
    """Cut sorted terms into ranges (key, start, end) of at most the limit, at shared prefixes.

    `shared` is what `fronts.shared_lengths` says of the terms. Cuts follow from the terms near
    them, so that an insertion moves few. A range holds the terms from its key up to the next one's.
    """
    if not terms:
        return
    totals = [0, *accumulate(sizes)]
    key = ""
    for start, end, prefix in _cut(terms, totals, shared, 0, len(terms), 0):
        key = prefix if start else ""
        yield key, start, end


def _cut(
    terms: Sequence[str],
    totals: Sequence[int],
    shared: Integers,
    start: int,
    end: int,
    depth: int,
) -> Iterator[tuple[int, int, str]]:
    """Split by the next character; neighbours that fit one range share it."""
    open_at = start
    begins = start + 1 + np.flatnonzero(shared[start + 1 : end] <= depth)
    for first, last in pairwise([start, *begins.tolist(), end]):
        if totals[last] - totals[open_at] <= LIMIT:
            continue
        if first > open_at:
            yield open_at, first, terms[open_at][: depth + 1]
        open_at = first
        if totals[last] - totals[first] > LIMIT and last - first > 1:
            yield from _cut(terms, totals, shared, first, last, depth + 1)
            open_at = last
    if open_at < end:
        yield open_at, end, terms[open_at][: depth + 1]


def _base32(value: int) -> str:
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(alphabet[value >> 5 * i & 31] for i in range(HASH_LENGTH))
