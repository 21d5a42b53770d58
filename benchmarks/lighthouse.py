"""Lighthouse's scores of the four kinds of page that readers meet first, with mobile settings.

python benchmarks/lighthouse.py [CONTENT] [--page PERMALINK ...]

Reads the program `lighthouse` (npm install -g lighthouse) from the path, or where the environment
variable LIGHTHOUSE says, and Chromium as the browser tests find it. Scores fall on a busy machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", nargs="?", type=Path, default=ROOT / "content")
    parser.add_argument("--page", action="append", default=[])
    options = parser.parse_args()
    program = shutil.which(os.environ.get("LIGHTHOUSE", "lighthouse"))
    if program is None:
        print("lighthouse is not installed: npm install -g lighthouse")
        return
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "_site") as url:
        site = build(options.content, Path(folder), url)
        print(f"{'page':60}{'perf':>6}{'access':>8}{'best':>6}{'seo':>6}{'shift':>8}{'KB':>7}")
        for permalink in options.page or pages(site):
            print_scores(permalink, report(program, url + permalink.removesuffix("index.html")))


def build(content: Path, folder: Path, url: str) -> Path:
    """The survey's site, built for the address at which it is served."""
    shutil.copytree(content, folder / "content")
    settings = folder / "content" / "survey.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines() if settings.exists() else []
    kept = [line for line in lines if not line.startswith("base_url:")]
    settings.write_text("\n".join([*kept, f"base_url: {url}", ""]), encoding="utf-8")
    command = [sys.executable, "-m", "conspectus", "build", "--frozen"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    return folder / "_site"


def pages(site: Path) -> list[str]:
    """Home, the largest paper and hub, and the search."""
    found = ["index.html"]
    for kind in ("papers", "topics"):
        files = [file for file in (site / kind).glob("*.html") if not file.stem.startswith("index")]
        largest = max(files, key=lambda file: (file.stat().st_size, file.name))
        found.append(largest.relative_to(site).as_posix())
    return [*found, "search.html"]


def report(program: str, url: str) -> dict[str, object]:
    """What Lighthouse found."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    run = subprocess.run(
        [program, url, "--quiet", "--output=json", "--output-path=stdout", flags],
        check=True,
        capture_output=True,
        env={**os.environ, "CHROME_PATH": str(chromium.find())},
    )
    found: dict[str, object] = json.loads(run.stdout)
    return found


def print_scores(permalink: str, found: dict[str, object]) -> None:
    categories, audits = found["categories"], found["audits"]
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    scores = [round(100 * categories[name]["score"]) for name in CATEGORIES]
    shift = audits["cumulative-layout-shift"]["numericValue"]
    weight = audits["total-byte-weight"]["numericValue"] / 1024
    one, two, three, four = scores
    print(f"{permalink:60.60}{one:6}{two:8}{three:6}{four:6}{shift:8.3f}{weight:7.1f}")


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder, served compressed as web hosts do."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/") or "index.html"
            file = site / path
            is_there = file.is_file()
            body = gzip.compress(file.read_bytes()) if is_there else b""
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            self.send_response(200 if is_there else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
            self.send_header("Content-Length", str(len(body)))
            if is_there:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=31536000")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


if __name__ == "__main__":
    main()
