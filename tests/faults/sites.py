"""Small sites of which every file tells its version, and a check that one stands whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from conspectus.model.site import Output
from conspectus.publishing import publish
from conspectus.publishing.manifest import Entry, digest, parse

FILES = 12
PUBLISH = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv.pop(1))
from tests.faults.sites import put
"""


def version(name: str, files: int = FILES) -> Iterator[Output]:
    """A site; half of its files are the same in every version."""
    for number in range(files):
        body = name if number % 2 else "always the same"
        yield Output(f"papers/{number}.html", f"{body} {number}".encode())
    yield Output("index.html", name.encode())


def put(folder: Path, name: str) -> None:
    """Publish a version."""
    publish(version(name), [], folder, program="1")


def standing(folder: Path) -> str:
    """The version that stands in a folder; fails where it is not whole."""
    name = (folder / "index.html").read_text()
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    manifest = parse(found.pop(".conspectus-site"))
    assert manifest is not None
    assert found == {output.path: output.body for output in version(name)}
    assert manifest.entries == {
        path: Entry(len(body), digest(body)) for path, body in found.items()
    }
    return name


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that runs `script` with `put` at hand and `sys.argv[1:]`."""
    command = [sys.executable, "-c", PUBLISH + script, str(Path(__file__).parents[2])]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a process printed; fails where it did not end well."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out
