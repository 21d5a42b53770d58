"""One reader under atheris: `python -m tests.fuzz.target READER OPTION …`, as `run` calls it."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["conspectus"]):  # before anything else imports it
    from tests.fuzz.readers import ALL


def main(name: str, *options: str) -> None:
    read = ALL[name]
    atheris.Setup(["fuzz", *options], lambda data: read(data.decode("utf-8", "replace")))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
