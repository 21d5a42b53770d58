"""The interface words that scripts say, as a script: `file://` refuses to fetch data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from conspectus.model.site import Output
from conspectus.words import Words

PREFIX = "script."
_DATES = ("month.", "date.", "number.")
_SEARCH = "search."


def words_script(words: Words) -> Output:
    """Sets `window.conspectus.words`; named by its content, so that pages load the right one."""
    return _script(_said(words))


def search_words_script(words: Words) -> Output:
    """The same with what a first result of the search needs, which comes before the rest."""
    said = _said(words).items()
    return _script({key: text for key, text in said if key.startswith((_SEARCH, *_DATES))})


def words_scripts(words: Words) -> Iterator[Output]:
    """Both."""
    yield words_script(words)
    yield search_words_script(words)


def _said(words: Words) -> dict[str, str]:
    return {
        key.removeprefix(PREFIX): text
        for key, text in words.messages.items()
        if key.startswith((PREFIX, *_DATES))
    }


def _script(said: dict[str, str]) -> Output:
    table = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = f"(window.conspectus=window.conspectus||{{}}).words={table};\n".encode()
    digest = hashlib.blake2b(body, digest_size=4).hexdigest()
    return Output(f"assets/catalogue.{digest}.js", body)
