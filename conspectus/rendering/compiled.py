"""Templates' sources in; their code, made once in a process, out: a preview builds again and again.

It is not kept on disk: code that lies in a survey's folder would run for whoever fetched the folder
from a stranger.
"""

from __future__ import annotations

from functools import cache
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class _Memory(BytecodeCache):
    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket where this name had this source before."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what the source of the bucket compiled to."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@cache
def memory(language: str) -> BytecodeCache:
    """That of this process, for environments with the options of ours and words of a language."""
    return _Memory()
