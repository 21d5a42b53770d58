"""Which browser the tests drive; run as a module, it fetches one where none is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "CONSPECTUS_CHROMIUM"
"""An environment variable that names a browser to use before all others."""

NAMES = ("chromium", "chromium-browser", "google-chrome")

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def find() -> Path | None:
    """The first Chromium that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> None:
    """Fetch one: Debian's own where we may, Playwright's otherwise."""
    if _is_root() and shutil.which("apt-get"):
        update = subprocess.run(["apt-get", "update", "-qq"], check=False)
        if update.returncode == 0:
            subprocess.run(
                ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"],
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
    if find() is None:
        # Ubuntu's package of that name only points at a snap, which a container cannot start.
        dependencies = ["--with-deps"] if _is_root() else []
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", *dependencies, "chromium"], check=False
        )


def main() -> int:
    """Make sure that there is a browser; 1 and how to go on where there is none."""
    if find() is None:
        print("No browser found for the tests; fetching Chromium", flush=True)
        install()
    if find() is None:
        print(
            "error: no Chromium for the browser tests\n"
            f"    install Debian's package chromium, or set {VARIABLE} to an executable",
            file=sys.stderr,
        )
        return 1
    return 0


def _candidates() -> Iterator[Path]:
    named = os.environ.get(VARIABLE)
    if named:
        # A named browser that does not start is a mistake to show, not to work around.
        yield Path(named)
        return
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    yield Path(own)


def _starts(path: Path) -> bool:
    try:
        version = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
