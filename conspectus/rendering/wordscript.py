"""The interface words that scripts say, as a script: `file://` refuses to fetch data."""

from __future__ import annotations

import hashlib
import json

from conspectus.model.site import Output
from conspectus.words import Words

PREFIX = "script."


def words_script(words: Words) -> Output:
    """Sets `window.conspectus.words`; named by its content, so that pages load the right one."""
    said = {
        key.removeprefix(PREFIX): text
        for key, text in words.messages.items()
        if key.startswith((PREFIX, "month.", "date.", "number."))
    }
    table = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body = f"(window.conspectus=window.conspectus||{{}}).words={table};\n".encode()
    digest = hashlib.blake2b(body, digest_size=4).hexdigest()
    return Output(f"assets/catalogue.{digest}.js", body)
