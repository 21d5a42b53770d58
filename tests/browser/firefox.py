"""A headless Firefox, asked over Marionette, which it brings along."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60
NAMES = ("firefox-esr", "firefox")


def find() -> str | None:
    """Where Debian's Firefox is, or another; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(executable: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox with an empty profile."""
    (profile / "user.js").write_text('user_pref("marionette.port", 0);\n', encoding="utf-8")
    command = [executable, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with socket.create_connection(("127.0.0.1", _port(profile)), PATIENCE) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()


class Firefox:
    """One tab; messages are JSON behind their length."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rb")
        self._read()
        self._ask("WebDriver:NewSession", {"capabilities": {}})

    def open(self, url: str) -> None:
        self._ask("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of an async function returns."""
        body = (
            "const [done] = [...arguments].slice(-1);"
            f"(async (...given) => {{ {script} }})(...arguments).then(done, (e) => done(`${{e}}`));"
        )
        return self._ask(
            "WebDriver:ExecuteAsyncScript",
            {"script": body, "args": list(arguments), "scriptTimeout": 1000 * PATIENCE},
        )["value"]

    def _ask(self, command: str, parameters: dict[str, object]) -> Any:
        message = json.dumps([0, 0, command, parameters]).encode()
        self._connection.sendall(b"%d:%b" % (len(message), message))
        _, _, failure, answer = self._read()
        assert failure is None, failure
        return answer

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._stream.read(1)
        return json.loads(self._stream.read(int(length[:-1])))


def _port(profile: Path) -> int:
    place = profile / "MarionetteActivePort"
    end = time.monotonic() + PATIENCE
    while not (place.is_file() and place.read_text()):
        assert time.monotonic() < end, "Firefox does not answer"
        time.sleep(0.1)
    return int(place.read_text())
